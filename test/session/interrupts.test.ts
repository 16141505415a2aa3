import { describe, expect, test } from 'vitest';
import { brief, useRunner, WARM_LEVELS } from './runners.js';

// Signals are the same at both levels, but for pid 1 of a namespace.
describe.each(WARM_LEVELS.slice(0, 1))('at level %s', (level) => {
  const runner = useRunner({ isolation: { exactly: level }, cpuSeconds: 1 });

  test.each([
    ['a loop', 'while True: n += 1'],
    ['a sleep', 'import time\ntime.sleep(60)'],
    ['a coroutine', 'import asyncio\nawait asyncio.sleep(60)'],
    [
      'a loop that swallows every other exception',
      'while True:\n    try: n += 1\n    except Exception: pass',
    ],
    ['the repr of a result', 'class R:\n    def __repr__(self):\n        while True: pass\nR()'],
  ])('%s is interrupted at its deadline, and its state is kept', async (_, code) => {
    await using session = await runner().session({ graceSeconds: 5 });
    await session.run('n = 1');
    const step = await session.run(code, undefined, { timeoutSeconds: 0.1 });
    expect([step.status, step.session, step.error?.message]).toEqual([
      'timeout',
      'alive',
      'the step was interrupted after 0.1 s (timeoutSeconds)',
    ]);
    expect(brief(await session.run('n > 0'))).toEqual(['ok', 'alive', true]);
  });

  test('the result says where the step was interrupted', async () => {
    await using session = await runner().session({ graceSeconds: 5 });
    const step = await session.run('x = 1\nimport time\ntime.sleep(60)', undefined, { timeoutSeconds: 0.1 });
    expect([step.error?.type, step.error?.line]).toEqual(['Timeout', 3]);
    expect(step.error?.traceback).toContain('File "<step 1>", line 3, in <module>\n    time.sleep(60)');
  });

  test('an abort interrupts the step, and only this one', async () => {
    await using session = await runner().session();
    const abort = new AbortController();
    const step = session.run('print("up", flush=True)\nwhile True: pass', undefined, {
      signal: abort.signal,
      onStdout: () => abort.abort(),
    });
    const waiting = session.run('2', undefined, { signal: abort.signal });
    const next = session.run('3');
    expect([await step, await waiting, await next].map(brief)).toEqual([
      ['cancelled', 'alive', undefined],
      ['cancelled', 'alive', undefined],
      ['ok', 'alive', 3],
    ]);
  });

  test('CPU time is counted by step, and used up gently', async () => {
    await using session = await runner().session();
    const code = 'import time\nend = time.process_time() + 0.6\nwhile time.process_time() < end: pass';
    for (const result of [await session.run(code), await session.run(code)]) expect(result.status).toBe('ok');
    const step = await session.run('while True: pass');
    expect(brief(step)).toEqual(['cpu_limit', 'alive', undefined]);
  });

  test.each([
    ['ignores it', 'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass'],
    [
      'blocks it',
      'import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])\nwhile True: pass',
    ],
    [
      'swallows it',
      'def spin():\n    for _ in iter(int, 1): pass\nwhile True:\n    try: spin()\n    except BaseException: pass',
    ],
    ['is in C', 'sum(range(10 ** 12))'],
  ])('a step that %s is killed after the grace, and the session with it', async (_, code) => {
    const session = await runner().session({ graceSeconds: 0.2 });
    const step = await session.run(code, undefined, { timeoutSeconds: 0.1 });
    expect(brief(step)).toEqual(['timeout', 'ended', undefined]);
    expect(session.state).toBe('ended');
    await expect(session.run('1')).rejects.toMatchObject({
      code: 'SESSION_ENDED',
      message: 'The session has ended: a step went on after its timeoutSeconds and could not be interrupted.',
    });
    await session.reset();
    expect(brief(await session.run('1'))).toEqual(['ok', 'alive', 1]);
    await session.close();
  });

  test('an interrupt at any moment harms nothing but the step', async () => {
    await using session = await runner().session({ graceSeconds: 10 });
    await session.run('n = 0\nimport pungi');
    // Displays, output and results at all times; ends by itself near the deadline, or is interrupted there.
    const code =
      'n += 1\nimport time\nend = time.monotonic() + 0.004\nwhile time.monotonic() < end:\n    pungi.display({"text/plain": "x" * 2000}, raw=True)\n    print("y" * 200)\nresult = list(range(2000))';
    const statuses = new Set<string>();
    for (let round = 0; round < 120; round += 1) {
      const step = await session.run(code, undefined, { timeoutSeconds: 0.001 + (round % 40) * 0.0005 });
      statuses.add(`${step.status} ${step.session}`);
      if (step.status === 'ok') expect(step.result).toHaveLength(2000);
    }
    expect([...statuses].filter((status) => !['ok alive', 'timeout alive'].includes(status))).toEqual([]);
    expect(statuses).toContain('timeout alive');
    expect(brief(await session.run('n > 0'))).toEqual(['ok', 'alive', true]);
  });
});
