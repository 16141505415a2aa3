import { readFile } from 'node:fs/promises';

/**
 * Whether a process computes, waits for its turn on a processor, or for a disk: it will answer, if late. One that was
 * stopped, or sleeps though it was asked, is not. Where there is no /proc nobody knows, and it counts as not.
 */
export async function isAtWork(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name of the process, in parentheses, may hold anything: the state comes after it.
  return /\) [RD] [^)]*$/.test(stat);
}
