import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunner, presets, type Runner, type RunnerPolicy, validateCode } from '../../../src/index.js';
import { expectNothingLeft } from '../../conformance/leftovers.js';

const POLICY: RunnerPolicy = {
  blockedImports: ['os'],
  blockedBuiltins: ['eval'],
  banDefinitions: true,
  banDunders: true,
  maxAstNodes: 500,
};

describe('runner.validate', () => {
  expectNothingLeft();
  const held: { runner: Runner | null } = { runner: null };
  beforeAll(async () => {
    held.runner = await createRunner({ policy: POLICY, warm: { size: 1 } });
  });
  afterAll(() => held.runner?.close());
  const runner = (): Runner => {
    if (held.runner === null) throw new Error('no runner');
    return held.runner;
  };

  test('finds nothing in good code', async () => {
    const validation = await runner().validate('import math\nresult = await f()\nmath.pi');
    expect(validation).toEqual({ ok: true, problems: [] });
    expect(Object.isFrozen(validation)).toBe(true);
  });

  test.each([
    [
      'an import',
      'x = 1\nprint("ü"); import os.path',
      {
        kind: 'policy',
        type: 'ImportBlockedError',
        action: 'import',
        target: 'os.path',
        message:
          "Import 'os.path' is blocked by policy (line 2). Use pathlib for paths, or remove 'os' from blockedImports.",
        line: 2,
        column: 13,
        excerpt: '  1 | x = 1\n> 2 | print("ü"); import os.path\n    |             ^^^^^^^^^^^^^^',
        suggestion: "Use pathlib for paths, or remove 'os' from blockedImports.",
      },
    ],
    [
      'a builtin',
      'y = eval("1")',
      {
        kind: 'policy',
        type: 'BuiltinBlockedError',
        action: 'builtin',
        target: 'eval',
        message:
          "Builtin 'eval' is blocked by policy (line 1). Remove 'eval' from blockedBuiltins to allow it.",
        line: 1,
        column: 5,
        excerpt: '> 1 | y = eval("1")\n    |     ^^^^',
        suggestion: "Remove 'eval' from blockedBuiltins to allow it.",
      },
    ],
    [
      'a definition',
      'def f():\n    pass',
      {
        kind: 'policy',
        type: 'PolicyError',
        action: 'definition',
        target: 'def f',
        message:
          "Definition 'def f' is not allowed by policy (line 1). Set banDefinitions: false to allow it.",
        line: 1,
        column: 1,
        excerpt: '> 1 | def f():\n    | ^\n  2 |     pass',
        suggestion: 'Set banDefinitions: false to allow it.',
      },
    ],
    [
      'a dunder',
      '().__class__',
      {
        kind: 'policy',
        type: 'PolicyError',
        action: 'dunder',
        target: '__class__',
        message:
          "Dunder name '__class__' is not allowed by policy (line 1). Use type(x), or set banDunders: false.",
        line: 1,
        column: 1,
        excerpt: '> 1 | ().__class__\n    | ^^^^^^^^^^^^',
        suggestion: 'Use type(x), or set banDunders: false.',
      },
    ],
    [
      'syntax',
      'x = (1\n',
      {
        kind: 'syntax',
        type: 'SyntaxError',
        action: null,
        target: null,
        message: "'(' was never closed",
        line: 1,
        column: 5,
        excerpt: '> 1 | x = (1\n    |     ^',
        suggestion: 'A bracket or a quote is not closed, or the code was cut off.',
      },
    ],
  ])('tells %s with place, excerpt and advice', async (_title, code, problem) => {
    expect(await runner().validate(code)).toEqual({ ok: false, problems: [problem] });
  });

  test('tells all of them in the order of the source, and what only the compiler sees', async () => {
    const { problems } = await runner().validate('import os\nreturn 1\neval\nx.__dict__');
    expect(problems.map(({ kind, line, target }) => [kind, line, target])).toEqual([
      ['policy', 1, 'os'],
      ['syntax', 2, null],
      ['policy', 3, 'eval'],
      ['policy', 4, '__dict__'],
    ]);
  });

  test('tells where code becomes too large', async () => {
    const { problems } = await runner().validate('x = 1\n'.repeat(300));
    expect(problems.map(({ action, message, line }) => [action, message, line])).toEqual([
      [
        'size',
        'The code has 901 syntax nodes; the policy allows 500. Shorten the code, or raise maxAstNodes.',
        167,
      ],
    ]);
  });

  test('runs nothing', async () => {
    expect(await runner().validate('while True: pass')).toEqual({ ok: true, problems: [] });
    expect((await runner().validate('raise SystemExit(1)')).ok).toBe(true);
    expect((await runner().validate('(lambda: 1 / 0)()')).problems.map(({ action }) => action)).toEqual([
      'definition',
    ]);
  });

  test('says when code is too much for the parser', async () => {
    const { ok, problems } = await runner().validate(`x = ${'('.repeat(100_000)}`);
    expect([ok, problems.length, problems[0]?.kind === 'policy']).toEqual([false, 1, false]);
  });

  test('does not wait behind runs', async () => {
    const controller = new AbortController();
    const run = runner().run('import time\ntime.sleep(60)', {}, { signal: controller.signal });
    expect((await runner().validate('x = 1')).ok).toBe(true);
    controller.abort();
    expect((await run).status).toBe('cancelled');
  });

  test('takes no longer than three runs', async () => {
    const code = 'import math\ntotal = sum(math.sqrt(n) for n in range(9))\nprint(total)\n'.repeat(4);
    const [read, ran]: [number[], number[]] = [[], []];
    for (let round = 0; round < 60; round += 1) {
      const startedAt = performance.now();
      await runner().validate(code);
      const between = performance.now();
      await runner().run('x = 1');
      read.push(between - startedAt);
      ran.push(performance.now() - between);
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    const median = (times: number[]): number => times.sort((a, b) => a - b)[30] ?? Number.NaN;
    expect(median(read) / median(ran)).toBeLessThan(3);
  });

  test.each([
    ['', 'The code is empty.'],
    ['a\0', 'The code holds a NUL character.'],
  ])('what could not be run is refused as it is for a run: %j', async (code, message) => {
    await expect(runner().validate(code)).rejects.toMatchObject({ code: 'INVALID_INPUT', message });
  });
});

test('a closed runner validates no more', async () => {
  const runner = await createRunner({ warm: { size: 1 } });
  await runner.validate('1');
  await runner.close();
  await expect(runner.validate('1')).rejects.toMatchObject({ code: 'RUNNER_CLOSED' });
});

describe('validateCode', () => {
  expectNothingLeft();

  test.each<[string, RunnerPolicy | undefined, boolean]>([
    ['import os', undefined, false],
    ['import os', presets.agent, true],
    ['import numpy', presets.strict, false],
    ['import numpy', presets.data, true],
    ['class A:\n    def __init__(self): super().__init__()', presets.teaching, true],
    ['open("a.txt")', presets.teaching, false],
    ['```python\nx = 1\n```', { stripFences: true }, true],
    ['x = 1', { isolation: { exactly: 'kernel' } }, true],
    ['x = 1', { isolation: { exactly: 'process' } }, true],
  ])('%j under %j: %s', async (code, policy, ok) => {
    expect((await validateCode(code, policy)).ok).toBe(ok);
  });
});
