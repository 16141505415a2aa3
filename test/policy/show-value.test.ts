import { expect, test } from 'vitest';
import { showValue } from '../../src/policy/show-value.js';

const hostile = {
  toString(): string {
    throw new Error('never called');
  },
};

test.each<[string, unknown]>([
  ["'text'", 'text'],
  ["'it\\'s'", "it's"],
  [`'say "hi"'`, 'say "hi"'],
  ["'line\\nNUL\\u0000'", 'line\nNUL\0'],
  ["'\\ud800'", '\ud800'],
  [`'${'a'.repeat(60)}...'`, 'a'.repeat(61)],
  ['5', 5],
  ['-0', -0],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['10n', 10n],
  ['true', true],
  ['undefined', undefined],
  ['null', null],
  ['a symbol', Symbol('secret')],
  ['a function', () => 1],
  ['an array of 2', [1, 2]],
  ['an object', hostile],
])('row %#: shows as %s', (shown, value) => {
  expect(showValue(value)).toBe(shown);
});
