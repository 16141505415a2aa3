import { expect, test } from 'vitest';
import type { LiveEvent, LiveUsage, RunEvent } from '../../src/index.js';
import type { Subject } from './subject.js';

const ENDLESS =
  'import sys, time\nprint("a", flush=True)\nprint("e", file=sys.stderr, flush=True)\ntime.sleep(60)';
const PATIENT = { timeoutSeconds: 60 };

/** What comes while the run goes on. */
export function testStreaming({ run }: Subject): void {
  test('onStdout and onStderr are called while the run goes on', async () => {
    const controller = new AbortController();
    const seen: string[] = [];
    // What ends the run is that both have come.
    const see = (text: string): void => {
      seen.push(text);
      if (seen.length === 2) controller.abort();
    };
    const options = { signal: controller.signal, onStdout: see, onStderr: see };
    const { status, stdout, stderr } = await run(ENDLESS, {}, PATIENT, options);
    expect([status, stdout, stderr, seen.sort()]).toEqual(['cancelled', 'a\n', 'e\n', ['a\n', 'e\n']]);
  });

  test('onUsage is told what a run that lasts has used, and ends it when it throws', async () => {
    const seen: LiveUsage[] = [];
    const code = 'x = bytearray(60 << 20)\nimport time\ntime.sleep(60)';
    const onUsage = (usage: LiveUsage): void => {
      seen.push(usage);
      if (usage.memoryMb > 60) throw new RangeError('enough');
    };
    await expect(run(code, {}, PATIENT, { onUsage })).rejects.toThrow('enough');
    const [last] = seen.slice(-1);
    expect(last?.memoryMb).toBeLessThan(200);
    expect(seen.map(({ wallMs }) => wallMs)).toEqual(seen.map(({ wallMs }) => wallMs).sort((a, b) => a - b));
  });

  test('a handle is iterated while the run goes on, then awaited', async () => {
    const controller = new AbortController();
    const handle = run(ENDLESS, {}, PATIENT, { signal: controller.signal });
    const events: RunEvent[] = [];
    for await (const event of handle) {
      events.push(event);
      if (events.length === 3) controller.abort();
    }
    const result = await handle;
    expect(events).toHaveLength(4);
    expect(events[0]).toEqual({ type: 'start', waitMs: expect.any(Number) });
    expect(events).toEqual(
      expect.arrayContaining([
        { type: 'stdout', text: 'a\n' },
        { type: 'stderr', text: 'e\n' },
      ]),
    );
    expect(events[3]).toEqual({ type: 'run-end', result });
    expect(result.status).toBe('cancelled');
  });

  test('a handle that is only iterated ends, and one that is iterated late has everything', async () => {
    const handle = run('print("a")');
    await handle;
    const types: string[] = [];
    for await (const event of handle) types.push(event.type);
    expect(types).toEqual(['start', 'stdout', 'run-end']);
  });

  test('denials, and the limit that ended a run, are told at its end', async () => {
    const told = async (code: string) => {
      const events: LiveEvent[] = [];
      const limits = { blockedImports: ['ctypes'], timeoutSeconds: 1 };
      const { denials } = await run(code, {}, limits, { onEvent: (event) => events.push(event) });
      return { denials, events: events.filter(({ type }) => type !== 'stderr') };
    };
    const start = { type: 'start', waitMs: expect.any(Number) };
    const refused = await told('import ctypes');
    expect(refused.denials).toHaveLength(1);
    expect(refused.events).toEqual([start, { type: 'denial', denial: refused.denials[0] }]);
    expect((await told('while True: pass')).events).toEqual([start, { type: 'limit', status: 'timeout' }]);
  });

  test('an iteration throws what the run throws', async () => {
    const handle = run('');
    await expect(async () => {
      for await (const event of handle) expect(event).toBeUndefined();
    }).rejects.toMatchObject({ code: 'INVALID_INPUT', message: 'The code is empty.' });
  });

  test('characters cut between writes arrive whole', async () => {
    const code =
      'import os, time\nfor b in "a\\u00e9\\u20ac\\U0001f600z".encode():\n    os.write(1, bytes([b]))\n    time.sleep(0.01)';
    const seen: string[] = [];
    const { stdout } = await run(code, {}, {}, { onStdout: (text) => seen.push(text) });
    // On a busy machine several come together; none comes in part.
    expect(seen.flatMap((text) => [...text])).toEqual(['a', 'é', '€', '😀', 'z']);
    expect(stdout).toBe('aé€😀z');
  });

  test('a character that is cut off at the end is shown as broken', async () => {
    const seen: string[] = [];
    const { stdout } = await run(
      'import os\nos.write(1, b"a\\xe2\\x82")\nNone',
      {},
      {},
      { onStdout: (text) => seen.push(text) },
    );
    expect(seen.join('')).toBe('a\ufffd');
    expect(stdout).toBe('a\ufffd');
  });

  test('what was streamed is what was kept, also of a run that is killed', async () => {
    const seen: string[] = [];
    const code = 'import os, time\nfor i in range(50):\n    print("line", i)\nwhile True: pass';
    const { status, stdout } = await run(
      code,
      {},
      { timeoutSeconds: 0.6 },
      { onStdout: (text) => seen.push(text) },
    );
    expect(status).toBe('timeout');
    expect(seen.join('')).toBe(stdout);
    expect(stdout.split('\n')).toHaveLength(51);
  });

  test('a listener that throws makes the run reject and leaves nothing behind', async () => {
    const handle = run(
      'print(1)',
      {},
      {},
      {
        onStdout: () => {
          throw new Error('from the listener');
        },
      },
    );
    await expect(handle.then((result) => result.status)).rejects.toThrow('from the listener');
  });
}
