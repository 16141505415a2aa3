import { dir, type DirectoryResult } from 'tmp-promise';
import { PungiError } from '../errors/pungi-error.js';
import type { WorkdirOrders } from '../plan/plan.js';

/** A directory for the workdirs of one supervisor, removed with all that is in it; none where a tmpfs serves. */
export interface RunDirectory extends AsyncDisposable {
  readonly path: string | null;
}

export async function makeRunDirectory(orders: WorkdirOrders): Promise<RunDirectory> {
  if (orders.kind === 'tmpfs') return { path: null, [Symbol.asyncDispose]: async () => undefined };
  const made = await make(orders.base);
  return { path: made.path, [Symbol.asyncDispose]: () => made.cleanup() };
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
