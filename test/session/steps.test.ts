import { describe, expect, test } from 'vitest';
import type { Session } from '../../src/index.js';
import { brief, useRunner, WARM_LEVELS } from './runners.js';

interface Row {
  readonly what: string;
  readonly steps: readonly string[];
  /** Status and result of each. */
  readonly expected: readonly (readonly [string, unknown])[];
}

const ROWS: readonly Row[] = [
  {
    what: 'variables, functions, imports and classes stay',
    steps: ['import math\nx = 4\ndef root(n): return math.sqrt(n)', 'x += 5', 'root(x)'],
    expected: [
      ['ok', undefined],
      ['ok', undefined],
      ['ok', 3],
    ],
  },
  {
    what: 'open files and the working directory stay',
    steps: [
      'import os\nos.mkdir("d")\nos.chdir("d")\nf = open("a", "w")\nf.write("one")',
      'f.write("two")\nf.close()\nopen("a").read()',
    ],
    expected: [
      ['ok', 3],
      ['ok', 'onetwo'],
    ],
  },
  {
    what: 'a step that raises, exits or does not compile leaves it usable',
    steps: ['x = 1\n1 / 0', 'raise SystemExit(3)', 'x = = 2', 'raise KeyboardInterrupt', 'x'],
    expected: [
      ['error', undefined],
      ['error', undefined],
      ['error', undefined],
      ['error', undefined],
      ['ok', 1],
    ],
  },
  {
    what: '`result` is that of the step, but stays a variable',
    steps: ['result = 5', 'result + 1', 'y = 1', 'result = 5', 'result'],
    expected: [
      ['ok', 5],
      ['ok', 6],
      ['ok', undefined],
      ['ok', 5],
      ['ok', 5],
    ],
  },
  {
    what: 'top-level await works in each step',
    steps: ['import asyncio\nawait asyncio.sleep(0)\nx = 1', 'await asyncio.sleep(0, x + 1)'],
    expected: [
      ['ok', undefined],
      ['ok', 2],
    ],
  },
  {
    what: 'a recursion limit of the code is for the code',
    steps: ['import sys\nsys.setrecursionlimit(60)', '{"a": [[[1]]]}', 'sys.getrecursionlimit()'],
    expected: [
      ['ok', undefined],
      ['ok', { a: [[[1]]] }],
      ['ok', 60],
    ],
  },
  {
    what: 'a stream that was replaced stays replaced',
    steps: ['import io, sys\nsys.stdout = io.StringIO()\nprint("a")', 'print("b")\nsys.stdout.getvalue()'],
    expected: [
      ['ok', undefined],
      ['ok', 'a\nb\n'],
    ],
  },
];

