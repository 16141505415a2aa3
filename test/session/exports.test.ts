import { describe, expect, test } from 'vitest';
import { useRunner } from './runners.js';

describe('exports', () => {
  const runner = useRunner({});
  const plain = (value: unknown): unknown =>
    value === null || value === undefined ? value : JSON.parse(JSON.stringify(value));

  test.each([
    ['data', 'x = 1\ny = {"a": [2]}', { values: { x: 1, y: { a: [2] } }, callables: {} }],
    ['`_x` never', '_x = 1\n_x_ = 2\n__x = 3\nfor _ in [1]: pass', { values: {}, callables: {} }],
    [
      'callables by signature',
      'def f(a, b=1, *, c): pass\nclass C:\n    def __init__(self, n): pass',
      {
        values: {},
        callables: { f: '(a, b=1, *, c)', C: '(n)' },
      },
    ],
    ['not what hides a builtin', 'list = [1]\nmax = 2', { values: {}, callables: {} }],
    [
      '`x_` always',
      'list_ = [1]\nimport math as math_\nx_ = 3',
      { values: { list_: [1], x_: 3 }, callables: {} },
    ],
    ['no modules', 'import math\nx = 1', { values: { x: 1 }, callables: {} }],
    ['not `result`, nor what was handed in', 'result = a\nb = a', { values: { b: 7 }, callables: {} }],
    ['what was handed in and is changed', 'a = 8', { values: { a: 8 }, callables: {} }],
    ['the name of a prototype', 'constructor = 1', { values: { constructor: 1 }, callables: {} }],
  ])('%s', async (_, code, expected) => {
    const run = await runner().run(code, { a: 7 }, { exports: true });
    expect([run.status, plain(run.exports)]).toEqual(['ok', expected]);
  });

  test('what cannot travel is left out with a note; without the option there are none', async () => {
    const run = await runner().run('g = (n for n in [])\nx = 1', undefined, { exports: true });
    expect([plain(run.exports), run.notes]).toEqual([
      { values: { x: 1 }, callables: {} },
      [expect.stringMatching(/^exports\.g: /)],
    ]);
    expect((await runner().run('x = 1')).exports).toBeNull();
    // @ts-expect-error: wrong on purpose.
    await expect(runner().run('1', undefined, { exports: 'all' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: "Option `exports` is 'all'; allowed: true or false.",
    });
  });

  test('of a step: what it defined, unless it hides a callable or a module of an earlier one', async () => {
    await using session = await runner().session();
    await session.run('import math\ndef f(): pass\nx = 1');
    const step = await session.run('f = 2\nmath = 3\nf_ = 4\nx = 5\ny = 6', undefined, { exports: true });
    expect(plain(step.exports)).toEqual({ values: { f_: 4, x: 5, y: 6 }, callables: {} });
    const next = await session.run('y + f', undefined, { exports: true });
    expect([next.result, plain(next.exports)]).toEqual([8, { values: {}, callables: {} }]);
  });
});
