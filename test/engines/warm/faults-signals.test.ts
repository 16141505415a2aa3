import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { RunHandle } from '../../../src/index.js';
import { createDeferred } from '../../../src/supervise/deferred.js';
import { type FaultPool, isAlive, LOST, summary, waitFor, withFaultPool, within } from './fault-pool.js';
import { WARM_LEVELS } from './levels.js';
import type { Tree } from './processes.js';

type Victim = 'supervisor' | 'zygote' | 'worker';
type Signal = 'SIGKILL' | 'SIGSTOP';

const PID: Readonly<Record<Victim, (tree: Tree) => number>> = {
  supervisor: (tree) => tree.supervisor,
  zygote: (tree) => tree.zygote,
  worker: ({ workers: [first] }) => {
    // Never a number that stands for a group: 0 and -1 would kill others.
    if (first === undefined) throw new Error('The pool has no worker now.');
    return first;
  },
};

const ENDLESS = 'print("up", flush=True)\nimport time; time.sleep(20)';
const LARGE = 'open("f", "wb").write(bytes(150_000_000)); result = 7';
const TIMEOUT = ['timeout', 'Timeout: the run was ended after 1 s (timeoutSeconds)', undefined];
const CRASHED = ['crashed', LOST, undefined];
const KILLED = ['crashed', 'Crashed: the Python process was ended by SIGKILL (killed)', undefined];
const ANSWERED = ['ok', null, 7];

/** The longest of a deadline of 1 s, what Node waits for the supervisor after it, and another start. */
const SETTLED_WITHIN_MS = 10_000;
const NAMES = '%s of the %s';

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

  describe('answering', () => {
    test.each<[Signal, Victim, readonly unknown[]]>([
      ['SIGKILL', 'supervisor', CRASHED],
      ['SIGKILL', 'zygote', CRASHED],
      ['SIGSTOP', 'supervisor', TIMEOUT],
      // Whether it could still say that the worker is dead.
      ['SIGSTOP', 'zygote', TIMEOUT],
    ])(
      NAMES,
      async (signal, victim, ending) => {
        const policy = { diskLimitMb: 200, maxFileKb: 200 * 1024, timeoutSeconds: 3 };
        await withFaultPool({ level, size: 1, policy }, async (pool) => {
          const { supervisor, zygote, workers } = pool.tree();
          const run = pool.runner.run(LARGE);
          // Its files are read when it is dead.
          await waitFor(
            () => !workers.some(isAlive),
            () => 'the worker lives',
          );
          process.kill(victim === 'zygote' ? zygote : supervisor, signal);
          const late = ['timeout', 'Timeout: the run was ended after 3 s (timeoutSeconds)', undefined];
          const expected = ending === TIMEOUT ? late : ending;
          // The last byte may have been on its way.
          expect([expected, ANSWERED]).toContainEqual(summary(await within(SETTLED_WITHIN_MS, run)));
          await pool.expectWell();
        });
      },
      30_000,
    );
  });

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

function startEndless({ runner }: FaultPool): { running: RunHandle; started: Promise<void> } {
  const first = createDeferred<void>();
  const running = runner.run(ENDLESS, {}, { onStdout: () => first.resolve() });
  return { running, started: first.promise };
}

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
