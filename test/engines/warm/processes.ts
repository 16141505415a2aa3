import { readdirSync, readFileSync } from 'node:fs';

export interface Tree {
  readonly supervisor: number;
  readonly zygote: number;
  readonly workers: readonly number[];
}

/** The process tree of the one pool that this process has, by parents. */
export function findTree(): Tree {
  const [supervisor] = childrenOf(process.pid).filter((pid) => commandOf(pid).includes('pungi_harness'));
  if (supervisor === undefined) throw new Error('No supervisor is a child of this process.');
  const [zygote] = childrenOf(supervisor);
  if (zygote === undefined) throw new Error('The supervisor has no child.');
  return { supervisor, zygote, workers: childrenOf(zygote) };
}

export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

export function openDescriptors(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

export function residentKb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
