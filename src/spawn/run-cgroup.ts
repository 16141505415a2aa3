// Theory of operation. One group holds the workers of one supervisor: it bounds what rlimits count for each process
// apart, the memory of several processes together and the number of all tasks. It is made here while the interpreter
// starts; the zygote joins it before it does anything else. The supervisor removes it when the tree is dead; node
// makes sure, for a supervisor that was killed.
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PungiError } from '../errors/pungi-error.js';
import { planSweep, sweepOnce } from './sweep-once.js';
import { sweepCgroups } from './sweep-stale.js';

/** What is made: limits for the whole tree. */
export interface RunCgroupOrders {
  readonly version: 1 | 2;
  readonly directories: Readonly<Partial<Record<'memory' | 'pids', string>>>;
  readonly memoryBytes: number;
  readonly processes: number;
  readonly ownTasks: number;
}

export interface RunCgroup {
  /** Made directories by controller; both the same in version 2. */
  readonly directories: Readonly<Partial<Record<'memory' | 'pids', string>>>;
  /** Only when the tree is dead; may be gone already. */
  remove(): Promise<void>;
}

/** The zygote is in the group as well: what it holds beside its workers. */
const OWN_BYTES = 32 * 1024 * 1024;
const REMOVE_TRIES = 50;
const REMOVE_PAUSE_MS = 10;

export async function makeRunCgroup(
  orders: RunCgroupOrders,
  name: string,
  workers: number,
): Promise<RunCgroup> {
  const entries = Object.entries(orders.directories).map(
    ([controller, base]) => [controller, join(base, name)] as const,
  );
  const paths = [...new Set(entries.map(([, path]) => path))];
  const bases = [...new Set(Object.values(orders.directories))];
  const directories: RunCgroup['directories'] = Object.fromEntries(entries);
  const made: string[] = [];
  const remove = async (): Promise<void> => {
    for (const path of made) await removeGroup(path);
    for (const base of bases) sweepOnce(base, sweepCgroups);
  };
  try {
    for (const path of paths) {
      await mkdir(path, { mode: 0o700 });
      made.push(path);
    }
    await setLimits(orders, directories, workers);
  } catch (cause) {
    await remove();
    throw failed(cause);
  }
  for (const base of bases) planSweep(base, sweepCgroups);
  return { directories, remove };
}

async function setLimits(
  orders: RunCgroupOrders,
  made: RunCgroup['directories'],
  workers: number,
): Promise<void> {
  const memory = String(orders.memoryBytes * workers + OWN_BYTES);
  const memoryFile = orders.version === 2 ? 'memory.max' : 'memory.limit_in_bytes';
  if (made.memory !== undefined) await writeFile(join(made.memory, memoryFile), memory);
  const tasks = String(orders.processes * workers + orders.ownTasks);
  if (made.pids !== undefined) await writeFile(join(made.pids, 'pids.max'), tasks);
}

/** A task that has just died may still be counted for a moment. */
async function removeGroup(path: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await rmdir(path);
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code === 'ENOENT') return;
      if (code !== 'EBUSY' || tries >= REMOVE_TRIES) throw failed(error);
      await new Promise((resolve) => setTimeout(resolve, REMOVE_PAUSE_MS));
    }
  }
}

function failed(cause: unknown): PungiError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PungiError(
    'SANDBOX_FAILED',
    `The layer 'cgroup' of the sandbox failed: ${reason}. No user code ran.`,
    {
      details: { layer: 'cgroup' },
      hint: 'Give this process a control group that it may fill, or none.',
      cause,
    },
  );
}
