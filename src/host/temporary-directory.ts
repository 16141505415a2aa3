import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { PungiError } from '../errors/pungi-error.js';

/** The real path of a temporary directory that this process can write to; `SANDBOX_UNAVAILABLE` when it is not one. */
export async function usableTemporaryDirectory(directory: string): Promise<string> {
  try {
    const real = await realpath(directory);
    if (!(await stat(real)).isDirectory()) throw unusable(directory, 'it is not a directory');
    await access(real, constants.W_OK | constants.X_OK);
    return real;
  } catch (error) {
    if (error instanceof PungiError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw unusable(directory, code, error);
  }
}

function unusable(directory: string, reason: string, cause?: unknown): PungiError {
  return new PungiError(
    'SANDBOX_UNAVAILABLE',
    `The temporary directory ${JSON.stringify(directory)} cannot be used: ${reason}.`,
    {
      details: { temporaryDirectory: directory, reason },
      hint: 'Set TMPDIR to a directory that this process can write to.',
      cause,
    },
  );
}
