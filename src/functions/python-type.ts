import { isSchemaObject, type JsonSchema, resolvePointer } from './json-schema.js';
import { pythonLiteral } from './python-literal.js';

const DEEPEST = 6;
const MOST_CHOICES = 20;

const NAMES: ReadonlyMap<unknown, string> = new Map([
  ['string', 'str'],
  ['integer', 'int'],
  ['number', 'float'],
  ['boolean', 'bool'],
  ['null', 'None'],
]);

/** The Python annotation of a JSON Schema; `root` holds what it refers to. */
export function pythonType(schema: unknown, root: JsonSchema, depth = 0): string {
  if (!isSchemaObject(schema) || depth > DEEPEST) return 'Any';
  const inner = (part: unknown): string => pythonType(part, root, depth + 1);
  if (Object.hasOwn(schema, '$ref')) return inner(resolvePointer(root, schema['$ref']));
  if (Object.hasOwn(schema, 'const')) return `Literal[${pythonLiteral(schema['const'])}]`;
  const choices = schema['enum'];
  if (Array.isArray(choices) && choices.length > 0 && choices.length <= MOST_CHOICES) {
    return `Literal[${choices.map(pythonLiteral).join(', ')}]`;
  }
  const any = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(any)) return union(any.map(inner));
  const kind = schema['type'];
  if (Array.isArray(kind)) return union(kind.map((type) => inner({ ...schema, type })));
  if (kind === 'array') return `list[${inner(schema['items'])}]`;
  if (kind === 'object') return `dict[str, ${inner(schema['additionalProperties'])}]`;
  return NAMES.get(kind) ?? 'Any';
}

function union(types: readonly string[]): string {
  const all = new Set(types);
  return all.size === 0 || all.has('Any') ? 'Any' : [...all].join(' | ');
}
