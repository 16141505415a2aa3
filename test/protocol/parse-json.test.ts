import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeValue, WireValueError } from '../../src/protocol/decode-value.js';
import { checkNesting } from '../../src/protocol/json-guard.js';
import { parseJson } from '../../src/protocol/parse-json.js';

const limits = { maxBytes: 1000, maxDepth: 4 };

test.each([
  ['[[[[]]]]', 4, true],
  ['[[[[[]]]]]', 4, false],
  ['{"a":{"b":[{}]}}', 4, true],
  ['[{"a":[{"b":[]}]}]', 4, false],
  ['[[],[],[[]],{"x":[]}]', 3, true],
  ['"[[[[[["', 0, true],
  ['["\\"[[[[["]', 1, true],
  ['["\\\\",[[]]]', 2, false],
  ['"\\', 1, true],
  ['"never closed [[[[', 0, true],
  [']]]][[[[', 0, true],
  ['[', 0, false],
])('the nesting of %s is within %i: %s', (text, maxDepth, expected) => {
  expect(checkNesting(Buffer.from(text), maxDepth)).toBe(expected);
});

test('a million levels are refused quickly', () => {
  const bytes = Buffer.alloc(50_000_000, '[');
  const started = performance.now();
  expect(parseJson(bytes, { maxBytes: 1e9, maxDepth: 400 })).toEqual({
    ok: false,
    reason: 'JSON nested deeper than 400 levels',
  });
  expect(performance.now() - started).toBeLessThan(1000);
});

test.each([
  ['{"a":[1,2]}', { ok: true, value: { a: [1, 2] } }],
  ['', { ok: false, reason: 'malformed JSON' }],
  ['{"a":1}x', { ok: false, reason: 'malformed JSON' }],
  ['NaN', { ok: false, reason: 'malformed JSON' }],
  ['\ufeff1', { ok: false, reason: 'malformed JSON' }],
  ['[[[[[1]]]]]', { ok: false, reason: 'JSON nested deeper than 4 levels' }],
  [' '.repeat(1001), { ok: false, reason: '1001 bytes of JSON: the most is 1000' }],
])('parseJson of %j', (text, expected) => {
  expect(parseJson(Buffer.from(text), limits)).toEqual(expected);
});

test('bytes that are not UTF-8 are refused', () => {
  expect(parseJson(new Uint8Array([0x22, 0xff, 0x22]), limits)).toEqual({
    ok: false,
    reason: 'JSON that is not UTF-8',
  });
});

test('the guard agrees with the parser on how deep a value is', () => {
  fc.assert(
    fc.property(fc.json({ depthSize: 'medium' }), (text) => {
      const depth = depthOf(JSON.parse(text));
      expect(checkNesting(Buffer.from(text), depth)).toBe(true);
      if (depth > 0) expect(checkNesting(Buffer.from(text), depth - 1)).toBe(false);
    }),
  );
});

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

const tokens = fc.constantFrom(
  '[',
  ']',
  '{',
  '}',
  '"',
  '\\',
  ':',
  ',',
  '1',
  'null',
  '"$pungi"',
  '"value"',
  '"int"',
  '"dict"',
);

test('hostile bytes give a value or a reason, and any JSON decodes or is refused', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tokens, { maxLength: 60 }).map((parts) => new Uint8Array(Buffer.from(parts.join('')))),
    fc.json().map((text) => new Uint8Array(Buffer.from(text))),
  );
  fc.assert(
    fc.property(bytes, (input) => {
      const parsed = parseJson(input, { maxBytes: 100_000, maxDepth: 400 });
      if (!parsed.ok) return;
      try {
        decodeValue(parsed.value);
      } catch (error) {
        expect(error).toBeInstanceOf(WireValueError);
      }
    }),
    { numRuns: 2000 },
  );
});
