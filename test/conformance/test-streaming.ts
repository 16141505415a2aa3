import { expect, test } from 'vitest';
import type { RunEvent } from '../../src/index.js';
import type { Subject } from './subject.js';

const PIECES =
  'import sys, time\nfor i in range(3):\n    print(i)\n    time.sleep(0.15)\nprint("e", file=sys.stderr)';

/** What comes while the run goes on. */
export function testStreaming({ run }: Subject): void {
  test('onStdout and onStderr are called while the run goes on', async () => {
    const seen: { text: string; at: number }[] = [];
    const errors: string[] = [];
    const start = performance.now();
    const result = await run(
      PIECES,
      {},
      {},
      {
        onStdout: (text) => seen.push({ text, at: performance.now() - start }),
        onStderr: (text) => errors.push(text),
      },
    );
    const took = performance.now() - start;
    expect(seen.map(({ text }) => text)).toEqual(['0\n', '1\n', '2\n']);
    expect(errors).toEqual(['e\n']);
    expect(result.stdout).toBe('0\n1\n2\n');
    // The first line came before the sleeps that followed it.
    expect(took - (seen[0]?.at ?? took)).toBeGreaterThan(350);
  });

  test('a handle is iterated while the run goes on, then awaited', async () => {
    const handle = run('print("a", flush=True)\nimport time\ntime.sleep(0.2)\nprint("b")\nresult = 5');
    const events: RunEvent[] = [];
    const times: number[] = [];
    for await (const event of handle) {
      events.push(event);
      times.push(performance.now());
    }
    const result = await handle;
    expect(events).toEqual([
      { type: 'stdout', text: 'a\n' },
      { type: 'stdout', text: 'b\n' },
      { type: 'run-end', result },
    ]);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(150);
    expect(result.result).toBe(5);
  });

  test('a handle that is only iterated ends, and one that is iterated late has everything', async () => {
    const handle = run('print("a")');
    await handle;
    const types: string[] = [];
    for await (const event of handle) types.push(event.type);
    expect(types).toEqual(['stdout', 'run-end']);
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
    expect(seen).toEqual(['a', 'é', '€', '😀', 'z']);
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
    const code = 'import os, time\nfor i in range(50):\n    print("line", i, flush=True)\nwhile True: pass';
    const { status, stdout } = await run(
      code,
      {},
      { timeoutSeconds: 0.3 },
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
