import { closeSync, openSync, readSync } from 'node:fs';
import { invalid } from './policy-layer.js';

/** No policy is longer; `/dev/zero` is. */
const MOST_BYTES = 1024 * 1024;
const REASONS: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a directory'],
  ['EACCES', 'this user may not read it'],
  ['ENOTDIR', 'a part of its path is not a directory'],
]);

/** The text of a file, at most 1 MiB of UTF-8. Throws `INVALID_POLICY`; `what` names the file in its message. */
export function readSmallFile(path: string, what: string): string {
  const bytes = readBytes(path, what);
  if (bytes.length > MOST_BYTES) {
    throw invalid(`${what} is longer than 1 MiB.`, 'Name a policy file.', { path });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw invalid(`${what} is not UTF-8 text.`, 'Save the file as UTF-8.', { path }, cause);
  }
}

/** Whether reading failed because the file is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && reasonCode(error.cause) === 'ENOENT';
}

function readBytes(path: string, what: string): Uint8Array {
  try {
    const descriptor = openSync(path, 'r');
    try {
      return readAll(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    const reason = REASONS.get(reasonCode(cause)) ?? (cause instanceof Error ? cause.message : String(cause));
    throw invalid(`${what} cannot be read: ${reason}.`, 'Name a file that can be read.', { path }, cause);
  }
}

function readAll(descriptor: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let total = 0;
  while (total <= MOST_BYTES) {
    const chunk = new Uint8Array(64 * 1024);
    const count = readSync(descriptor, chunk);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    total += count;
  }
  return Buffer.concat(chunks);
}

function reasonCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
