import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PungiError } from '../../src/errors/pungi-error.js';
import { decodeValue, WireValueError } from '../../src/protocol/decode-value.js';
import { encodeInput } from '../../src/protocol/encode-input.js';
import { parseJson } from '../../src/protocol/parse-json.js';
import { MAX_WIRE_DEPTH } from '../../src/protocol/wire-limits.js';
import { build, readGoldenValues } from './golden-values.js';

const golden = readGoldenValues();

test.each(golden.fromPython)('$python arrives as $javascript', ({ wire, javascript }) => {
  expect(decodeValue(JSON.parse(wire))).toStrictEqual(build(javascript));
});

test.each(golden.fromJavaScript)('$javascript travels as $wire', ({ javascript, wire }) => {
  expect(encodeInput(build(javascript))).toBe(wire);
});

test.each(golden.refused)('$name is refused with its path', ({ javascript, message }) => {
  expect(() => encodeInput(build(javascript))).toThrow(
    expect.objectContaining({
      name: 'PungiError',
      code: 'INVALID_INPUT',
      message,
      details: { path: message.split(': ')[0] },
      hint: expect.stringMatching(/^[A-Z].*\.$/),
    }),
  );
});

test('the tables of the docs and the golden rows are the same rows', () => {
  const page = readFileSync(new URL('../../docs/values.md', import.meta.url), 'utf8');
  const [, fromPython, intoPython] = page.split('\n## ').map(firstCells);
  expect(fromPython).toEqual([...new Set(golden.fromPython.map(({ row }) => row))]);
  expect(intoPython).toEqual([...new Set(golden.fromJavaScript.map(({ row }) => row))]);
});

function firstCells(section: string): string[] {
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((line) => line.split('|')[1]?.trim() ?? '');
}

test('the name and code of a refusal are the caller’s', () => {
  const encode = () => encodeInput({ f: build }, { name: 'policy.extraGlobals', code: 'INVALID_POLICY' });
  expect(encode).toThrow(PungiError);
  expect(encode).toThrow(
    expect.objectContaining({
      code: 'INVALID_POLICY',
      message: 'policy.extraGlobals.f: a function cannot travel',
    }),
  );
});

test('a key __proto__ of any shape changes no prototype', () => {
  const wires = [
    '{"__proto__":{"polluted":1}}',
    '{"__proto__":{"$pungi":"int","value":"1"}}',
    '{"$pungi":"dict","value":[["__proto__",{"polluted":1}]]}',
  ];
  for (const wire of wires) {
    const value = decodeValue(JSON.parse(wire));
    expect(Object.keys(Object(value))).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Reflect.get(Object(value), 'polluted')).toBeUndefined();
  }
});

test.each([
  { $pungi: 'float', value: 'nan' },
  { $pungi: 'int', value: '9007199254740992' },
  { $pungi: 'bytes', value: '' },
  { $pungi: 'datetime', value: '2024-02-29T00:00:00+00:00' },
])('what 128 lists hold is no level of its own: $$pungi', (leaf) => {
  const nest = (inner: unknown): unknown => Array.from({ length: 128 }).reduce((item) => [item], inner);
  expect(() => decodeValue(nest(leaf))).not.toThrow();
  expect(() => decodeValue(nest([]))).toThrow(new WireValueError('nested deeper than 128 levels'));
  expect(() => decodeValue(nest({ $pungi: 'dict', value: [] }))).toThrow(
    new WireValueError('nested deeper than 128 levels'),
  );
});

test('values nest 128 deep both ways, in the longest form too', () => {
  let value: unknown = 1;
  let wire: unknown = 1;
  for (let level = 0; level < 128; level += 1) {
    value = { $pungi: value };
    wire = { $pungi: 'dict', value: [['$pungi', wire]] };
  }
  const text = encodeInput(value);
  expect(text).toBe(JSON.stringify(wire));
  const parsed = parseJson(Buffer.from(text), { maxBytes: 1e6, maxDepth: MAX_WIRE_DEPTH });
  expect(parsed.ok && decodeValue(parsed.value)).toEqual(value);
  expect(() => decodeValue([wire])).toThrow(new WireValueError('nested deeper than 128 levels'));
});

test.each([
  [{ $pungi: 'int', value: '' }, 'an int that is no number'],
  [{ $pungi: 'int', value: '1e3' }, 'an int that is no number'],
  [{ $pungi: 'int', value: '0x' }, 'an int that is no number'],
  [{ $pungi: 'int', value: '9'.repeat(2001) }, 'an int that is no number'],
  [{ $pungi: 'int', value: 5 }, 'no value of tag "int"'],
  [{ $pungi: 'float', value: '1.5' }, 'a float that is no special number'],
  [{ $pungi: 'bytes', value: 'YQ=' }, 'bytes that are not base64'],
  [{ $pungi: 'bytes', value: 'Y!==' }, 'bytes that are not base64'],
  [{ $pungi: 'datetime', value: '2024-13-01T00:00:00+00:00' }, 'a datetime that is no date'],
  [{ $pungi: 'datetime', value: 'now' }, 'a datetime that is no date'],
  [{ $pungi: 'dict', value: {} }, 'a dict without a list of pairs'],
  [{ $pungi: 'dict', value: [[1, 2]] }, 'a dict with a member that is no pair of a text and a value'],
  [{ $pungi: 'dict', value: [['a']] }, 'a dict with a member that is no pair of a text and a value'],
  [{ $pungi: 'set', value: [] }, 'no value of tag "set"'],
  [{ $pungi: 'toString', value: '' }, 'no value of tag "toString"'],
  [{ $pungi: null, value: '' }, 'no value of tag null'],
  [{ $pungi: 'int' }, 'a tagged value with other keys than its tag and value'],
  [{ $pungi: 'int', value: '1', more: 1 }, 'a tagged value with other keys than its tag and value'],
])('the forged value %j is refused', (wire, message) => {
  expect(() => decodeValue([{ a: wire }])).toThrow(new WireValueError(message));
});
