import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endMessage, outcomeMessage } from '../../src/protocol/messages.js';
import { isPlainEnd, isPlainOutcome } from '../../src/protocol/plain-messages.js';

const outcome = {
  ending: 'ok',
  result: 2,
  hasResult: true,
  resultRepr: '2',
  notes: [],
  error: null,
  exitCode: 0,
  denials: [],
};
const end = {
  reason: 'outcome',
  waitStatus: null,
  wallMs: 0.4,
  cpuMs: 0.3,
  peakMemoryKb: 9000,
  stdoutBytes: 0,
  stderrBytes: 0,
  filesLeftOut: [],
  diskFull: false,
  oomKilled: false,
};
const PLAIN = [
  ['outcome', outcome, isPlainOutcome, outcomeMessage],
  ['end', end, isPlainEnd, endMessage],
] as const;

test.each(PLAIN)('the usual %s is plain', (_name, message, isPlain) => {
  expect(isPlain(message)).toBe(true);
});

test.each(PLAIN)(
  'whatever passes as a plain %s passes the schema as it is',
  (_name, message, isPlain, schema) => {
    const values = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(...Object.values(message), undefined, -1, 1.5, 2 ** 60, Number.NaN, 'exit', 'timeout'),
    );
    const changes = fc.dictionary(fc.constantFrom(...Object.keys(message), 'extra', '__proto__'), values);
    fc.assert(
      fc.property(changes, (change) => {
        const changed: unknown = { ...message, ...change };
        if (!isPlain(changed)) return;
        const checked = schema.safeParse(changed);
        expect(checked.success).toBe(true);
        expect(checked.data).toEqual(changed);
      }),
      { numRuns: 3000 },
    );
  },
);

test.each(PLAIN)('a %s without one of its keys is not plain', (_name, message, isPlain) => {
  for (const missing of Object.keys(message)) {
    const rest = Object.fromEntries(Object.entries(message).filter(([key]) => key !== missing));
    expect(isPlain(rest)).toBe(false);
  }
});

test.each(PLAIN)('what is no object is no plain %s', (_name, _message, isPlain) => {
  for (const value of [null, undefined, 1, 'text', [], true]) expect(isPlain(value)).toBe(false);
});
