import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseToml } from '../../../src/policy/files/parse-toml.js';
import { TextFault } from '../../../src/policy/files/text-fault.js';
import { type Quote, type TomlStyle, type TomlTable, type TomlValue, writeToml } from './write-toml.js';

const QUOTES: readonly Quote[] = ['basic', 'literal', 'long-basic', 'long-literal'];

const { table } = fc.letrec<{ table: TomlTable; value: TomlValue }>((tie) => ({
  table: fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 6 }), tie('value'), { maxKeys: 5 }),
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.double(),
    fc.integer(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('table'),
  ),
}));
const style: fc.Arbitrary<TomlStyle> = fc.record({
  quote: fc.constantFrom(...QUOTES),
  tables: fc.constantFrom('header', 'dotted', 'inline'),
  isLoose: fc.boolean(),
});

test('reads what was written, in every style', () => {
  fc.assert(
    fc.property(table, style, (value, how) => {
      expect(parseToml(writeToml(value, how))).toEqual(plain(value));
    }),
    { numRuns: 500 },
  );
});

/** Of the generated null-prototype tables ordinary ones. */
function plain(value: TomlValue): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  const copy = {};
  for (const [key, item] of Object.entries(value)) {
    Object.defineProperty(copy, key, {
      value: plain(item),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return copy;
}

test('whatever the text is, the answer is a table or a fault with its place', () => {
  const pieces = fc.constantFrom(
    'a',
    '"b"',
    '=',
    ' ',
    '\n',
    '[',
    ']',
    '{',
    '}',
    ',',
    '.',
    '"',
    "'",
    '"""',
    "'''",
    '#',
    '1',
    '-',
    '0x',
    'e',
    'true',
    '\\',
    '\r',
    '\0',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
      const text = parts.join('');
      try {
        expect(typeof parseToml(text)).toBe('object');
      } catch (error) {
        if (!(error instanceof TextFault)) throw error;
        expect(error.line).toBeLessThanOrEqual(text.split('\n').length);
      }
    }),
    { numRuns: 3000 },
  );
});

test.each<[text: string, value: unknown]>([
  ['', {}],
  ['\uFEFFa = 1', { a: 1 }],
  ['a = 1\r\nb = 2 # c', { a: 1, b: 2 }],
  ['a = 1_000\nb = +7\nc = -0\nd = 0x_f', null],
  ['a = 0xDEAD_beef\nb = 0o17\nc = 0b101', { a: 0xdeadbeef, b: 15, c: 5 }],
  ['a = 9007199254740993', { a: 9007199254740993n }],
  ['a = 6.5e-3\nb = 1e6\nc = -1_0.5_0', { a: 0.0065, b: 1e6, c: -10.5 }],
  ['a = inf\nb = -inf\nc = nan', { a: Number.POSITIVE_INFINITY, b: Number.NEGATIVE_INFINITY, c: Number.NaN }],
  ['a = "\\u00e9\\U0001F600\\t\\"\\\\"', { a: 'é😀\t"\\' }],
  ["a = 'C:\\n'", { a: 'C:\\n' }],
  ['a = """\nx\n  y"""', { a: 'x\n  y' }],
  ['a = """x \\\n\n   y"""', { a: 'x y' }],
  ['a = """""x"""""', { a: '""x""' }],
  ["a = '''\n'x''y'''''", { a: "'x''y''" }],
  ['a = ""\nb = \'\'\nc = """"""', { a: '', b: '', c: '' }],
  ['a.b . "c d" = 1\na.e = 2', { a: { b: { 'c d': 1 }, e: 2 } }],
  ['[a.b]\nx = 1\n[a]\ny = 2', { a: { b: { x: 1 }, y: 2 } }],
  ['[a]\nb.c = 1\n[a.b.d]\ne = 2', { a: { b: { c: 1, d: { e: 2 } } } }],
  ['a = [1, "x", [true], {b = 1}]', { a: [1, 'x', [true], { b: 1 }] }],
  ['a = [ # one\n  1,\n\n  2, # two\n]', { a: [1, 2] }],
  ['a = { b.c = 1, d = {} }', { a: { b: { c: 1 }, d: {} } }],
  ['__proto__ = 1', JSON.parse('{"__proto__": 1}')],
])('%j', (text, value) => {
  if (value === null) expect(() => parseToml(text)).toThrow(TextFault);
  else expect(parseToml(text)).toStrictEqual(value);
});

