import { describe, expect, test } from 'vitest';
import type { RunHandle } from '../../../src/index.js';
import { createDeferred } from '../../../src/supervise/deferred.js';
import { type FaultPool, summary, withFaultPool, within } from './fault-pool.js';
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

const ENDLESS = 'print("up", flush=True)\nimport time; time.sleep(20)';

describe.each(WARM_LEVELS)('at level %s', (level) => {
  describe('running, with another run in the queue', () => {
    test.each<[Signal, Victim, readonly unknown[], number]>([
      ['SIGKILL', 'supervisor', CRASHED, 1],
      ['SIGKILL', 'zygote', CRASHED, 1],
      ['SIGKILL', 'worker', KILLED, 0],
      ['SIGSTOP', 'supervisor', TIMEOUT, 1],
      ['SIGSTOP', 'zygote', TIMEOUT, 1],
      ['SIGSTOP', 'worker', TIMEOUT, 0],
    ])(
      NAMES,
      async (signal, victim, ending, restarts) => {
        await withFaultPool({ level, size: 1 }, async (pool) => {
          const before = pool.tree();
          const { running, started } = startEndless(pool);
          await within(SETTLED_WITHIN_MS, started);
          const queued = pool.runner.run('result = 7');
          process.kill(PID[victim](before), signal);
          expect(summary(await within(SETTLED_WITHIN_MS, running))).toEqual(ending);
          expect((await running).stdout).toBe('up\n');
          expect(summary(await within(SETTLED_WITHIN_MS, queued))).toEqual(ANSWERED);
          await pool.expectWell();
          expect(pool.runner.info().restarts).toBe(restarts);
        });
      },
      30_000,
    );
  });
});

function startEndless({ runner }: FaultPool): { running: RunHandle; started: Promise<void> } {
  const first = createDeferred<void>();
  const running = runner.run(ENDLESS, {}, { onStdout: () => first.resolve() });
  return { running, started: first.promise };
}
