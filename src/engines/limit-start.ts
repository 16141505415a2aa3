import type { PungiError } from '../errors/pungi-error.js';
import type { Plan } from '../plan/plan.js';
import { startTooLate } from './start-failures.js';

const START_TIMEOUT_MS = 30_000;
/** Large packages read thousands of files, perhaps from a slow disk. */
const PRELOAD_TIMEOUT_MS = 300_000;

/** Gives up a start that takes too long, unless the timer is cleared before. */
export function limitStart({ zygote }: Plan, giveUp: (error: PungiError) => void): NodeJS.Timeout {
  const timeoutMs = zygote.preload.length > 0 ? PRELOAD_TIMEOUT_MS : START_TIMEOUT_MS;
  return setTimeout(() => giveUp(startTooLate(timeoutMs)), timeoutMs);
}
