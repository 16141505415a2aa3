import { existsSync } from 'node:fs';
import { type DirectoryResult, dir } from 'tmp-promise';
import { PungiError } from '../errors/pungi-error.js';
import { runToEnd } from './run-to-end.js';

/** A directory for the workdirs of one supervisor. */
export interface RunDirectory {
  readonly path: string;
  /** Removes it with all that is in it. */
  remove(): Promise<void>;
}

export async function makeRunDirectory(base: string): Promise<RunDirectory> {
  const made = await make(base);
  return { path: made.path, remove: () => remove(made) };
}

/** The supervisor removes it; only when that was killed is something left, shaped by user code. */
async function remove(made: DirectoryResult): Promise<void> {
  if (!existsSync(made.path)) return;
  try {
    await made.cleanup();
  } catch {
    // Node's own removal stops at paths longer than the kernel takes; rm goes down by descriptors.
    const options = { env: { PATH: '/usr/bin:/bin' }, timeoutMs: 60_000, maxBytes: 64 * 1024 };
    await runToEnd('rm', ['-rf', '--one-file-system', '--', made.path], options);
  }
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
