// Theory of operation. zod makes a check of a JSON Schema, and leaves out without a word what it has no check for. A
// schema that promises more than is checked would be a hole, so that what zod leaves out is refused where it stands.

const OF_TYPE: Readonly<Record<string, string>> = {
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'number',
  exclusiveMaximum: 'number',
  multipleOf: 'number',
  minLength: 'string',
  maxLength: 'string',
  pattern: 'string',
  format: 'string',
  minItems: 'array',
  maxItems: 'array',
  uniqueItems: 'array',
  items: 'array',
  prefixItems: 'array',
  contains: 'array',
  properties: 'object',
  required: 'object',
  additionalProperties: 'object',
  minProperties: 'object',
  maxProperties: 'object',
  patternProperties: 'object',
  propertyNames: 'object',
};
const NEVER = [
  'if',
  'then',
  'else',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'unevaluatedItems',
  'unevaluatedProperties',
  'additionalItems',
];
/** Beside `$ref`, these say nothing that could be checked. */
const WORDS = ['$ref', '$defs', 'definitions', 'title', 'description', 'default', 'examples', '$comment'];
const ONE = ['items', 'contains', 'additionalProperties', 'propertyNames', 'not'];
const SEVERAL = ['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items'];
const NAMED = ['properties', 'patternProperties', '$defs', 'definitions'];

/** The first thing in a JSON Schema that would not be checked, in words; `null` when all of it is. */
export function uncheckedKeyword(schema: unknown): string | null {
  if (!isRecord(schema)) return null;
  return ownProblem(schema) ?? firstOf(innerSchemas(schema));
}

function ownProblem(schema: Readonly<Record<string, unknown>>): string | null {
  const never = NEVER.find((key) => Object.hasOwn(schema, key));
  if (never !== undefined) return `\`${never}\``;
  const sibling = Object.hasOwn(schema, '$ref') && Object.keys(schema).find((key) => !WORDS.includes(key));
  if (typeof sibling === 'string') return `\`${sibling}\` beside \`$ref\``;
  const bound = Object.keys(OF_TYPE).find((key) => Object.hasOwn(schema, key));
  if (bound !== undefined && !Object.hasOwn(schema, 'type')) {
    return `\`${bound}\` without \`type: '${OF_TYPE[bound]}'\``;
  }
  const { required, properties } = schema;
  const known = isRecord(properties) ? properties : {};
  const unknown = Array.isArray(required)
    ? required.find((name) => !Object.hasOwn(known, String(name)))
    : undefined;
  return unknown === undefined
    ? null
    : `\`required\` with '${String(unknown)}', which is none of its \`properties\``;
}

function innerSchemas(schema: Readonly<Record<string, unknown>>): readonly unknown[] {
  const one = ONE.map((key) => schema[key]);
  const several = SEVERAL.flatMap((key) => (Array.isArray(schema[key]) ? schema[key] : []));
  const named = NAMED.flatMap((key) => (isRecord(schema[key]) ? Object.values(schema[key]) : []));
  return [...one, ...several, ...named];
}

function firstOf(schemas: readonly unknown[]): string | null {
  for (const schema of schemas) {
    const found = uncheckedKeyword(schema);
    if (found !== null) return found;
  }
  return null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
