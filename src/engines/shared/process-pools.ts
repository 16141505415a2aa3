import { availableParallelism } from 'node:os';
import { createSharedPools } from './shared-pools.js';

const LEAST_SIZE = 4;
const MOST_SIZE = 16;

/** The pools of this process. Nothing is started here: a pool is opened by its first run. */
export const processPools = createSharedPools({
  mostPools: 4,
  idleMs: 30_000,
  keepMs: 1000,
  pauseMs: 10,
  pool: {
    size: Math.min(Math.max(availableParallelism() * 2, LEAST_SIZE), MOST_SIZE),
    // As without a pool: however many are asked for at once, each is answered.
    maxPending: Number.POSITIVE_INFINITY,
    zygoteMaxRuns: 10_000,
    zygoteMaxAgeMs: 3_600_000,
  },
});

/**
 * Closes the pools that `runCode` keeps, when the runs in them have ended. They end by themselves, with this process
 * or 30 seconds after their last run; this is for whoever wants nothing left now. A later `runCode` opens one again.
 *
 * @example
 * await runCode('1');
 * await closeSharedPools();
 */
export function closeSharedPools(): Promise<void> {
  return processPools.close();
}
