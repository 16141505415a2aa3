import { describe, expect, test } from 'vitest';
import { createDeferred } from '../../../src/supervise/deferred.js';
import { type FaultPool, summary, waitFor, withFaultPool, within } from './fault-pool.js';
import { ANSWERED, CRASHED, FAULTS, KILLED, PID, SETTLED_WITHIN_MS, TIMEOUT } from './fault-signals.js';
import { WARM_LEVELS } from './levels.js';

const INPUT_BYTES = 40_000_000;

// The moments between the states that faults-signals.test.ts holds still: one level shows them, the protocol is one.
describe.each(WARM_LEVELS.slice(0, 1))('at level %s', (level) => {
  test.each(FAULTS)(
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

  test.each(FAULTS)(
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
