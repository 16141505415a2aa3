import type { z } from 'zod';
import { type JsonLimits, parseJson } from './parse-json.js';

export type ReadMessage<T> =
  | { readonly ok: true; readonly message: T }
  | { readonly ok: false; readonly reason: string };

/**
 * A message of a frame's payload: size, nesting, JSON and schema are checked in this order; never throws. `isPlain` is a
 * quicker check that lets through a part of what the schema does.
 */
export function readMessage<T>(
  schema: z.ZodType<T>,
  payload: Uint8Array,
  limits: JsonLimits,
  isPlain: (value: unknown) => value is T = isNever,
): ReadMessage<T> {
  const parsed = parseJson(payload, limits);
  if (!parsed.ok) return parsed;
  if (isPlain(parsed.value)) return { ok: true, message: parsed.value };
  const checked = schema.safeParse(parsed.value);
  if (checked.success) return { ok: true, message: checked.data };
  const issue = checked.error.issues[0];
  // Only the first issue, cut: its path holds keys that a hostile writer chose.
  return {
    ok: false,
    reason: `${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'invalid'}`.slice(0, 300),
  };
}

function isNever(_value: unknown): _value is never {
  return false;
}
