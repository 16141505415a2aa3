import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJsonText } from '../../src/cli/parse-json-text.js';
import { UsageError } from '../../src/cli/usage-error.js';

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 4 }), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      // Long integers are the one difference, tested apart.
      const read = JSON.stringify(parseJsonText(text, 'x'), (_, item) =>
        typeof item === 'bigint' ? Number(item) : item,
      );
      expect(read).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test('refuses what JSON.parse refuses', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-',
    '01',
    '1.',
    'e5',
    'true',
    'nul',
    '\\',
    ' ',
    '\n',
  );
  const refused = (parse: () => unknown): boolean => {
    try {
      parse();
      return false;
    } catch {
      return true;
    }
  };
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const text = parts.join('');
      expect([text, refused(() => parseJsonText(text, 'x'))]).toEqual([
        text,
        refused(() => JSON.parse(text)),
      ]);
    }),
    { numRuns: 2000 },
  );
});

test('long integers stay exact, and __proto__ is only a key', () => {
  expect(parseJsonText('[9007199254740993, -9007199254740993, 1e30, 5]', 'x')).toEqual([
    9007199254740993n,
    -9007199254740993n,
    1e30,
    5,
  ]);
  const value = parseJsonText('{"__proto__": {"a": 1}}', 'x');
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(Object.keys(Object(value))).toEqual(['__proto__']);
});

test.each([
  ['', 'line 1, column 1: a value is expected, not the end.'],
  ['{\n "a" 1}', 'line 2, column 6: `:` after the key is expected, not "1".'],
  ['[1 2]', 'line 1, column 4: `,` or `]` is expected, not "2".'],
  ['{"a": 1', 'line 1, column 8: `,` or `}` is expected, not the end.'],
  ["{'a': 1}", 'line 1, column 2: a key in double quotes is expected, not "\'".'],
  ['"abc', 'line 1, column 1: a text that is not closed.'],
  ['"a\nb"', 'line 1, column 1: a text with a bad escape or a line break in it.'],
  ['1 2', 'line 1, column 3: "2" after the end of the value.'],
  ['NaN', 'line 1, column 1: a value is expected, not "N".'],
])('%j', (text, fault) => {
  expect(() => parseJsonText(text, '--input')).toThrow(new UsageError(`--input is not valid JSON: ${fault}`));
});

test('nesting is bounded', () => {
  const fault = '--input is not valid JSON: line 1, column 514: nested deeper than 512 levels.';
  expect(() => parseJsonText('['.repeat(100_000), '--input')).toThrow(new UsageError(fault));
});
