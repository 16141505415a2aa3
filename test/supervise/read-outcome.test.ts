import { describe, expect, test } from 'vitest';
import { MAX_WIRE_DEPTH } from '../../src/protocol/wire-limits.js';
import { readOutcome } from '../../src/supervise/read-outcome.js';
import { failedOutcome, sampleOutcome } from '../result/sample-ending.js';

const bytes = (message: unknown): Uint8Array => Buffer.from(JSON.stringify(message));

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

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

  test('a value as deep as values may be', () => {
    const result = nested(MAX_WIRE_DEPTH);
    expect(readOutcome(bytes(sampleOutcome({ result })))).toEqual(sampleOutcome({ result }));
  });
});

describe('what does not fit is said, never thrown', () => {
  test.each([
    ['no JSON', Buffer.from('{'), 'it is not JSON'],
    ['no UTF-8', Buffer.from([0xff, 0xfe]), 'it is not UTF-8'],
    ['nothing', new Uint8Array(0), ''],
    ['another kind of value', bytes([]), 'message: '],
    ['a word that is not in the list', bytes(sampleOutcome({ ending: 'great' as 'ok' })), 'ending: '],
    ['an unknown key', bytes({ ...sampleOutcome(), more: 1 }), 'message: '],
    ['a missing key', bytes({ ...sampleOutcome(), notes: undefined }), 'notes: '],
    ['an exit code out of range', bytes(sampleOutcome({ exitCode: 256 })), 'exitCode: '],
    ['an unknown tag', bytes(sampleOutcome({ result: { $pungi: 'code', value: '' } })), 'result: '],
    ['a value too deep', bytes(sampleOutcome({ result: nested(MAX_WIRE_DEPTH + 20) })), ''],
  ])('%s', (_name, payload, invalid) => {
    expect(readOutcome(payload)).toEqual({ invalid });
  });
});
