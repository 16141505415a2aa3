import { expect } from 'vitest';
import { processPools } from '../../src/engines/shared/process-pools.js';
import { closeSharedPools, runCode } from '../../src/index.js';
import { createRunHandle } from '../../src/supervise/run-handle.js';
import type { Run } from './subject.js';
import { copyOf, forward, PREDECESSOR } from './warm-run.js';

/** With fewer pools than this a further one is always opened. */
const MOST_POOLS = 4;

/** Plain `runCode`, called when another run of the same policy was before; pools live on from test to test. */
export const runShared: Run = (code, inputData, policy, options) =>
  createRunHandle(async (emit) => {
    // Options count as they are at the call, and here the call comes later.
    const given = copyOf(options);
    const signal = signalOf(given);
    if (processPools.size >= MOST_POOLS) await closeSharedPools();
    // A policy may refuse it. An abort is for both runs, or the end of the first would be timed with it.
    const leave = () => runCode(PREDECESSOR, undefined, policy, { signal }).catch(() => null);
    // The first run of a policy is a cold one; the second waits for the pool.
    await leave();
    const before = await leave();
    if (before !== null && before.status !== 'cancelled')
      expect(processPools.size > 0).toBe(mayShare(before.isolation.level, policy));
    const handle = runCode(code, inputData, policy, given);
    const [result] = await Promise.all([handle, forward(handle, emit)]);
    // Who aborts looks for what is left of the run; a pool would always have something.
    if (signal !== undefined) await closeSharedPools();
    return result;
  });

function mayShare(level: string, policy: Parameters<Run>[2]): boolean {
  return (
    level === 'full' || (level === 'kernel' && policy?.allowSubprocess !== true) || processPools.size > 0
  );
}

/** Without asking a getter that a test may have put there. */
function signalOf(options: object | undefined): AbortSignal | undefined {
  const given: unknown = Object.getOwnPropertyDescriptor(options ?? {}, 'signal')?.value;
  return given instanceof AbortSignal ? given : undefined;
}
