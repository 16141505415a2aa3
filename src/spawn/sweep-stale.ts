// Theory of operation. Node and supervisor each clean up when the other is killed; only when both are killed at once
// is something left. Processes end by themselves then, by their pid namespace or the parent-death signal; directories
// and control groups, with whoever is still in one, stay until a later program removes them: only those whose maker is
// surely dead, and only those of this user. Once in each program, and never on the path of a run.
import { lstat, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAbandoned } from './owner.js';
import { removeTree } from './remove-tree.js';

const EMPTY_TRIES = 20;
const EMPTY_PAUSE_MS = 10;

/** Removes the run directories in `base` that nobody will. Never rejects: what resists is left to the next program. */
export async function sweepDirectories(base: string): Promise<void> {
  for (const path of await findStale(base)) await removeTree(path);
}

/** Ends who is left in the control groups beneath `base` that nobody owns, and removes them. Never rejects. */
export async function sweepCgroups(base: string): Promise<void> {
  for (const path of await findStale(base)) await removeGroup(path);
}

async function findStale(base: string): Promise<readonly string[]> {
  const names = await readdir(base).catch(() => []);
  const stale: string[] = [];
  for (const name of names.filter(isAbandoned)) {
    const path = join(base, name);
    const facts = await lstat(path).catch(() => null);
    if (facts?.isDirectory() === true && facts.uid === process.geteuid?.()) stale.push(path);
  }
  return stale;
}

/** The last of the killed may be counted for a moment; who comes first of two programs removes it. */
async function removeGroup(path: string): Promise<void> {
  for (let tries = 0; tries < EMPTY_TRIES; tries += 1) {
    await killMembers(path);
    const isGone = await rmdir(path).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code !== 'EBUSY',
    );
    if (isGone) return;
    await delay(EMPTY_PAUSE_MS);
  }
}

async function killMembers(path: string): Promise<void> {
  // Of version 2 and kernel 5.14 on: all at once.
  const isDone = await writeFile(join(path, 'cgroup.kill'), '1', { flag: 'r+' }).then(
    () => true,
    () => false,
  );
  if (isDone) return;
  const members = await readFile(join(path, 'cgroup.procs'), 'utf8').catch(() => '');
  // 0 stands for a process of another pid namespace, and would be this process's own group.
  for (const pid of members
    .split('\n')
    .map(Number)
    .filter((number) => number > 0))
    killOne(pid);
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already, or not this user's to kill: then the group stays.
  }
}
