import type { PungiError } from '../errors/pungi-error.js';
import type { Plan } from '../plan/plan.js';
import { startTooLate } from './start-failures.js';

const START_TIMEOUT_MS = 30_000;
/** Large packages read thousands of files, perhaps from a slow disk. */
const PRELOAD_TIMEOUT_MS = 300_000;

/** Gives up a start that takes too long, unless the timer is cleared before. */
export function limitStart(plan: Plan, giveUp: (error: PungiError) => void): NodeJS.Timeout {
  const timeoutMs = startMs(plan);
  return setTimeout(() => giveUp(startTooLate(timeoutMs)), timeoutMs);
}

/** How long a start may take; with `preloaded`, that of another worker in a tree that has had one. */
export function startMs({ zygote }: Plan, preloaded = false): number {
  return zygote.preload.length > 0 && !preloaded ? PRELOAD_TIMEOUT_MS : START_TIMEOUT_MS;
}
