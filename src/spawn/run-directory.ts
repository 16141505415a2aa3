import { existsSync } from 'node:fs';
import { type DirectoryResult, dir } from 'tmp-promise';
import { PungiError } from '../errors/pungi-error.js';
import { ownerPrefix } from './owner.js';
import { removeTree } from './remove-tree.js';
import { planSweep, sweepOnce } from './sweep-once.js';
import { sweepDirectories } from './sweep-stale.js';

/** A directory for the workdirs of one supervisor. */
export interface RunDirectory {
  readonly path: string;
  /** Removes it with all that is in it. */
  remove(): Promise<void>;
}

export async function makeRunDirectory(base: string): Promise<RunDirectory> {
  const { path } = await make(base);
  planSweep(base, sweepDirectories);
  return {
    path,
    async remove() {
      // The supervisor removes it; only when that was killed is something left.
      if (existsSync(path)) await removeTree(path);
      sweepOnce(base, sweepDirectories);
    },
  };
}

async function make(base: string): Promise<DirectoryResult> {
  try {
    const template = `${ownerPrefix()}-XXXXXX`;
    // `keep`: else it remembers each one for ever.
    return await dir({ tmpdir: base, template, mode: 0o700, keep: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PungiError('START_FAILED', `No directory for the run could be made in '${base}': ${reason}.`, {
      details: { base },
      hint: 'Make room there, or set TMPDIR to a directory that this process may write.',
      cause,
    });
  }
}
