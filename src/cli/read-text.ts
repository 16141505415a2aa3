import { readFile } from 'node:fs/promises';
import { UsageError } from './usage-error.js';

const REASONS: Readonly<Partial<Record<string, string>>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'this user may not read it',
  ENOTDIR: 'a part of its path is not a directory',
};

/** Why a system call failed, in a plain word where there is one. */
export function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause));
}

/** The bytes of a file that a person named on the command line, with a plain word when they cannot be had. */
export async function readBytes(path: string, what: string): Promise<Uint8Array> {
  if (path === '') throw new UsageError(`${what} has an empty name.`);
  try {
    return await readFile(path);
  } catch (cause) {
    throw new UsageError(`${what} '${path}' cannot be read: ${reasonOf(cause)}.`, null, cause);
  }
}

/** The same as text; bytes that are not UTF-8 are refused rather than replaced. */
export async function readText(path: string, what: string): Promise<string> {
  return decodeText(await readBytes(path, what), `${what} '${path}'`);
}

export function decodeText(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UsageError(`${what} is not UTF-8 text.`, null, cause);
  }
}
