// Theory of operation. One group holds the tree of one supervisor: it bounds what rlimits count for each process
// apart, the memory of several processes together and the number of all tasks. Joining a group makes the kernel
// wait for a grace period, about 10 ms; done from here it passes while the interpreter starts. The plan is sent
// only after that, so that everything forked by its orders is inside. A group is removed when its tree is dead.
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PungiError } from '../errors/pungi-error.js';

/** What is made: limits for the whole tree. */
export interface RunCgroupOrders {
  readonly version: 1 | 2;
  readonly directories: Readonly<Partial<Record<'memory' | 'pids', string>>>;
  readonly memoryBytes: number;
  readonly processes: number;
}

export interface RunCgroup {
  /** Made directories by controller; both the same in version 2. */
  readonly directories: Readonly<Partial<Record<'memory' | 'pids', string>>>;
  join(pid: number): Promise<void>;
  /** Only when the tree is dead. */
  remove(): Promise<void>;
}

/** Supervisor and zygote are in the group as well: what they hold beside their workers. */
const OWN_BYTES = 64 * 1024 * 1024;
const OWN_TASKS = 4;
const REMOVE_TRIES = 50;
const REMOVE_PAUSE_MS = 10;

export async function makeRunCgroup(orders: RunCgroupOrders, name: string, workers: number): Promise<RunCgroup> {
  const entries = Object.entries(orders.directories).map(([controller, base]) => [controller, join(base, name)] as const);
  const paths = [...new Set(entries.map(([, path]) => path))];
  const directories: RunCgroup['directories'] = Object.fromEntries(entries);
  const remove = async (): Promise<void> => {
    for (const path of paths) await removeGroup(path);
  };
  try {
    for (const path of paths) await mkdir(path, { mode: 0o700 });
    await setLimits(orders, directories, workers);
  } catch (cause) {
    await remove();
    throw failed(cause);
  }
  return {
    directories,
    async join(pid) {
      try {
        for (const path of paths) await writeFile(join(path, 'cgroup.procs'), String(pid));
      } catch (cause) {
        throw failed(cause);
      }
    },
    remove,
  };
}

async function setLimits(orders: RunCgroupOrders, made: RunCgroup['directories'], workers: number): Promise<void> {
  const memory = String(orders.memoryBytes * workers + OWN_BYTES);
  const memoryFile = orders.version === 2 ? 'memory.max' : 'memory.limit_in_bytes';
  if (made.memory !== undefined) await writeFile(join(made.memory, memoryFile), memory);
  const tasks = String(orders.processes * workers + OWN_TASKS);
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
  return new PungiError('SANDBOX_FAILED', `The layer 'cgroup' of the sandbox failed: ${reason}. No user code ran.`, {
    details: { layer: 'cgroup' },
    hint: 'Give this process a control group that it may fill, or none.',
    cause,
  });
}
