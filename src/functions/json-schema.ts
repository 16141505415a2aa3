/** A JSON Schema of draft 2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown };

export function isSchemaObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of `properties` in their order. */
export function propertiesOf(schema: JsonSchema): readonly (readonly [string, unknown])[] {
  return isSchemaObject(schema['properties']) ? Object.entries(schema['properties']) : [];
}

export function requiredOf(schema: JsonSchema): ReadonlySet<unknown> {
  return new Set(Array.isArray(schema['required']) ? schema['required'] : []);
}

/** What `#/$defs/name` stands for; `null` when it leads nowhere. */
export function resolvePointer(root: JsonSchema, pointer: unknown): unknown {
  if (typeof pointer !== 'string' || !pointer.startsWith('#')) return null;
  let found: unknown = root;
  for (const part of pointer.split('/').slice(1)) {
    if (!isSchemaObject(found) || !Object.hasOwn(found, part)) return null;
    found = found[part];
  }
  return found;
}

export function descriptionOf(schema: unknown): string {
  const text = isSchemaObject(schema) ? schema['description'] : undefined;
  return typeof text === 'string' ? text.trim() : '';
}
