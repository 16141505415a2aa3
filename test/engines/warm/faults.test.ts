import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createRunner, presets, type RunHandle, type Runner, type RunnerInfo } from '../../../src/index.js';
import { createDeferred } from '../../../src/supervise/deferred.js';
import { isAlive } from './fault-pool.js';
import { WARM_LEVELS } from './levels.js';
import { findTree, type Tree } from './processes.js';

const VICTIMS: Readonly<Record<string, (tree: Tree) => number>> = {
  supervisor: (tree) => tree.supervisor,
  zygote: (tree) => tree.zygote,
};

async function until(runner: Runner, condition: (info: RunnerInfo) => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (condition(runner.info())) return;
    await delay(10);
  }
  throw new Error(`It never came to that: ${JSON.stringify(runner.info())}`);
}

interface LongRun {
  readonly running: RunHandle;
  /** Its code has said so. */
  readonly up: Promise<void>;
}

function startLong(runner: Runner, signal?: AbortSignal): LongRun {
  const up = createDeferred<void>();
  const code = 'print("up", flush=True)\nimport time; time.sleep(60)';
  const options = { onStdout: () => up.resolve() };
  return { running: runner.run(code, {}, { ...options, ...(signal && { signal }) }), up: up.promise };
}

describe.each(WARM_LEVELS)('at level %s', (level) => {
  const policy = { ...presets.agent, timeoutSeconds: 60, isolation: { exactly: level } } as const;

  async function using(size: number, body: (runner: Runner) => Promise<void>): Promise<void> {
    const runner = await createRunner({ policy, warm: { size } });
    try {
      await until(runner, ({ idle }) => idle === size);
      await body(runner);
    } finally {
      await runner.close();
    }
  }

  test.each(Object.entries(VICTIMS))(
    'the %s is killed while idle: the pool comes back',
    async (_, victim) => {
      await using(2, async (runner) => {
        process.kill(victim(findTree()), 'SIGKILL');
        await until(runner, ({ restarts, idle }) => restarts === 1 && idle === 2);
        expect((await runner.run('result = 1')).result).toBe(1);
      });
    },
  );

  test.each(Object.entries(VICTIMS))(
    'the %s is killed and runs come at once: all are answered',
    async (_, victim) => {
      await using(2, async (runner) => {
        const tree = findTree();
        const before = Array.from({ length: 20 }, (_, index) =>
          runner.run('import time; time.sleep(0.01); result = input_data', index),
        );
        await delay(30);
        process.kill(victim(tree), 'SIGKILL');
        const results = await Promise.all(before);
        const lost = results.filter((each) => each.status === 'crashed');
        expect(lost.length).toBeLessThanOrEqual(2);
        for (const each of lost)
          expect(String(each.error)).toBe('Crashed: the supervisor of the run was lost before the run ended');
        expect(results.filter((each) => each.status === 'ok').length).toBe(20 - lost.length);
      });
    },
  );

  test('the supervisor is killed under a run: it crashed, and says so; what waited runs later', async () => {
    await using(1, async (runner) => {
      const { running, up } = startLong(runner);
      const waiting = runner.run('result = 2');
      await up;
      process.kill(findTree().supervisor, 'SIGKILL');
      const first = await running;
      expect([first.status, String(first.error)]).toEqual([
        'crashed',
        'Crashed: the supervisor of the run was lost before the run ended',
      ]);
      expect((await waiting).result).toBe(2);
      expect(runner.info()).toMatchObject({ state: 'open', restarts: 1 });
    });
  });

  test('idle workers are killed: others take their place', async () => {
    await using(3, async (runner) => {
      const forks = runner.info().forks;
      const { workers } = findTree();
      for (const worker of workers) process.kill(worker, 'SIGKILL');
      // A run that meets a worker in the moment of its death cannot know whether its code has started.
      await expect.poll(() => workers.filter(isAlive), { timeout: 10_000 }).toEqual([]);
      await delay(20);
      const runs = await Promise.all(
        Array.from({ length: 10 }, (_, index) => runner.run('result = input_data', index)),
      );
      expect(runs.map((each) => each.result)).toEqual(runs.map((_, index) => index));
      await until(runner, ({ idle }) => idle === 3);
      expect(runner.info()).toMatchObject({ state: 'open', restarts: 0 });
      expect(runner.info().forks).toBeGreaterThan(forks);
      // Those whose runs were just answered may not be gone yet.
      await expect.poll(() => findTree().workers.length).toBe(3);
    });
  });

  test('a worker is killed under its run: that run crashed, and no other', async () => {
    await using(1, async (runner) => {
      const [worker] = findTree().workers;
      const { running, up } = startLong(runner);
      const waiting = runner.run('result = 1');
      await up;
      if (worker === undefined) throw new Error('no worker was found');
      process.kill(worker, 'SIGKILL');
      const first = await running;
      expect([first.status, first.signal, first.stdout]).toEqual(['crashed', 'SIGKILL', 'up\n']);
      expect((await waiting).result).toBe(1);
      expect(runner.info()).toMatchObject({ state: 'open', restarts: 0 });
    });
  });

  test('the zygote is stopped: an abort is obeyed all the same', async () => {
    await using(1, async (runner) => {
      const controller = new AbortController();
      const { zygote } = findTree();
      const { running, up } = startLong(runner, controller.signal);
      await up;
      process.kill(zygote, 'SIGSTOP');
      controller.abort();
      expect((await running).status).toBe('cancelled');
    });
  });
});
