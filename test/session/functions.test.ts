import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { useRunner, WARM_LEVELS } from './runners.js';

const LEVELS = WARM_LEVELS.filter((level) => level !== 'process');

describe.each(LEVELS)('at level %s', (level) => {
  const calls: unknown[] = [];
  const runner = useRunner(
    { isolation: { exactly: level } },
    {
      functions: {
        add: (a: number, b: number) => a + b,
        note: (value: unknown) => {
          calls.push(value);
        },
        slow: (ms: number) => delay(ms, 'slept'),
        large: () => 'x'.repeat(8 << 20),
      },
    },
  );

  test('steps call functions of the runner, of the session and of their own', async () => {
    await using session = await runner().session({
      functions: { add: (a: number, b: number) => `session ${a + b}`, twice: (x: number) => 2 * x },
    });
    expect((await session.run('[add(1, 2), twice(4)]')).result).toEqual(['session 3', 8]);
    const own = await session.run('[add(1, 2), three()]', {}, { functions: { three: () => 3 } });
    expect(own.result).toEqual(['session 3', 3]);
    expect(own.calls.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['add', 'ok'],
      ['three', 'ok'],
    ]);
    expect(String((await session.run('three()')).error)).toMatch(
      /^(NameError|RuntimeError|LookupError|HostError)/,
    );
  });

  test('a function that the code has kept can be called in later steps', async () => {
    await using session = await runner().session();
    await session.run('kept = add\ndef use(x):\n    return kept(x, 1) + add(x, 1)');
    expect((await session.run('use(1)')).result).toBe(4);
    await using branch = await session.fork();
    expect((await branch.run('use(2)')).result).toBe(6);
    expect((await session.run('use(3)')).result).toBe(8);
  });

  test('a step that is interrupted while the host works leaves the session usable', async () => {
    await using session = await runner().session();
    for (let turn = 0; turn < 5; turn += 1) {
      const step = await session.run(
        'x = slow(5000)',
        {},
        { timeoutSeconds: 0.05 + turn * 0.01, countHostTime: true },
      );
      expect([step.status, step.session]).toEqual(['timeout', 'alive']);
      expect((await session.run('add(20, 22)')).result).toBe(42);
    }
  });

  test('a step that ends while large answers are on their way leaves the session usable', async () => {
    await using session = await runner().session();
    for (let turn = 0; turn < 4; turn += 1) {
      const step = await session.run(
        'import asyncio\ntask = [large_async() for _ in range(3)]\nlen(await task[0])',
        {},
        {
          timeoutSeconds: 5,
        },
      );
      expect([step.status, step.session]).toEqual(['ok', 'alive']);
      const cut = await session.run(
        'len(large())',
        {},
        { timeoutSeconds: 0.002 * (turn + 1), countHostTime: true },
      );
      expect(cut.session).toBe('alive');
      const after = await session.run('[add(1, 1), input()]', {}, { stdin: 'line' });
      expect([after.status, after.result]).toEqual(['ok', [2, 'line']]);
    }
  });

  test('a thread that waits for the host when its step ends takes nothing from the next', async () => {
    await using session = await runner().session();
    await session.run(`
import threading
said = []
def wait():
    try: said.append(slow(300))
    except Exception as error: said.append(type(error).__name__)
thread = threading.Thread(target=wait)
thread.start()
import time; time.sleep(0.05)`);
    expect((await session.run('add(1, 2)')).result).toBe(3);
    await delay(400);
    expect((await session.run('[add(3, 4), thread.join(10), said]')).result).toEqual([
      7,
      null,
      ['RuntimeError'],
    ]);
  });

  test('interrupts at any moment of many calls', async () => {
    await using session = await runner().session();
    for (let turn = 0; turn < 12; turn += 1) {
      const step = await session.run(
        'n = 0\nwhile True: n = add(n, 1)',
        {},
        {
          timeoutSeconds: 0.03 + turn * 0.0037,
          countHostTime: true,
        },
      );
      expect([step.status, step.session]).toEqual(['timeout', 'alive']);
      expect((await session.run('note("after")\nadd(1, 1)')).result).toBe(2);
    }
    expect(calls.length).toBe(12);
    calls.length = 0;
  });
});
