import { decodeValue } from '../protocol/decode-value.js';
import { type OutcomeMessage, outcomeMessage } from '../protocol/messages.js';
import { isPlainOutcome } from '../protocol/plain-messages.js';
import { readMessage } from '../protocol/read-message.js';
import { MAX_WIRE_DEPTH } from '../protocol/wire-limits.js';
import type { InvalidOutcome, Outcome } from '../result/ending.js';
import type { Exports } from '../result/run-result.js';

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
  const { result, exports, seen, ...rest } = read.message;
  try {
    return {
      ...rest,
      result: rest.hasResult ? decodeValue(result) : undefined,
      ...(exports === undefined ? {} : { exports: readExports(exports) }),
      ...(seen === undefined ? {} : { seen }),
    };
  } catch (error) {
    return { invalid: `result: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Without a prototype, so that a variable named `__proto__` is only a name. */
function readExports({ values, callables }: NonNullable<OutcomeMessage['exports']>): Exports {
  const decoded: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(values)) decoded[name] = decodeValue(value);
  return Object.freeze({
    values: Object.freeze(decoded),
    callables: Object.freeze(Object.assign(Object.create(null), callables)),
  });
}
