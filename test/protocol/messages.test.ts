import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import {
  endMessage,
  failedMessage,
  fileHeadMessage,
  type OutcomeMessage,
  outcomeMessage,
  processMessage,
  type ReadyMessage,
  readyMessage,
} from '../../src/protocol/messages.js';
import { readMessage } from '../../src/protocol/read-message.js';
import type { Denial, IsolationLayers } from '../../src/result/run-result.js';

const limits = { maxBytes: 1_000_000, maxDepth: 50 };

const outcome = {
  ending: 'error',
  result: { $pungi: 'int', value: '9007199254740993' },
  hasResult: true,
  resultRepr: '9.0',
  notes: ['a note'],
  error: {
    type: 'ZeroDivisionError',
    message: 'division by zero',
    traceback: 'Traceback ...',
    line: 1,
    column: 3,
    excerpt: null,
    suggestion: null,
    errno: null,
  },
  exitCode: 1,
  denials: [{ layer: 'language', action: 'import', target: 'os', line: null, message: 'm', hint: 'h' }],
};

const end = {
  reason: 'outcome',
  waitStatus: 0,
  wallMs: 1.2,
  cpuMs: 0.9,
  peakMemoryKb: 9000,
  stdoutBytes: 0,
  stderrBytes: 3,
  filesLeftOut: [{ name: 'a', reason: 'too large' }],
  diskFull: false,
  oomKilled: false,
};

const layers = {
  namespaces: ['user', 'mount'],
  landlock: 7,
  seccomp: 'filter',
  noNewPrivileges: true,
  capabilities: 'none',
  ids: 'mapped',
  rlimits: ['NOFILE'],
  cgroup: null,
  proofs: ['file'],
};

const messages = [
  { name: 'outcome', schema: outcomeMessage, sample: outcome },
  { name: 'end', schema: endMessage, sample: end },
  { name: 'ready', schema: readyMessage, sample: { layers } },
  { name: 'failed', schema: failedMessage, sample: { layer: 'landlock', message: 'm', hint: 'h' } },
  { name: 'process', schema: processMessage, sample: { pid: 12 } },
  { name: 'file-head', schema: fileHeadMessage, sample: { name: 'a/b.txt', size: 0, mode: 0o644 } },
];

function bytes(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

test.each(messages)('a good $name is read', ({ schema, sample }) => {
  expect(readMessage<unknown>(schema, bytes(sample), limits)).toEqual({ ok: true, message: sample });
});

test.each(messages)('$name with a key of its own is refused', ({ schema, sample }) => {
  expect(readMessage<unknown>(schema, bytes({ ...sample, extra: 1 }), limits)).toEqual({
    ok: false,
    reason: 'message: Unrecognized key: "extra"',
  });
  const polluted = Buffer.from(`${JSON.stringify(sample).slice(0, -1)},"__proto__":{"a":1}}`);
  expect(readMessage<unknown>(schema, polluted, limits).ok).toBe(false);
});

test.each(messages)(
  '$name without any one of its keys, or with another type there, is refused',
  ({ schema, sample }) => {
    for (const key of Object.keys(sample)) {
      // What a worker may send as result is anything; hasResult says whether there is one.
      if (key === 'result') continue;
      const { [key]: _, ...rest } = { ...sample } as Record<string, unknown>;
      expect([key, readMessage<unknown>(schema, bytes(rest), limits).ok]).toEqual([key, false]);
      expect([key, readMessage<unknown>(schema, bytes({ ...rest, [key]: { odd: 1 } }), limits).ok]).toEqual([
        key,
        false,
      ]);
    }
  },
);

test.each([
  [outcomeMessage, { ...outcome, ending: 'fine' }],
  [outcomeMessage, { ...outcome, exitCode: 256 }],
  [outcomeMessage, { ...outcome, exitCode: 0.5 }],
  [outcomeMessage, { ...outcome, notes: new Array(1001).fill('') }],
  [outcomeMessage, { ...outcome, denials: new Array(1001).fill(outcome.denials[0]) }],
  [outcomeMessage, { ...outcome, denials: [{ ...outcome.denials[0], layer: 'kernel' }] }],
  [outcomeMessage, { ...outcome, error: { ...outcome.error, line: -1 } }],
  [outcomeMessage, { ...outcome, error: { ...outcome.error, line: 2 ** 60 } }],
  [endMessage, { ...end, reason: 'done' }],
  [endMessage, { ...end, wallMs: -1 }],
  [endMessage, { ...end, waitStatus: 0x10000 }],
  [processMessage, { pid: 0 }],
  [fileHeadMessage, { name: '', size: 0, mode: 0 }],
  [fileHeadMessage, { name: 'a', size: -1, mode: 0 }],
  [fileHeadMessage, { name: 'a', size: 0, mode: 0o4755 }],
])('out of range: %#', (schema, value) => {
  expect(readMessage<unknown>(schema, bytes(value), limits).ok).toBe(false);
});

test('a long reason is cut', () => {
  const read = readMessage(processMessage, bytes({ pid: 1, ['k'.repeat(10_000)]: 1 }), limits);
  expect(!read.ok && read.reason.length).toBe(300);
});

test('any JSON is read or refused with a reason', () => {
  fc.assert(
    fc.property(fc.constantFrom(...messages), fc.json(), ({ schema }, text) => {
      const read = readMessage<unknown>(schema, Buffer.from(text), limits);
      if (!read.ok) expect(read.reason).not.toBe('');
    }),
  );
});

test('the schemas give the types of the result', () => {
  expectTypeOf<ReadyMessage['layers']>().toExtend<IsolationLayers>();
  expectTypeOf<OutcomeMessage['denials'][number]>().toExtend<Denial>();
});
