import type { z } from 'zod';
import { PungiError } from '../errors/pungi-error.js';
import { readMessage } from '../protocol/read-message.js';

const LIMITS = { maxBytes: 1024 * 1024, maxDepth: 16 };

/** A message that the supervisor itself wrote: one that does not fit is a fault of ours, and thrown. */
export function readTrusted<T>(
  schema: z.ZodType<T>,
  payload: Uint8Array,
  isPlain?: (value: unknown) => value is T,
): T {
  const read = readMessage(schema, payload, LIMITS, isPlain);
  if (read.ok) return read.message;
  throw new PungiError(
    'SANDBOX_FAILED',
    `The supervisor sent a message that cannot be read (${read.reason}).`,
  );
}
