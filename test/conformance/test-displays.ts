import { expect, test } from 'vitest';
import type { Display, LiveEvent } from '../../src/index.js';
import { sciencePython } from './science-python.js';
import type { Subject } from './subject.js';

/** Writes frames to the worker's line by hand, as code may that knows where it is. */
const FORGE = `
import os
def forge(kind, payload):
    frame = (5 + len(payload)).to_bytes(4, 'big') + bytes([kind]) + bytes(4) + payload
    while frame:
        frame = frame[os.write(3, frame):]
`;
const GOOD = '{"data":{"text/plain":"1"},"metadata":{},"chart":null}';

/** What the code shows and says while it runs. */
export function testDisplays({ run }: Subject): void {
  test('display, progress and metadata come while the run goes on, after what was printed before', async () => {
    const events: LiveEvent[] = [];
    const displays: Display[] = [];
    const code =
      'import pungi\nprint("a")\ndisplay(1)\npungi.progress(0.5, "half")\npungi.metadata["k"] = [1, 2 ** 60]\nprint("b")';
    const result = await run(
      code,
      {},
      {},
      { onEvent: (event) => events.push(event), onDisplay: (display) => displays.push(display) },
    );
    const display = { data: { 'text/plain': '1' }, metadata: {}, chart: null };
    expect(events[0]).toEqual({ type: 'start', waitMs: expect.any(Number) });
    expect(events[1]).toMatchObject({ type: 'stdout', text: expect.stringMatching(/^a\n/) });
    expect(events.slice(1).filter(({ type }) => type !== 'stdout')).toEqual([
      { type: 'display', display },
      { type: 'progress', fraction: 0.5, text: 'half' },
      { type: 'metadata', key: 'k', value: [1, 2n ** 60n] },
    ]);
    expect(displays).toEqual([display]);
    expect([result.displays, result.metadata]).toEqual([[display], { k: [1, 2n ** 60n] }]);
    expect(JSON.parse(JSON.stringify(result))).toMatchObject({
      displays: [display],
      metadata: { k: [1, String(2n ** 60n)] },
    });
  });

  test('what was shown is kept when the run is ended', async () => {
    const code = 'import pungi\ndisplay(1)\npungi.metadata["k"] = "v"\nwhile True: pass';
    const { status, displays, metadata } = await run(code, {}, { timeoutSeconds: 0.5 });
    expect([status, displays.length, metadata]).toEqual(['timeout', 1, { k: 'v' }]);
  });

  test('a form that loops is ended by the deadline, and what was shown before it is kept', async () => {
    const code = 'class A:\n    def _repr_html_(self):\n        while True: pass\ndisplay(1)\ndisplay(A())';
    const { status, displays } = await run(code, {}, { timeoutSeconds: 0.5 });
    expect([status, displays.length]).toEqual(['timeout', 1]);
  });

  test('the last expression is shown in its own forms, and is the result by the rules of values', async () => {
    const code = 'class A(dict):\n    def _repr_html_(self): return "<b>"\nA(a=1)';
    const { result, displays } = await run(code);
    expect(result).toEqual({ a: 1 });
    expect(displays.map(({ data }) => data)).toEqual([{ 'text/html': '<b>', 'text/plain': "{'a': 1}" }]);
  });

  test('a large display comes whole', async () => {
    const code = 'display({"text/html": "x" * (7 << 20)}, raw=True)';
    const { displays } = await run(code, {}, { maxDisplayKb: 8192 });
    expect(String(displays[0]?.data['text/html']).length).toBe(7 << 20);
  });

  test('an error of a listener is the caller’s, and ends the run', async () => {
    const thrown = new Error('mine');
    const options = {
      onDisplay: () => {
        throw thrown;
      },
    };
    await expect(run('display(1)\nimport time\ntime.sleep(30)', {}, {}, options)).rejects.toBe(thrown);
  });

  test.each([
    ['display', 21, 'not json', 'malformed JSON'],
    ['display', 21, '{"data":{"text/html":5},"metadata":{},"chart":null}', 'data: a form is text, or JSON'],
    ['display', 21, '{"data":{},"metadata":{},"chart":null}', 'data: a form is text, or JSON'],
    ['event', 26, '{"type":"exit"}', 'type: '],
    ['event', 26, '{"type":"metadata-entry","key":"k","value":{"$pungi":"no","value":1}}', 'no value of tag'],
  ])('a forged %s is left out with a note (%i %s)', async (_, kind, payload, reason) => {
    const code = `${FORGE}forge(${kind}, ${JSON.stringify(payload)}.encode())\nresult = 1`;
    const { status, result, displays, metadata, notes } = await run(code);
    expect([status, result, displays, metadata]).toEqual(['ok', 1, [], {}]);
    expect(notes[0]).toContain(`displays: one that could not be read was left out (${reason}`);
  });

  test.each([
    ['displays', `for _ in range(40): forge(21, ${JSON.stringify(GOOD)}.encode())`, 32],
    ['events', 'for _ in range(200): forge(26, b" " * 100000)', 0],
    ['one display that is too large', 'forge(21, b" " * (4 << 20))', 0],
  ])('a worker that floods its line with %s loses it', async (_, flood, kept) => {
    const { status, displays } = await run(`${FORGE}${flood}\nresult = 1`);
    expect([status, displays.length]).toEqual(['crashed', kept]);
  });

  test('names such as __proto__ are only keys', async () => {
    const code =
      'import pungi\npungi.metadata["__proto__"] = {"polluted": 1}\ndisplay({"application/json": {"__proto__": {"polluted": 1}}}, raw=True)';
    const { metadata, displays } = await run(code);
    expect(Object.keys(metadata)).toEqual(['__proto__']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(JSON.stringify(displays[0]?.data)).toBe('{"application/json":{"__proto__":{"polluted":1}}}');
  });

  testPackages(run);
}

/** The real packages of Debian. */
function testPackages(run: Subject['run']): void {
  const { file, skip } = sciencePython(['matplotlib', 'pandas', 'PIL']);
  const policy = { pythonExecutable: file, memoryLimitMb: 1024, timeoutSeconds: 30, diskLimitMb: 8 };

  test.skipIf(skip !== null)(
    `plots, tables and pictures are shown without a change to the code${skip === null ? '' : ` (skipped: ${skip})`}`,
    async () => {
      const code = `
import matplotlib.pyplot as plt
import pandas as pd
from PIL import Image
plt.plot([1, 2, 3], [4, 5, 6], label='a')
plt.title('T')
plt.show()
display(Image.new('RGB', (2, 2)))
df = pd.DataFrame({'a': range(300)})
plt.bar(['x', 'y'], [1, 2])
df
`;
      const { status, displays, notes, stderr, denials } = await run(code, {}, policy);
      expect([
        status,
        stderr,
        denials.filter(({ target }) => /font|matplotlib|fc-list/.test(target)),
      ]).toEqual(['ok', '', []]);
      expect(displays.map(({ data }) => Object.keys(data).sort())).toEqual([
        ['image/png', 'text/plain'],
        ['image/png', 'text/plain'],
        ['application/json', 'text/html', 'text/plain'],
        ['image/png', 'text/plain'],
      ]);
      expect(displays.map(({ chart }) => chart?.type ?? null)).toEqual(['line', null, null, 'bar']);
      expect(displays[2]?.metadata).toEqual({
        'application/json': { shape: [300, 1], records: 200, columns: ['a'] },
      });
      expect(Buffer.from(String(displays[0]?.data['image/png']), 'base64').subarray(1, 4).toString()).toBe(
        'PNG',
      );
      expect(notes).toEqual([]);
    },
  );
}
