import { describe, expect, test, vi } from 'vitest';
import { createFileCollector } from '../../src/collect/collect-files.js';
import type { FileStore } from '../../src/collect/file-store.js';
import { createMemoryStore } from '../../src/collect/memory-store.js';
import { PungiError } from '../../src/errors/pungi-error.js';
import { buildPlan } from '../../src/plan/build-plan.js';
import { FRAME } from '../../src/protocol/frame-kinds.js';
import type { LiveEvent } from '../../src/result/live-event.js';
import type { Display } from '../../src/result/run-result.js';
import { type Observation, observeRun } from '../../src/supervise/observe-run.js';
import type { RunEvent } from '../../src/supervise/run-event.js';
import { base, facts, policy } from '../plan/samples.js';
import { sampleEnd, sampleOutcome, stream } from '../result/sample-ending.js';
import { isSettled, sampleJob } from './samples.js';

const RUN = 1;
const NO_STREAMS = { stdout: stream(''), stderr: stream('') };
const NO_FILES = { files: new Map(), leftOut: [] };

interface Listeners {
  readonly onStdout?: (text: string) => void;
  readonly onStderr?: (text: string) => void;
  readonly onDisplay?: (display: Display) => void;
  readonly onEvent?: (event: LiveEvent) => void;
  readonly store?: FileStore;
}

function observe({ onStdout, onStderr, onDisplay, onEvent, store = createMemoryStore() }: Listeners = {}) {
  const events: RunEvent[] = [];
  const plan = buildPlan(policy(), facts(), [], base);
  const observation = observeRun({
    plan: { ...plan, limits: { ...plan.limits, maxOutputBytes: 10 } },
    job: sampleJob(),
    callbacks: {
      signal: null,
      onStdout: onStdout ?? null,
      onStderr: onStderr ?? null,
      onDisplay: onDisplay ?? null,
      // All begin in the same way.
      onEvent: onEvent === undefined ? null : (event) => event.type !== 'start' && onEvent(event),
      onUsage: null,
      functions: null,
    },
    files: createFileCollector({ maxFiles: 10, maxFileBytes: 100, diskBytes: 1000 }, store),
    askedAt: 0,
    emit: (event) => events.push(event),
  });
  observation.begin();
  expect(events).toEqual([{ type: 'start', waitMs: expect.any(Number) }]);
  events.length = 0;
  return { observation, events };
}

const text = (content: string): Uint8Array => Buffer.from(content, 'utf8');
const json = (message: unknown): Uint8Array => text(JSON.stringify(message));
const offer = (observation: Observation, kind: number, payload: Uint8Array): Promise<void> | null =>
  observation.onFrame({ kind, run: RUN, payload });

/** A frame after which the next may come at once. */
function give(observation: Observation, kind: number, payload: Uint8Array): void {
  expect(offer(observation, kind, payload)).toBe(null);
}

describe('output', () => {
  test('is captured, told and handed to its listener, in whole characters', async () => {
    const [onStdout, onStderr] = [vi.fn(), vi.fn()];
    const { observation, events } = observe({ onStdout, onStderr });
    const snake = Buffer.from('🐍');
    give(observation, FRAME.stdout, snake.subarray(0, 2));
    give(observation, FRAME.stderr, text('oh'));
    give(observation, FRAME.stdout, snake.subarray(2));
    give(observation, FRAME.stdout, Buffer.from([0xc3]));
    const { streams } = await observation.finish();
    expect(streams).toEqual({
      stdout: { text: '🐍\ufffd', totalBytes: 5, truncation: null },
      stderr: stream('oh'),
    });
    expect(events).toEqual([
      { type: 'stderr', text: 'oh' },
      { type: 'stdout', text: '🐍' },
      { type: 'stdout', text: '\ufffd' },
    ]);
    expect([onStdout.mock.calls, onStderr.mock.calls]).toEqual([[['🐍'], ['\ufffd']], [['oh']]]);
  });

  test('is told whole, but kept within its cap', async () => {
    const { observation, events } = observe();
    give(observation, FRAME.stdout, text('0123456789abcdef'));
    const { streams } = await observation.finish();
    expect(streams.stdout).toEqual({
      text: '01234\n... [6 bytes omitted] ...\nbcdef',
      totalBytes: 16,
      truncation: { totalBytes: 16, omittedBytes: 6 },
    });
    expect(events).toEqual([{ type: 'stdout', text: '0123456789abcdef' }]);
  });

  test('an error of a listener ends the run with it', async () => {
    const own = new TypeError('of the caller');
    const { observation, events } = observe({
      onStdout: () => {
        throw own;
      },
    });
    expect(offer(observation, FRAME.stdout, text('a'))).toBe(null);
    await expect(observation.end).rejects.toBe(own);
    expect(events).toEqual([]);
    expect((await observation.finish()).streams.stdout).toEqual(stream('a'));
  });
});

