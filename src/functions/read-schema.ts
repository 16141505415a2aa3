import { z } from 'zod';
import type { Check, Checked } from './host-function.js';
import { invalidFunction } from './invalid-function.js';
import { isSchemaObject, type JsonSchema } from './json-schema.js';
import { isStandardSchema, issueText, type StandardResult, type StandardSchema } from './standard-schema.js';
import { uncheckedKeyword } from './unchecked-keyword.js';

export interface SchemaReading {
  readonly json: JsonSchema;
  readonly check: Check;
}

/** A zod schema, another Standard Schema, or a JSON Schema; throws `INVALID_INPUT` for anything else. */
export function readSchema(schema: unknown, place: string): SchemaReading {
  if (isStandardSchema(schema)) return { json: jsonOf(schema, place), check: checkOf(schema) };
  if (isSchemaObject(schema))
    return { json: structuredClone(schema), check: checkOf(fromJson(schema, place)) };
  throw invalidFunction(place, 'is no schema', 'Pass a zod or other Standard Schema, or a JSON Schema.');
}

/** What the signature is made of. A schema that cannot say it is checked by the host alone. */
function jsonOf(schema: StandardSchema, place: string): JsonSchema {
  try {
    // What JSON has no word for, such as a date, is checked by the host alone.
    if (isZod(schema)) return plain(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
    const standard: object = schema['~standard'];
    const own: unknown = 'jsonSchema' in standard ? standard.jsonSchema : null;
    if (isSchemaObject(own) && typeof own['input'] === 'function') {
      return plain(own['input']({ target: 'draft-2020-12' }));
    }
    return { type: 'object' };
  } catch (cause) {
    throw invalidFunction(place, 'cannot be told to Python', 'Pass a JSON Schema in its place.', cause);
  }
}

function isZod(schema: object): schema is z.ZodType {
  return '_zod' in schema;
}

function plain(json: unknown): JsonSchema {
  if (!isSchemaObject(json)) return {};
  const { $schema: _dialect, '~standard': _standard, ...rest } = json;
  return structuredClone(rest);
}

function fromJson(schema: JsonSchema, place: string): StandardSchema {
  const unchecked = uncheckedKeyword(schema);
  if (unchecked !== null) {
    throw invalidFunction(
      place,
      `has ${unchecked}, which would not be checked`,
      'Mend it, or pass a zod schema.',
    );
  }
  try {
    return z.fromJSONSchema(schema);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw invalidFunction(
      place,
      `is no JSON Schema that can be checked (${reason})`,
      'Mend it, or pass a zod schema.',
      cause,
    );
  }
}

function checkOf(schema: StandardSchema): Check {
  const { validate } = schema['~standard'];
  return (value) => {
    const result = validate(value);
    return result instanceof Promise ? result.then(checkedOf) : checkedOf(result);
  };
}

function checkedOf(result: StandardResult<unknown>): Checked {
  if (result.issues === undefined) return { ok: true, value: result.value };
  const [issue] = result.issues;
  const code: unknown = typeof issue === 'object' && issue !== null && 'code' in issue ? issue.code : null;
  const isType = code === 'invalid_type' || code === 'unrecognized_keys';
  return { ok: false, kind: isType ? 'type' : 'value', reason: issueText(result.issues) };
}
