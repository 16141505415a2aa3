import { z } from 'zod';
import { decodeValue, WireValueError } from './decode-value.js';
import { countValues } from './json-guard.js';
import { readMessage } from './read-message.js';
import { MAX_WIRE_DEPTH } from './wire-limits.js';

/**
 * Theory of operation. A call is written by a process that runs hostile code and forwarded unread. What is no call is
 * refused with a reason; the arguments are data without prototypes, whatever their keys are called.
 */
export interface CallMessage {
  readonly id: number;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export type ReadCall =
  | { readonly ok: true; readonly call: CallMessage }
  | { readonly ok: false; readonly reason: string };

/** Each costs the heap some hundred bytes, however short its text is. */
const MOST_VALUES = 200_000;
const MOST_NAME = 200;

const callMessage = z.strictObject({
  id: z.int().min(1).max(0xffff_ffff),
  name: z.string().max(MOST_NAME),
  arguments: z.unknown(),
});

/** Never throws. */
export function readCall(payload: Uint8Array, maxBytes: number): ReadCall {
  if (payload.length > maxBytes) return refuse(`${payload.length} bytes: the most is ${maxBytes}`);
  if (payload.length > MOST_VALUES && countValues(payload) > MOST_VALUES)
    return refuse(`more than ${MOST_VALUES} values`);
  const read = readMessage(callMessage, payload, { maxBytes, maxDepth: MAX_WIRE_DEPTH + 8 }, isPlainCall);
  if (!read.ok) return read;
  try {
    const given = withoutPrototype(decodeValue(read.message.arguments));
    if (!isRecord(given)) return refuse('arguments that are no object');
    return { ok: true, call: { ...read.message, arguments: given } };
  } catch (error) {
    if (error instanceof WireValueError) return refuse(error.message);
    throw error;
  }
}

/** The check of most calls, without what the schema costs. */
function isPlainCall(value: unknown): value is z.infer<typeof callMessage> {
  if (!isRecord(value) || Object.keys(value).length !== 3) return false;
  const { id, name } = value;
  return (
    Number.isInteger(id) &&
    Number(id) >= 1 &&
    Number(id) <= 0xffff_ffff &&
    typeof name === 'string' &&
    name.length <= MOST_NAME &&
    Object.hasOwn(value, 'arguments')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !(value instanceof Uint8Array || value instanceof Date);
}

/** So that a look for `constructor` or `toString` finds nothing that was not sent. */
function withoutPrototype(value: unknown): unknown {
  if (Array.isArray(value)) {
    for (const item of value) withoutPrototype(item);
  } else if (isRecord(value)) {
    for (const key of Object.keys(value)) withoutPrototype(value[key]);
    Object.setPrototypeOf(value, null);
  }
  return value;
}

function refuse(reason: string): ReadCall {
  return { ok: false, reason };
}
