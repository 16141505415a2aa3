import { type DirectoryResult, dir } from 'tmp-promise';
import { PungiError } from '../errors/pungi-error.js';

/** A directory for the workdirs of one supervisor. */
export interface RunDirectory {
  readonly path: string;
  /** Removes it with all that is in it. */
  remove(): Promise<void>;
}

export async function makeRunDirectory(base: string): Promise<RunDirectory> {
  const made = await make(base);
  return { path: made.path, remove: () => made.cleanup() };
}

async function make(base: string): Promise<DirectoryResult> {
  try {
    return await dir({ tmpdir: base, prefix: 'pungi', mode: 0o700, unsafeCleanup: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PungiError('START_FAILED', `No directory for the run could be made in '${base}': ${reason}.`, {
      details: { base },
      hint: 'Make room there, or set TMPDIR to a directory that this process may write.',
      cause,
    });
  }
}