test.each([
  ['a', 'line 1, column 2: `=` after the key is expected, not the end'],
  ['a = ', 'line 1, column 5: a value is expected, not the end'],
  ['\n= 1', 'line 2, column 1: a key is expected, not "="'],
  ['a = 1 b = 2', 'line 1, column 7: the end of the line is expected, not "b"'],
  ['a = os', 'line 1, column 5: "os" is no value; text stands in quotes'],
  ['a = True', 'line 1, column 5: "True" is no value; text stands in quotes'],
  ['a = 01', 'line 1, column 5: "01" is no value; text stands in quotes'],
  ['a = 1__0', 'line 1, column 5: "1__0" is no value; text stands in quotes'],
  ['a = 9223372036854775808', 'line 1, column 5: an integer of more than 64 bits'],
  ['a = 1979-05-27', 'line 1, column 5: dates and times are not read here; write the date as a string'],
  ['a = 07:32:00', 'line 1, column 5: dates and times are not read here; write the date as a string'],
  ['a = "x', 'line 1, column 5: a string that is not closed on its line'],
  ['a = """x', 'line 1, column 5: a string that is not closed'],
  ['a = "\\q"', 'line 1, column 6: the escape "\\\\q" is unknown'],
  ['a = "\\ud800"', 'line 1, column 6: the escape "\\\\ud800" is unknown'],
  ['a = "x\u0001"', 'line 1, column 7: a control character in a string'],
  ['# \u0001', 'line 1, column 3: a control character in a comment'],
  ['a = 1\na = 2', 'line 2, column 1: the key `a` is given twice'],
  ['a = 1\n"a" = 2', 'line 2, column 1: the key `a` is given twice'],
  ['[a]\n[a]', 'line 2, column 1: the table `a` is given twice'],
  ['[a]\nb.c = 1\n[a.b]', 'line 3, column 1: the table `a.b` is given twice'],
  ['[a.b]\n[a]\nb.c = 1', 'line 3, column 1: the table `b` cannot be added to from here'],
  ['a = {b = 1}\n[a.c]', 'line 2, column 1: `a` is closed: it is written inline'],
  ['a = {b = 1}\na.c = 2', 'line 2, column 1: the table `a` cannot be added to from here'],
  ['a = 1\na.b = 2', 'line 2, column 1: `a` is no table but a value'],
  ['a = [1]\n[a]', 'line 2, column 1: `a` is no table but a value'],
  ['a = {b = 1,}', 'line 1, column 12: a key is expected, not "}"'],
  ['a = {b = 1\n}', 'line 1, column 11: `,` or `}` on the same line is expected, not "\\n"'],
  ['a = [1 2]', 'line 1, column 8: `,` or `]` is expected, not "2"'],
  ['[a', 'line 1, column 3: `]` after the name of the table is expected, not the end'],
  [
    '[[a]]',
    'line 1, column 1: arrays of tables are not read here; write a list of inline tables, `x = [{ a = 1 }]`',
  ],
])('%j is refused', (text, message) => {
  expect(() => parseToml(text)).toThrow(expect.objectContaining({ name: 'TextFault', message }));
});

test.each([
  ['lists', `a = ${'['.repeat(100_000)}`],
  ['tables', `a = ${'{a='.repeat(100_000)}`],
  ['keys', `${'a.'.repeat(100_000)}b = 1`],
  ['headers', `[${'a.'.repeat(100_000)}b]`],
])('nesting of %s is bounded', (_, text) => {
  expect(() => parseToml(text)).toThrow('nested deeper than 512 levels');
});

test.each([
  ['"', "'x"],
  ["'", '"x'],
  ['"""', '""x'],
  ["'''", "''x"],
])('a string between %s may be as long as a file', (quote, piece) => {
  const content = piece.repeat(200_000);
  expect(parseToml(`a = ${quote}${content}${quote}`)).toEqual({ a: content });
});