describe('displays and events', () => {
  const display = { data: { 'text/plain': '1' }, metadata: {}, chart: null };
  const progress = { type: 'progress', fraction: 0.5, text: 'half' };

  test('are told, handed to their listeners and kept', async () => {
    const [onDisplay, onEvent] = [vi.fn(), vi.fn()];
    const { observation, events } = observe({ onDisplay, onEvent });
    give(observation, FRAME.display, json(display));
    give(observation, FRAME.event, json(progress));
    give(observation, FRAME.event, json({ type: 'metadata-entry', key: 'k', value: 1 }));
    give(observation, FRAME.stdout, text('a'));
    const told = [
      { type: 'display', display },
      progress,
      { type: 'metadata', key: 'k', value: 1 },
      { type: 'stdout', text: 'a' },
    ];
    expect(events).toEqual(told);
    expect(onEvent.mock.calls).toEqual(told.map((event) => [event]));
    expect(onDisplay.mock.calls).toEqual([[display]]);
    expect((await observation.finish()).shown).toEqual({
      displays: [display],
      metadata: { k: 1 },
      notes: [],
    });
  });

  test('that cannot be read are told to nobody', async () => {
    const { observation, events } = observe();
    give(observation, FRAME.display, text('{'));
    give(observation, FRAME.event, text('{'));
    expect(events).toEqual([]);
    expect((await observation.finish()).shown.notes).toEqual([
      'displays: one that could not be read was left out (malformed JSON)',
    ]);
  });

  test('an error of a listener rejects the end', async () => {
    const mine = new Error('mine');
    const { observation } = observe({
      onEvent: () => {
        throw mine;
      },
    });
    give(observation, FRAME.event, json(progress));
    await expect(observation.end).rejects.toBe(mine);
  });
});

describe('the end', () => {
  test('is what the supervisor saw', async () => {
    const { observation } = observe();
    expect(await isSettled(observation.end)).toBe(false);
    give(observation, FRAME.end, json(sampleEnd({ cpuMs: 3.5 })));
    expect(await observation.end).toEqual(sampleEnd({ cpuMs: 3.5 }));
    expect(await observation.finish()).toEqual({
      conducted: { calls: [], notes: [] },
      outcome: null,
      streams: NO_STREAMS,
      collected: NO_FILES,
      shown: { displays: [], metadata: {}, notes: [] },
    });
  });

  test('a run that could not begin rejects it', async () => {
    const { observation } = observe();
    give(observation, FRAME.failed, json({ layer: 'files', message: '/x: gone', hint: 'Look.' }));
    await expect(observation.end).rejects.toThrow(
      new PungiError('INVALID_INPUT', 'The files could not be put in place: /x: gone.', {
        details: { layer: 'files' },
        hint: 'Look.',
      }),
    );
  });

  test('the pid of a run that lasts', async () => {
    const { observation } = observe();
    expect(await isSettled(observation.lasting)).toBe(false);
    give(observation, FRAME.process, json({ pid: 42 }));
    expect(await observation.lasting).toBe(42);
  });
});

describe('the outcome', () => {
  test('is the first that came', async () => {
    const { observation } = observe();
    give(observation, FRAME.outcome, json(sampleOutcome({ result: 1 })));
    give(observation, FRAME.outcome, json(sampleOutcome({ result: 2 })));
    expect((await observation.finish()).outcome).toEqual(sampleOutcome({ result: 1 }));
  });

  test('that does not fit is said, and no later one believed', async () => {
    const { observation } = observe();
    give(observation, FRAME.outcome, text('no'));
    give(observation, FRAME.outcome, json(sampleOutcome()));
    expect((await observation.finish()).outcome).toEqual({ invalid: 'malformed JSON' });
  });
});

describe('files', () => {
  test('are gathered from heads and bodies', async () => {
    const { observation } = observe();
    give(observation, FRAME.fileHead, json({ name: 'a', size: 3, mode: 0o644 }));
    give(observation, FRAME.fileBody, text('ab'));
    give(observation, FRAME.fileBody, text('c'));
    give(observation, FRAME.fileHead, json({ name: '../b', size: 0, mode: 0o644 }));
    expect((await observation.finish()).collected).toEqual({
      files: new Map([
        ['a', { name: 'a', sizeBytes: 3, mode: 0o644, bytes: new Uint8Array(text('abc')), path: null }],
      ]),
      leftOut: [{ name: '../b', reason: "its name has an empty, '.' or '..' part" }],
    });
  });

  test('a store without room holds the next frames back', () => {
    const store = createMemoryStore();
    const room = Promise.resolve();
    const { observation } = observe({ store: { ...store, backlog: () => room } });
    expect(offer(observation, FRAME.fileHead, json({ name: 'a', size: 1, mode: 0o644 }))).toBe(room);
    expect(offer(observation, FRAME.fileBody, text('x'))).toBe(room);
    expect(offer(observation, FRAME.stdout, text('x'))).toBe(null);
  });
});

describe('a supervisor that breaks the rules is a fault of ours', () => {
  const unread = (reason: string): string => `The supervisor sent a message that cannot be read (${reason}).`;
  test.each([
    ['an unknown kind', 99, text(''), 'The supervisor sent a frame of kind 99 for a run.'],
    ['a kind of another place', FRAME.ready, text('{}'), 'The supervisor sent a frame of kind 16 for a run.'],
    [
      'content before a name',
      FRAME.fileBody,
      text('x'),
      'The supervisor sent the content of a file before its name.',
    ],
    ['an end that is no JSON', FRAME.end, text('{'), unread('malformed JSON')],
    [
      'a head without a name',
      FRAME.fileHead,
      json({ name: '', size: 0, mode: 0 }),
      unread('name: Too small: expected string to have >=1 characters'),
    ],
    ['pid 0', FRAME.process, json({ pid: 0 }), unread('pid: Too small: expected number to be >0')],
  ])('%s', (_name, kind, payload, message) => {
    const { observation } = observe();
    expect(() => offer(observation, kind, payload)).toThrow(new PungiError('SANDBOX_FAILED', message));
  });
});
