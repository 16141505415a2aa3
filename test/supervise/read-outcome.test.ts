import { describe, expect, test } from 'vitest';
import { MAX_VALUE_DEPTH, MAX_WIRE_DEPTH } from '../../src/protocol/wire-limits.js';
import { readOutcome } from '../../src/supervise/read-outcome.js';
import { failedOutcome, sampleOutcome } from '../result/sample-ending.js';

/** On the line, what was not asked for is not there. */
const onLine = (key: string, value: unknown): unknown =>
  value === null && (key === 'exports' || key === 'seen') ? undefined : value;
const bytes = (message: unknown): Uint8Array => Buffer.from(JSON.stringify(message, onLine));

function nested(depth: number, within: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = within(value);
  return value;
}

const lists = (depth: number): unknown => nested(depth, (inner) => [inner]);

describe('what fits', () => {
  test.each([
    ['a value', 9, 9],
    ['nothing that JSON knows', null, null],
    ['a tagged value', { $pungi: 'int', value: '9007199254740993' }, 9007199254740993n],
    ['a value within', [{ a: { $pungi: 'float', value: 'inf' } }], [{ a: Number.POSITIVE_INFINITY }]],
  ])('%s is decoded', (_name, result, decoded) => {
    expect(readOutcome(bytes(sampleOutcome({ result })))).toEqual(sampleOutcome({ result: decoded }));
  });

  test('without a result there is none, whatever stands in its place', () => {
    const outcome = sampleOutcome({ hasResult: false, result: { $pungi: 'unheard-of' } });
    expect(readOutcome(bytes(outcome))).toEqual({ ...outcome, result: undefined });
  });

  test('an error is kept whole', () => {
    const outcome = failedOutcome({ line: 3, column: 1, excerpt: '1/0', errno: 5 });
    expect(readOutcome(bytes({ ...outcome, result: null }))).toEqual(outcome);
  });

  test('values as deep as values may be, in the form that spends most on it', () => {
    const wire = nested(MAX_VALUE_DEPTH, (inner) => ({ $pungi: 'dict', value: [['a', inner]] }));
    const value = nested(MAX_VALUE_DEPTH, (inner) => ({ a: inner }));
    const read = readOutcome(bytes(sampleOutcome({ result: wire })));
    expect('result' in read && JSON.stringify(read.result)).toBe(JSON.stringify(value));
  });
});

describe('what does not fit is said, never thrown', () => {
  test.each([
    ['no JSON', Buffer.from('{'), 'malformed JSON'],
    ['no UTF-8', Buffer.from([0xff, 0xfe]), 'JSON that is not UTF-8'],
    ['nothing', new Uint8Array(0), 'malformed JSON'],
    ['another kind of value', bytes([]), 'message: Invalid input: expected object, received array'],
    [
      'a word that is not in the list',
      bytes(sampleOutcome({ ending: 'great' as 'ok' })),
      'ending: Invalid option: expected one of "ok"|"error"|"blocked"|"exit"',
    ],
    ['an unknown key', bytes({ ...sampleOutcome(), more: 1 }), 'message: Unrecognized key: "more"'],
    [
      'a missing key',
      bytes({ ...sampleOutcome(), notes: undefined }),
      'notes: Invalid input: expected array, received undefined',
    ],
    [
      'an exit code out of range',
      bytes(sampleOutcome({ exitCode: 256 })),
      'exitCode: Too big: expected number to be <=255',
    ],
    [
      'an unknown tag',
      bytes(sampleOutcome({ result: { $pungi: 'code', value: '' } })),
      'result: no value of tag "code"',
    ],
    [
      'a value too deep',
      bytes(sampleOutcome({ result: lists(MAX_VALUE_DEPTH + 1) })),
      'result: nested deeper than 128 levels',
    ],
    [
      'JSON too deep',
      bytes(sampleOutcome({ result: lists(MAX_WIRE_DEPTH + 8) })),
      'JSON nested deeper than 400 levels',
    ],
  ])('%s', (_name, payload, invalid) => {
    expect(readOutcome(payload)).toEqual({ invalid });
  });
});
