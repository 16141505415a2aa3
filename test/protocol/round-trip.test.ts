import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeValue } from '../../src/protocol/decode-value.js';
import { encodeInput } from '../../src/protocol/encode-input.js';

const SCRIPT = fileURLToPath(new URL('./round-trip.py', import.meta.url));

/** Values that come back as they went: no Map, Set or undefined, which JavaScript gets back in another form. */
const { value: travelling } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double(),
    fc.constantFrom(2 ** 53, -(2 ** 63), 1e300, -0),
    // Smaller bigints come back as numbers.
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 5000n }),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('\ud800', '\udc00', 'a', '"', '\\', '\0') }),
    fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    }),
    fc.uint8Array(),
    fc.array(tie('value')),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('$pungi', '__proto__', 'value', 'constructor', '')),
      tie('value'),
      { noNullPrototype: true },
    ),
  ),
}));

test('values come back from Python as they went', () => {
  const sent = fc.sample(travelling, { numRuns: 2000, seed: 7 });
  const wires = sent.map((value) => encodeInput(value));
  const answer = execFileSync('python3', ['-I', '-S', SCRIPT], {
    input: wires.join('\n'),
    maxBuffer: 2 ** 30,
  });
  const lines = answer.toString('utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(sent.length);
  for (const [index, line] of lines.entries()) {
    const received = decodeValue(JSON.parse(line));
    // Vitest's own equality reads a key `__proto__` as the prototype.
    expect(isDeepStrictEqual(received, sent[index]), `${wires[index]}\n${line}`).toBe(true);
  }
});

test('a tree of any values is encoded or refused, never anything else', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withNullPrototype: true,
    withBoxedValues: true,
  });
  fc.assert(
    fc.property(anything, (value) => {
      try {
        JSON.parse(encodeInput(value));
      } catch (error) {
        expect(error).toMatchObject({ name: 'PungiError', code: 'INVALID_INPUT' });
      }
    }),
  );
});
