import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type FaultPool, waitFor, withFaultPool, within } from './fault-pool.js';
import { PID, SETTLED_WITHIN_MS, type Victim } from './fault-signals.js';
import { WARM_LEVELS } from './levels.js';

describe.each(WARM_LEVELS)('at level %s', (level) => {
  test('killed again while it comes back: the pool comes back all the same', async () => {
    await withFaultPool({ level, size: 2 }, async (pool) => {
      for (let kills = 0; kills < 3; kills += 1) {
        const { supervisor } = pool.tree();
        process.kill(supervisor, 'SIGKILL');
        await waitFor(
          () => hasOtherSupervisor(pool, supervisor),
          () => 'no other supervisor came',
        );
      }
      await pool.expectWell();
      expect(pool.runner.info().restarts).toBeGreaterThanOrEqual(1);
    });
  });

  test.each<Victim>(['supervisor', 'zygote', 'worker'])(
    'SIGKILL of the %s in any moment of forking: all is answered, at most what ran is lost',
    async (victim) => {
      await withFaultPool({ level, size: 2 }, async (pool) => {
        for (let kills = 0; kills < 6; kills += 1) {
          const runs = Array.from({ length: 20 }, (_, index) =>
            pool.runner.run('result = input_data', index),
          );
          await delay(3 + kills * 7);
          killIfThere(pool, victim);
          const results = await within(SETTLED_WITHIN_MS, Promise.all(runs));
          const lost = results.filter(({ status }) => status === 'crashed');
          expect(lost.length).toBeLessThanOrEqual(2);
          const right = results.filter((run, index) => run.status === 'ok' && run.result === index);
          expect(right.length + lost.length).toBe(20);
        }
        await pool.expectWell();
      });
    },
    60_000,
  );
});

function hasOtherSupervisor(pool: FaultPool, old: number): boolean {
  try {
    return pool.tree().supervisor !== old;
  } catch {
    return false;
  }
}

/** Between two trees there is nobody to kill. */
function killIfThere(pool: FaultPool, victim: Victim): void {
  try {
    process.kill(PID[victim](pool.tree()), 'SIGKILL');
  } catch {
    // ESRCH, or no such process at this moment.
  }
}