describe.each(WARM_LEVELS)('at level %s', (level) => {
  const runner = useRunner({ isolation: { exactly: level } }, { maxSessions: 64 });
  const open = (): Promise<Session> => runner().session();

  test.each(ROWS)('$what', async ({ steps, expected }) => {
    await using session = await open();
    // Sent without waiting.
    const results = await Promise.all(steps.map((code) => session.run(code)));
    expect(results.map(brief)).toEqual(expected.map(([status, result]) => [status, 'alive', result]));
  });

  test('tracebacks show the lines of earlier steps', async () => {
    await using session = await open();
    await session.run('def f():\n    return 1 / 0');
    const { error } = await session.run('\nf()');
    expect([error?.type, error?.line, error?.excerpt?.split('\n')[0]]).toEqual([
      'ZeroDivisionError',
      2,
      '<step 1>:',
    ]);
    expect(error?.traceback).toContain('File "<step 2>", line 2, in <module>\n    f()');
    expect(error?.traceback).toContain('File "<step 1>", line 2, in f\n    return 1 / 0');
  });

  test('output, displays, metadata, denials, input, stdin and files are those of the step', async () => {
    await using session = await open();
    const first = await session.run(
      "import pungi\nmeta = pungi.metadata\nmeta['k'] = 1\npungi.display({'text/plain': 'd'}, raw=True)\nprint(input_data['a'], input())\nopen('f', 'w').write('1')\nimport socket\ntry: socket.create_connection(('1.1.1.1', 1))\nexcept OSError: pass",
      { a: 7 },
      { stdin: 'typed\nrest\n' },
    );
    expect(first).toMatchObject({ status: 'ok', stdout: '7 typed\n', metadata: { k: 1 } });
    expect([first.displays.length, first.denials.length > 0, [...first.files.keys()]]).toEqual([
      1,
      true,
      ['f'],
    ]);
    const second = await session.run("import sys\nmeta['j'] = 2\nsys.stdin.read(), input_data");
    expect(second).toMatchObject({ status: 'ok', stdout: '', metadata: { j: 2 }, result: ['', { a: 7 }] });
    expect([second.displays, second.denials, [...second.files.keys()]]).toEqual([[], [], []]);
  });

  test('a file is told by the step that changes it, however soon', async () => {
    await using session = await open();
    const told: unknown[] = [];
    for (const code of ["w('a', '1')", "w('a', '2')", '1', "w('b', '3')", "import os; os.remove('a')", '1']) {
      const define = "def w(name, text):\n    with open(name, 'w') as f: f.write(text)\n";
      const { files } = await session.run(define + code);
      told.push([...files].map(([name, { bytes }]) => `${name}=${Buffer.from(bytes ?? []).toString()}`));
    }
    expect(told).toEqual([['a=1'], ['a=2'], [], ['b=3'], [], []]);
  });

  test('usage is that of the step', async () => {
    await using session = await open();
    const busy = await session.run('x = sum(range(3_000_000))');
    const idle = await session.run('x');
    expect(busy.usage.cpuMs).toBeGreaterThan(idle.usage.cpuMs);
    expect([busy.usage.outputBytes, idle.usage.outputBytes]).toEqual([0, 0]);
  });

  test.runIf(level === 'full')(
    'what its processes used is in the usage of the step that they worked in',
    async () => {
      await using session = await runner().session();
      const work = await session.run(`
import os, time
pid = os.fork()
if pid == 0:
    held = bytearray(90 << 20)
    while time.process_time() < 0.4: pass
    os._exit(0)
os.waitpid(pid, 0) and None`);
      const rest = await session.run('1');
      expect(work.usage.cpuMs).toBeGreaterThan(300);
      expect(work.usage.peakMemoryMb).toBeGreaterThan(90);
      expect(rest.usage.cpuMs).toBeLessThan(200);
    },
  );

  test('what a thread prints between steps belongs to the next one', async () => {
    await using session = await open();
    await using other = await open();
    const code =
      'import threading, time\ndef late():\n    time.sleep(0.4)\n    print("late", flush=True)\nt = threading.Thread(target=late)\nt.start()';
    expect((await session.run(code)).stdout).toBe('');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await other.run('1')).stdout).toBe('');
    expect((await session.run('t.join()')).stdout).toBe('late\n');
  });

  test('vars, get and set', async () => {
    await using session = await open();
    await session.run('x = [1, 2]\nclass Odd:\n    def __repr__(self): raise ValueError\no = Odd()');
    await session.set('y', { a: 2n ** 70n });
    expect(await session.get('y')).toEqual({ a: 2n ** 70n });
    const vars = await session.vars();
    expect(
      vars.filter(({ name }) => 'xyo'.includes(name)).map(({ name, type, repr }) => [name, type, repr]),
    ).toEqual([
      ['x', 'list', '[1, 2]'],
      ['o', 'Odd', '<Odd: repr raised ValueError>'],
      ['y', 'dict', "{'a': 1180591620717411303424}"],
    ]);
    await expect(session.get('nowhere')).rejects.toThrow("NameError: name 'nowhere' is not defined");
    await expect(session.get('o')).rejects.toThrow("the value of 'o' cannot travel");
    await expect(session.get('no name')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('the policy holds in each step', async () => {
    await using session = await open();
    const codes = [
      "open('/etc/passwd').read()",
      "import os; os.kill(1, 9) if os.getpid() != 1 else open('/etc/shadow')",
    ];
    for (const code of codes) expect((await session.run(code)).ok).toBe(false);
    expect(brief(await session.run('1'))).toEqual(['ok', 'alive', 1]);
  });
});
