import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pidusage from 'pidusage';
import type { Until } from './lifetime.js';

const INTERVAL_MS = 100;
const MOST_PROCESSES = 2048;

/** What the tree of one run may hold, and who is told what it holds. */
export interface MemoryWatch {
  readonly pid: number;
  readonly memoryBytes: number;
  readonly onSample: (residentBytes: number) => void;
}

/**
 * The backstop for memory that no rlimit counts together: `true` as soon as the tree of `pid` holds more than
 * `memoryBytes`, `false` when `until` ends the watch.
 */
export async function exceedsMemory(
  { pid, memoryBytes, onSample }: MemoryWatch,
  until: Until,
): Promise<boolean> {
  const waking = new AbortController();
  until.onOver(() => waking.abort());
  while (!until.isOver) {
    const tree = await descendants(pid);
    // Resident pages are cheap to read but count what forked processes share once for each; only then the exact sum.
    const resident = await residentBytes(tree);
    if (until.isOver) return false;
    onSample(resident);
    if (resident > memoryBytes && (await proportionalBytes(tree)) > memoryBytes) return true;
    await sleep(INTERVAL_MS, undefined, { signal: waking.signal, ref: false }).catch(() => undefined);
  }
  return false;
}

async function residentBytes(tree: readonly number[]): Promise<number> {
  const samples = await Promise.all(tree.map(residentOf));
  return samples.reduce((sum, bytes) => sum + bytes, 0);
}

/**
 * A process of the tree may end at any moment; it then holds nothing. Where there is no /proc, pidusage knows; where
 * there is, it would keep a descriptor for each process, and of one that ends while it is opened for ever.
 */
async function residentOf(pid: number): Promise<number> {
  if (process.platform !== 'linux') return (await pidusage(pid).catch(() => ({ memory: 0 }))).memory;
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(await readText(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

/** Without pages of files, which the kernel can drop: libraries are nobody's use of memory. */
async function proportionalBytes(tree: readonly number[]): Promise<number> {
  let total = 0;
  for (const pid of tree) {
    const text = await readText(`/proc/${pid}/smaps_rollup`);
    for (const [, kilobytes] of text.matchAll(/^Pss_(?:Anon|Shmem):\s+(\d+) kB/gm))
      total += Number(kilobytes) * 1024;
  }
  return total;
}

async function descendants(root: number): Promise<readonly number[]> {
  const found = [root];
  for (const pid of found) {
    if (found.length >= MOST_PROCESSES) break;
    for (const thread of await listNames(`/proc/${pid}/task`)) {
      const children = await readText(`/proc/${pid}/task/${thread}/children`);
      found.push(...children.split(' ').filter(Boolean).map(Number));
    }
  }
  return found;
}

function listNames(path: string): Promise<readonly string[]> {
  return readdir(path).catch(() => []);
}

function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
