import { describe, expect, test } from 'vitest';
import { createDeferred } from '../../../src/supervise/deferred.js';
import { type FaultPool, LOST, summary, waitFor, withFaultPool, within } from './fault-pool.js';
import { WARM_LEVELS } from './levels.js';
import type { Tree } from './processes.js';

type Victim = 'supervisor' | 'zygote' | 'worker';

const PID: Readonly<Record<Victim, (tree: Tree) => number>> = {
  supervisor: ({ supervisor }) => supervisor,
  zygote: ({ zygote }) => zygote,
  // Never a number that stands for a group.
  worker: ({ workers: [first] }) => first ?? Number.NaN,
};
const ANSWERED = ['ok', null, 7];
const CRASHED = ['crashed', LOST, undefined];
const KILLED = ['crashed', 'Crashed: the Python process was ended by SIGKILL (killed)', undefined];
const TIMEOUT = ['timeout', 'Timeout: the run was ended after 1 s (timeoutSeconds)', undefined];
const SETTLED_WITHIN_MS = 10_000;
const INPUT_BYTES = 40_000_000;
const ROWS = [
  ['SIGKILL', 'supervisor'],
  ['SIGKILL', 'zygote'],
  ['SIGKILL', 'worker'],
  ['SIGSTOP', 'supervisor'],
  ['SIGSTOP', 'zygote'],
  ['SIGSTOP', 'worker'],
] as const;

// The moments between the states that faults-signals.test.ts holds still: one level shows them, the protocol is one.
describe.each(WARM_LEVELS.slice(0, 1))('at level %s', (level) => {
  test.each(ROWS)(
    '%s of the %s while a job is on its way: it is answered or told, and the pool serves on',
    async (signal, victim) => {
      await withFaultPool({ level, size: 1, policy: { diskLimitMb: 100 } }, async (pool) => {
        const pid = PID[victim](pool.tree());
        const files = { large: new Uint8Array(INPUT_BYTES) };
        const run = pool.runner.run('result = 7', {}, { files });
        await startOf(pool);
        process.kill(pid, signal);
        const ending = summary(await within(SETTLED_WITHIN_MS, run));
        // The signal may come when the last byte has, or the answer.
        expect([ANSWERED, CRASHED, KILLED, TIMEOUT]).toContainEqual(ending);
        await pool.expectWell();
      });
    },
    30_000,
  );

  test.each(ROWS)(
    '%s of the %s while the pool drains: the run is answered or told, and the pool closes',
    async (signal, victim) => {
      await withFaultPool({ level, size: 1 }, async (pool) => {
        const pid = PID[victim](pool.tree());
        const up = createDeferred<void>();
        const code = 'print("up", flush=True)\nimport time; time.sleep(0.3); result = 7';
        const run = pool.runner.run(code, {}, { onStdout: () => up.resolve() });
        await within(SETTLED_WITHIN_MS, up.promise);
        const closed = pool.runner.close('drain');
        process.kill(pid, signal);
        const ending = summary(await within(SETTLED_WITHIN_MS, run));
        expect([ANSWERED, CRASHED, KILLED, TIMEOUT]).toContainEqual(ending);
        await within(SETTLED_WITHIN_MS, closed);
        expect(pool.runner.info()).toMatchObject({ state: 'closed', idle: 0, busy: 0, pending: 0 });
      });
    },
    30_000,
  );
});

/** Until the run has a worker. */
function startOf({ runner }: FaultPool): Promise<void> {
  return waitFor(
    () => runner.info().busy === 1,
    () => JSON.stringify(runner.info()),
  );
}
