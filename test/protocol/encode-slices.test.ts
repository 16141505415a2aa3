import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PungiError } from '../../src/index.js';
import { encodeInput } from '../../src/protocol/encode-input.js';
import { encodeSlices, isLight } from '../../src/protocol/encode-slices.js';

const joined = (value: unknown): string => [...encodeSlices(value, 'v')].join('');
const parsed = (text: string): unknown => JSON.parse(text);

/** Heavy enough that everything around it is cut. */
const HEAVY = 'é'.repeat(70_000);

test.each<[string, unknown]>([
  ['a heavy text', HEAVY],
  ['a text of surrogate pairs', '😀'.repeat(70_001)],
  ['heavy bytes', new Uint8Array(200_001).map((_, index) => index)],
  ['a view of bytes', new Uint8Array(new ArrayBuffer(300_000), 7, 200_000)],
  ['a long list', Array.from({ length: 10_000 }, (_, index) => index / 3)],
  ['a list with holes', Object.assign(new Array(9000), { 5: 1 })],
  ['lists in lists', [[HEAVY, [HEAVY, [1, null, undefined]]], {}]],
  ['a wide object', Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, [index]]))],
  ['an object with the tag as a key', { $pungi: 1, text: HEAVY }],
  ['keys that mean something', JSON.parse(`{"__proto__":1,"then":2,"text":"${HEAVY}"}`)],
  ['what is left out', { a: undefined, text: HEAVY }],
  ['a heavy map', new Map([[1, HEAVY]])],
  ['a long map', new Map(Array.from({ length: 9000 }, (_, index) => [index, [`${index}`]]))],
  [
    'a map of light and heavy',
    new Map<unknown, unknown>([
      [1, 2],
      ['a', HEAVY],
      [HEAVY, null],
      [2n, []],
    ]),
  ],
  ['a long set', new Set(Array.from({ length: 9000 }, (_, index) => index))],
  ['a set of a heavy text', new Set<unknown>([1, HEAVY, 2])],
  ['a list of numbers', new Float64Array(9000).map((_, index) => index / 3)],
  ['a list of large numbers', new BigInt64Array(9000).fill(2n ** 60n)],
  ['a buffer', new ArrayBuffer(300_000)],
  ['a view of a buffer', new DataView(new ArrayBuffer(300_000), 5, 200_000)],
  ['an empty map beside a heavy text', [new Map(), new Set(), new Float64Array(), HEAVY]],
  ['nothing', []],
  ['no pairs', new Map()],
  ['no members', new Set()],
  ['no numbers', new Float64Array()],
])('%s is encoded as in one go', (_, value) => {
  expect(parsed(joined(value))).toEqual(parsed(encodeInput(value)));
});

test('any value beside a heavy one is encoded as in one go', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withMap: true, withSet: true, withDate: false }), (value) => {
      const outcome = (action: () => string): unknown => {
        try {
          return parsed(action());
        } catch (error) {
          return error instanceof PungiError ? 'refused' : error;
        }
      };
      const heavy = { heavy: HEAVY, list: [value, [value]] };
      expect(outcome(() => joined(heavy))).toEqual(outcome(() => encodeInput(heavy)));
    }),
    { numRuns: 40 },
  );
});

const loop: unknown[] = [HEAVY];
loop.push(loop);
const deep = Array.from({ length: 200 }).reduce((inner) => [inner, HEAVY], [] as unknown);

test.each<[string, unknown, string]>([
  ['a function', [HEAVY, { f: () => 1 }], 'v[1].f: a function cannot travel'],
  ['a cycle', loop, 'v[1][1]: a cycle: it holds itself'],
  [
    'a class in a map',
    new Map<unknown, unknown>([
      ['a', HEAVY],
      ['b', [HEAVY, new (class Own {})()]],
    ]),
    'v.get("b")[1]: an instance of Own cannot travel',
  ],
  ['a list as a member of a set', new Set<unknown>([HEAVY, []]), 'an array cannot be a Set member'],
  ['too many levels', deep, 'nested deeper than 128 levels'],
])('%s is refused by its place', (_, value, expected) => {
  expect(() => joined(value)).toThrow(expected);
});

test('pieces are small, however large the value', () => {
  const pieces = [
    ...encodeSlices(
      [
        ...[
          HEAVY,
          new Uint8Array(1_000_000),
          new ArrayBuffer(1_000_000),
          new Float64Array(50_000).fill(1 / 3),
        ],
        Array.from({ length: 20_000 }, () => 'abc'),
        new Map(Array.from({ length: 20_000 }, (_, index) => [index, 'abc'])),
        new Set(Array.from({ length: 20_000 }, (_, index) => index)),
        Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key ${index}`, 'abc'])),
      ],
      'v',
    ),
  ];
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(140_000);
  expect(isLight({ a: [1, 'x', new Date(0)] })).toBe(true);
  expect(isLight(HEAVY.repeat(2))).toBe(false);
});
