import { describe, expect, test } from 'vitest';
import { summary, withFaultPool, within } from './fault-pool.js';
import {
  ANSWERED,
  CRASHED,
  KILLED,
  NAMES,
  PID,
  SETTLED_WITHIN_MS,
  type Signal,
  TIMEOUT,
  type Victim,
} from './fault-signals.js';
import { WARM_LEVELS } from './levels.js';

describe.each(WARM_LEVELS)('at level %s', (level) => {
  // The fault may meet the next run before Node knows of it; then the run says what it met.
  describe('idle', () => {
    test.each<[Signal, Victim, readonly unknown[], number]>([
      ['SIGKILL', 'supervisor', CRASHED, 1],
      ['SIGKILL', 'zygote', CRASHED, 1],
      ['SIGKILL', 'worker', KILLED, 0],
      ['SIGSTOP', 'supervisor', TIMEOUT, 1],
      ['SIGSTOP', 'worker', TIMEOUT, 0],
    ])(NAMES, async (signal, victim, ending, restarts) => {
      await withFaultPool({ level, size: 1 }, async (pool) => {
        process.kill(PID[victim](pool.tree()), signal);
        const first = await within(SETTLED_WITHIN_MS, pool.runner.run('result = 7'));
        expect([ending, ANSWERED]).toContainEqual(summary(first));
        await pool.expectWell();
        expect(pool.runner.info().restarts).toBe(restarts);
      });
    });

    test('a tree that is lost is told to the logger', async () => {
      const said: unknown[] = [];
      const note = (message: string, facts: unknown): number => said.push([message, facts]);
      const logger = { debug: () => undefined, info: note, warn: note, error: note };
      await withFaultPool({ level, size: 1, logger }, async (pool) => {
        process.kill(pool.tree().supervisor, 'SIGKILL');
        await within(SETTLED_WITHIN_MS, pool.runner.run('1'));
        await pool.expectWell();
      });
      expect(said).toEqual([
        ['A pool is open.', { level, size: 1 }],
        ['A process tree was lost.', { why: 'The supervisor ended (SIGKILL).' }],
        ['A pool is open.', { level, size: 1 }],
      ]);
    });

    test('SIGSTOP of the zygote: no run waits for ever', async () => {
      await withFaultPool({ level, size: 1 }, async (pool) => {
        process.kill(pool.tree().zygote, 'SIGSTOP');
        expect(summary(await within(SETTLED_WITHIN_MS, pool.runner.run('result = 7')))).toEqual(ANSWERED);
        await pool.expectWell();
      });
    }, 30_000);

    test('SIGSTOP of a supervisor whose one worker is used up: no run waits for ever', async () => {
      await withFaultPool({ level, size: 1 }, async (pool) => {
        const { supervisor, zygote } = pool.tree();
        process.kill(zygote, 'SIGSTOP');
        await within(SETTLED_WITHIN_MS, pool.runner.run('result = 7'));
        process.kill(supervisor, 'SIGSTOP');
        process.kill(zygote, 'SIGCONT');
        await pool.expectWell();
      });
    }, 30_000);
  });
});
