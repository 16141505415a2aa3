import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { resolveWarm } from '../../../src/engines/warm/warm-options.js';
import { createRunner, PungiError } from '../../../src/index.js';

test('what is left out is filled in', () => {
  expect(resolveWarm(undefined)).toEqual({
    size: Math.max(4, availableParallelism()),
    preload: [],
    maxPending: 10_000,
    zygoteMaxRuns: 10_000,
    zygoteMaxAgeMs: 3_600_000,
  });
  expect(
    resolveWarm({ size: undefined, preload: ['numpy', 'os.path'], zygoteMaxAgeSeconds: 0.5 }),
  ).toMatchObject({
    preload: ['numpy', 'os.path'],
    zygoteMaxAgeMs: 500,
  });
});

const ROWS: readonly (readonly [string, unknown, string])[] = [
  ['an unknown key', { sise: 1 }, 'Unknown key `sise` of `warm`. Did you mean `size`?'],
  ['a key like none', { unheardOf: 1 }, 'Unknown key `unheardOf` of `warm`.'],
  ['no object', 5, '`warm` is a number; allowed: a plain object.'],
  ['a size of 0', { size: 0 }, '`warm.size` is 0; allowed: a whole number from 1 to 1024.'],
  ['a broken size', { size: 1.5 }, '`warm.size` is 1.5; allowed: a whole number from 1 to 1024.'],
  [
    'text for a number',
    { maxPending: '9' },
    "`warm.maxPending` is '9'; allowed: a whole number from 0 to 1000000.",
  ],
  [
    'NaN',
    { zygoteMaxAgeSeconds: Number.NaN },
    '`warm.zygoteMaxAgeSeconds` is NaN; allowed: a number above 0 and at most 2000000.',
  ],
  [
    'no list',
    { preload: 'numpy' },
    "`warm.preload` is 'numpy'; allowed: a list of at most 100 module names such as 'numpy'.",
  ],
  [
    'no module name',
    { preload: ['a b'] },
    "`warm.preload` is an array of 1; allowed: a list of at most 100 module names such as 'numpy'.",
  ],
];

test.each(ROWS)('%s is refused', (_, options, message) => {
  expect(() => resolveWarm(options)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', message }));
});

test('options of the runner itself', async () => {
  const options: object = { polcy: {} };
  await expect(createRunner(options)).rejects.toThrow(
    'Unknown key `polcy` of `options`. Did you mean `policy`?',
  );
  await expect(createRunner({ policy: { timeoutSeconds: -1 } })).rejects.toBeInstanceOf(PungiError);
});
