import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createRunner, presets, type Runner } from '../../../src/index.js';
import { createDeferred } from '../../../src/supervise/deferred.js';
import { WARM_LEVELS } from './levels.js';

async function using(
  options: Parameters<typeof createRunner>[0],
  body: (runner: Runner) => Promise<void>,
): Promise<void> {
  const runner = await createRunner(options);
  try {
    await body(runner);
  } finally {
    await runner.close();
  }
}

describe.each(WARM_LEVELS)('at level %s', (level) => {
  const policy = { ...presets.agent, isolation: { exactly: level } } as const;

  test('500 runs at once: each has its own answer', async () => {
    await using({ policy, warm: { size: 4 } }, async (runner) => {
      const runs = Array.from({ length: 500 }, (_, index) => runner.run('result = input_data * 2', index));
      const during = runner.info();
      expect(during.busy + during.pending).toBe(500);
      expect(during.busy).toBeLessThanOrEqual(4);
      const results = await Promise.all(runs);
      expect(results.map((each) => each.result)).toEqual(results.map((_, index) => index * 2));
      const { hits, misses, busy, pending, restarts } = runner.info();
      expect({ runs: hits + misses, busy, pending, restarts }).toEqual({
        runs: 500,
        busy: 0,
        pending: 0,
        restarts: 0,
      });
    });
  }, 60_000);

  test('first come, first served', async () => {
    await using({ policy, warm: { size: 1 } }, async (runner) => {
      const order: number[] = [];
      const runs = Array.from({ length: 20 }, (_, index) =>
        runner.run('import time; time.sleep(0.002)', index).then(() => order.push(index)),
      );
      await Promise.all(runs);
      expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
    });
  });

  test('waiting is told apart from running, and does not count against the deadline', async () => {
    await using({ policy: { ...policy, timeoutSeconds: 1 }, warm: { size: 1 } }, async (runner) => {
      const runs = ['a', 'b', 'c'].map((name) =>
        runner.run('import time; time.sleep(0.4); result = input_data', name),
      );
      const results = await Promise.all(runs);
      expect(results.map((each) => [each.status, each.result])).toEqual([
        ['ok', 'a'],
        ['ok', 'b'],
        ['ok', 'c'],
      ]);
      expect(results[2]?.usage.waitMs).toBeGreaterThan(780);
      expect(results[2]?.usage.wallMs).toBeLessThan(1000);
    });
  });

  test('an abort in the queue: the run never starts, and the others go on', async () => {
    await using({ policy, warm: { size: 1 } }, async (runner) => {
      const controller = new AbortController();
      const first = runner.run('import time; time.sleep(0.2); result = 1');
      const waiting = runner.run('result = 2', {}, { signal: controller.signal });
      const last = runner.run('result = 3');
      controller.abort();
      const result = await waiting;
      expect([result.status, result.usage.wallMs, String(result.error)]).toEqual([
        'cancelled',
        0,
        'Cancelled: the run was ended by the abort signal of the caller',
      ]);
      expect(runner.info()).toMatchObject({ busy: 1, pending: 1 });
      expect([(await first).result, (await last).result]).toEqual([1, 3]);
    });
  });

  test('a full queue refuses one more', async () => {
    await using({ policy, warm: { size: 1, maxPending: 2 } }, async (runner) => {
      const runs = [1, 2, 3].map((value) =>
        runner.run('import time; time.sleep(0.1); result = input_data', value),
      );
      await expect(Promise.resolve(runner.run('1'))).rejects.toMatchObject({
        code: 'QUEUE_FULL',
        message: '2 runs are waiting already; allowed: 2.',
      });
      expect((await Promise.all(runs)).map((each) => each.result)).toEqual([1, 2, 3]);
      expect((await runner.run('result = 4')).result).toBe(4);
    });
  });

  test('close drains by default, and refuses what comes later', async () => {
    const runner = await createRunner({ policy, warm: { size: 1 } });
    const runs = [1, 2, 3].map((value) =>
      runner.run('import time; time.sleep(0.05); result = input_data', value),
    );
    const closed = runner.close();
    expect(runner.info().state).toBe('draining');
    await expect(Promise.resolve(runner.run('1'))).rejects.toThrow(
      'The runner was closed; this run did not start.',
    );
    expect((await Promise.all(runs)).map((each) => each.result)).toEqual([1, 2, 3]);
    await closed;
    expect(runner.info()).toMatchObject({ state: 'closed', idle: 0, busy: 0, pending: 0 });
    await runner.close('kill');
  });

  test('close can also kill: what runs is cancelled, what waits is refused', async () => {
    const runner = await createRunner({ policy: { ...policy, timeoutSeconds: 60 }, warm: { size: 1 } });
    const started = createDeferred<void>();
    const code = 'import time\nprint("on", flush=True)\ntime.sleep(60)';
    const running = runner.run(code, {}, { onStdout: () => started.resolve() });
    const waiting = Promise.resolve(runner.run('1'));
    waiting.catch(() => undefined);
    await started.promise;
    await runner.close('kill');
    expect([(await running).status, (await running).stdout]).toEqual(['cancelled', 'on\n']);
    await expect(waiting).rejects.toMatchObject({ code: 'RUNNER_CLOSED' });
  });

  test('a tree that has served its time is replaced, and no run notices', async () => {
    await using({ policy, warm: { size: 2, zygoteMaxRuns: 10 } }, async (runner) => {
      const runs = Array.from({ length: 100 }, async (_, index) => {
        await delay(index * 5);
        return runner.run('result = input_data', index);
      });
      const results = await Promise.all(runs);
      expect(results.map((each) => each.result)).toEqual(results.map((_, index) => index));
      expect(runner.info()).toMatchObject({ state: 'open', restarts: 0 });
    });
  });

  test('streaming, files, stdin and limits of runs side by side', async () => {
    await using({ policy, warm: { size: 4 } }, async (runner) => {
      const seen: string[] = [];
      const [streamed, filed, read, late, failed] = await Promise.all([
        runner.run('print("a", flush=True)', {}, { onStdout: (text) => seen.push(text) }),
        runner.run(
          'open("out.txt", "w").write(open("in.txt").read() * 2)',
          {},
          { files: { 'in.txt': 'xy' } },
        ),
        runner.run('import sys; result = sys.stdin.read()', {}, { stdin: 'said' }),
        runner.run('while True: pass', {}, { timeoutSeconds: 0.5 }),
        runner.run('1 / 0'),
      ]);
      expect([streamed.stdout, seen.join('')]).toEqual(['a\n', 'a\n']);
      expect(Buffer.from(filed.file('out.txt') ?? []).toString()).toBe('xyxy');
      expect([read.result, late.status, String(failed.error)]).toEqual([
        'said',
        'timeout',
        'ZeroDivisionError: division by zero',
      ]);
    });
  });
});

test('a module that cannot be preloaded is named, with the reason', async () => {
  await expect(createRunner({ warm: { preload: ['json', 'no_such_module'] } })).rejects.toMatchObject({
    code: 'PRELOAD_FAILED',
    message:
      "The preload failed: import no_such_module: ModuleNotFoundError: No module named 'no_such_module'.",
  });
});

test('a level without shared trees: no pool, the same runs', async () => {
  await using(
    { policy: { ...presets.agent, isolation: { exactly: 'process' } }, warm: { size: 2 } },
    async (runner) => {
      const runs = [1, 2, 3].map((value) => runner.run('result = input_data', value));
      expect(runner.info()).toMatchObject({ idle: 0, busy: 2, pending: 1 });
      expect((await Promise.all(runs)).map((each) => each.result)).toEqual([1, 2, 3]);
    },
  );
});
