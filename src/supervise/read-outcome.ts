import { decodeValue } from '../protocol/decode-value.js';
import { outcomeMessage } from '../protocol/messages.js';
import { isPlainOutcome } from '../protocol/plain-messages.js';
import { readMessage } from '../protocol/read-message.js';
import { MAX_WIRE_DEPTH } from '../protocol/wire-limits.js';
import type { InvalidOutcome, Outcome } from '../result/ending.js';

/** The envelope of an outcome adds a few levels to those of the value in it. */
const MOST_DEPTH = MAX_WIRE_DEPTH + 8;

/** Reads the worker's claim: hostile bytes, so whatever is wrong with them is a value, never a throw. */
export function readOutcome(payload: Uint8Array): Outcome | InvalidOutcome {
  const read = readMessage(
    outcomeMessage,
    payload,
    { maxBytes: payload.length, maxDepth: MOST_DEPTH },
    isPlainOutcome,
  );
  if (!read.ok) return { invalid: read.reason };
  const { result, ...rest } = read.message;
  if (!rest.hasResult) return { ...rest, result: undefined };
  try {
    return { ...rest, result: decodeValue(result) };
  } catch (error) {
    return { invalid: `result: ${error instanceof Error ? error.message : String(error)}` };
  }
}
