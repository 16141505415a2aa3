import { readFile } from 'node:fs/promises';
import { readProcessStat } from '../spawn/process-stat.js';

/** The letter of the kernel for what a process does (`R`, `S`, `D`, `T`, `Z`), or an empty text where nobody knows. */
export async function processState(pid: number): Promise<string> {
  return readProcessStat(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))?.state ?? '';
}

/**
 * Whether a supervisor that has not ended a run yet will: it computes, or waits for a processor or a disk; or it waits
 * for a worker that it has killed and that a disk holds. One that was stopped, or sleeps otherwise, will not.
 */
export async function isHeldUp(supervisor: number, worker: number | null): Promise<boolean> {
  const state = await processState(supervisor);
  if (state === 'R' || state === 'D') return true;
  return state === 'S' && worker !== null && (await processState(worker)) === 'D';
}
