import { describe, expect, test } from 'vitest';
import type { Job, JobFile } from '../../src/job/job.js';
import { FRAME } from '../../src/protocol/frame-kinds.js';
import { createLifetime } from '../../src/supervise/lifetime.js';
import { sendJob } from '../../src/supervise/send-job.js';
import { isSettled, sampleJob } from './samples.js';

const MIB = 1024 * 1024;
const RUN = 7;

interface Sent {
  readonly kind: number;
  readonly run: number;
  readonly bytes: Uint8Array;
}

/** A channel that takes everything, and has room again when `gate` says so. */
function createChannel(gate: (sent: readonly Sent[]) => Promise<void> = () => Promise.resolve()) {
  const sent: Sent[] = [];
  const send = (kind: number, run: number, bytes: Uint8Array): Promise<void> => {
    sent.push({ kind, run, bytes });
    return gate(sent);
  };
  return { sent, send };
}

async function framesOf(job: Job): Promise<readonly (readonly [number, unknown])[]> {
  const { sent, send } = createChannel();
  await sendJob({ send, flush: () => undefined }, RUN, job, createLifetime());
  expect(sent.filter(({ run }) => run !== RUN)).toEqual([]);
  return sent.map(({ kind, bytes }) => {
    const isJson = kind === FRAME.start || kind === FRAME.job;
    return [kind, isJson ? JSON.parse(Buffer.from(bytes).toString('utf8')) : bytes.length] as const;
  });
}

const file = (name: string, length: number): JobFile => ({
  name,
  mode: 0o644,
  source: { kind: 'bytes', bytes: new Uint8Array(length) },
});

const START = [FRAME.start, { timeoutMs: 5000, stdin: false, files: [] }] as const;
const JOB = [
  FRAME.job,
  {
    code: 'result = 1',
    filename: '<user_code>',
    argv: [],
    env: {},
    entrypoint: null,
    input: { x: 1 },
  },
] as const;

describe('what is sent', () => {
  test('code alone is its orders and the job', async () => {
    expect(await framesOf(sampleJob())).toEqual([START, JOB]);
  });

  test('files in the order of the manifest, then stdin, then the job', async () => {
    const files: readonly JobFile[] = [
      file('a', 3),
      file('empty', 0),
      { name: 'p', mode: 0o600, source: { kind: 'path', path: '/data/p', sizeBytes: 9 } },
      file('large', 2 * MIB + 1),
    ];
    expect(await framesOf(sampleJob({ files, stdin: new Uint8Array(MIB + 2) }))).toEqual([
      [
        FRAME.start,
        {
          timeoutMs: 5000,
          stdin: true,
          files: [
            { name: 'a', mode: 0o644, size: 3 },
            { name: 'empty', mode: 0o644, size: 0 },
            { name: 'p', mode: 0o600, size: 9, path: '/data/p' },
            { name: 'large', mode: 0o644, size: 2 * MIB + 1 },
          ],
        },
      ],
      [FRAME.file, 3],
      [FRAME.file, MIB],
      [FRAME.file, MIB],
      [FRAME.file, 1],
      [FRAME.stdin, MIB],
      [FRAME.stdin, 2],
      JOB,
    ]);
  });

  test('an empty stdin is none', async () => {
    expect(await framesOf(sampleJob({ stdin: new Uint8Array(0) }))).toEqual([START, JOB]);
  });

  test.each(['null', '{"$pungi":"int","value":"9007199254740993"}', '"\\ud800 ü 🐍"', '[1.0,1e400]'])(
    'the input %s goes as the text it is',
    async (inputText) => {
      const { sent, send } = createChannel();
      await sendJob(
        { send, flush: () => undefined },
        RUN,
        sampleJob({ inputText, code: 'ü "}' }),
        createLifetime(),
      );
      const head = JSON.stringify({ ...JOB[1], code: 'ü "}', input: undefined }).slice(0, -1);
      expect(Buffer.from(sent[1]?.bytes ?? []).toString('utf8')).toBe(`${head},"input":${inputText}}`);
    },
  );

  test('pieces are in order and whole', async () => {
    const bytes = Uint8Array.from({ length: 2 * MIB + 5 }, (_, index) => index % 251);
    const { sent, send } = createChannel();
    const one: JobFile = { name: 'a', mode: 0o644, source: { kind: 'bytes', bytes } };
    await sendJob({ send, flush: () => undefined }, RUN, sampleJob({ files: [one] }), createLifetime());
    const pieces = sent.filter(({ kind }) => kind === FRAME.file).map((each) => each.bytes);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
  });
});

describe('a channel without room', () => {
  test('is waited for before the next piece', async () => {
    const opened: (() => void)[] = [];
    const { sent, send } = createChannel(() => new Promise((resolve) => opened.push(resolve)));
    const job = sampleJob({ files: [file('a', 2 * MIB)] });
    const sending = sendJob({ send, flush: () => undefined }, RUN, job, createLifetime());
    for (const count of [1, 2, 3, 4]) {
      expect(await isSettled(sending)).toBe(false);
      expect(sent.length).toBe(count);
      opened[count - 1]?.();
    }
    await sending;
    expect(sent.map(({ kind }) => kind)).toEqual([FRAME.start, FRAME.file, FRAME.file, FRAME.job]);
  });

  test('orders and job of a run without files go together', () => {
    const { sent, send } = createChannel(() => new Promise(() => undefined));
    void sendJob({ send, flush: () => undefined }, RUN, sampleJob(), createLifetime());
    expect(sent.map(({ kind }) => kind)).toEqual([FRAME.start, FRAME.job]);
  });
});

describe('a run that is over', () => {
  test.each([
    ['before its files', 1, [FRAME.start]],
    ['within a file', 2, [FRAME.start, FRAME.file]],
    ['within stdin', 4, [FRAME.start, FRAME.file, FRAME.file, FRAME.stdin]],
  ])('%s is sent no further', async (_name, count, kinds) => {
    const over = createLifetime();
    const { sent, send } = createChannel((before) => {
      if (before.length === count) over.end();
      return Promise.resolve();
    });
    const job = sampleJob({ files: [file('a', 2 * MIB)], stdin: new Uint8Array(2 * MIB) });
    await sendJob({ send, flush: () => undefined }, RUN, job, over);
    expect(sent.map(({ kind }) => kind)).toEqual(kinds);
  });
});
