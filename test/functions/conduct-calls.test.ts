import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { collectFunctions } from '../../src/functions/collect-functions.js';
import { type ConductOrders, createCallConductor } from '../../src/functions/conduct-calls.js';
import { defineFunction } from '../../src/functions/define-function.js';
import type { HostFunctions } from '../../src/functions/host-function.js';

const HEAD = 5;
const WINDOW = 1024 * 1024;

/** A conductor with what it sent: of each frame the number of its call, the flags and the text. */
function conduct(functions: HostFunctions) {
  const frames: { readonly id: number; readonly flags: number; readonly text: string }[] = [];
  const events: string[] = [];
  const send: ConductOrders['send'] = (payload) => {
    const bytes = Buffer.from(payload);
    frames.push({ id: bytes.readUInt32BE(0), flags: bytes.readUInt8(4), text: bytes.toString('utf8', HEAD) });
    return Promise.resolve();
  };
  const tell: ConductOrders['tell'] = (event) => events.push(event.type);
  const conductor = createCallConductor({ functions: collectFunctions(functions), send, tell });
  const call = (id: number, name: string, given: object = {}): void =>
    conductor.call(Buffer.from(JSON.stringify({ id, name, arguments: given })));
  const room = (bytes: number): void => {
    const payload = Buffer.alloc(4);
    payload.writeUInt32BE(bytes);
    conductor.room(payload);
  };
  return { conductor, frames, events, call, room };
}

const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 20; turns += 1) await turn();
};

test('every frame has exactly one first answer, whatever it is', async () => {
  const { conductor, frames, call } = conduct({ one: () => 1, fail: () => Promise.reject(new Error('no')) });
  call(1, 'one');
  call(2, 'nope');
  call(3, 'fail');
  conductor.call(Buffer.from('no call'));
  await settle();
  expect(
    frames
      .filter(({ flags }) => (flags & 1) !== 0)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([0, 1, 2, 3]);
  expect(conductor.finish().calls.map(({ id, outcome }) => [id, outcome])).toEqual([
    [2, 'refused'],
    [1, 'ok'],
    [3, 'error'],
  ]);
});

test('so many go on at once, the rest in their order', async () => {
  const begun: unknown[] = [];
  const ends: (() => void)[] = [];
  const { frames, call } = conduct({
    work: (index: number) => {
      begun.push(index);
      return new Promise<void>((resolve) => ends.push(resolve));
    },
  });
  for (let id = 1; id <= 40; id += 1) call(id, 'work', { index: id });
  await settle();
  expect(begun.length).toBe(32);
  ends[0]?.();
  await settle();
  expect([begun.at(-1), frames.map(({ id }) => id)]).toEqual([33, [1]]);
});

test('a worker that does not read gets a window full, the word that the host is done, and no more', async () => {
  const { conductor, frames, call, room } = conduct({ big: () => 'x'.repeat(3 * WINDOW), small: () => 1 });
  call(1, 'big');
  await settle();
  const sent = (): number => frames.reduce((sum, { text }) => sum + text.length, 0);
  expect(sent()).toBeLessThan(WINDOW + 200_000);
  call(2, 'small');
  await settle();
  expect(frames.at(-1)).toEqual({ id: 2, flags: 1, text: '' });
  for (let rounds = 0; rounds < 8; rounds += 1) {
    room(WINDOW / 2);
    await settle();
  }
  const text = frames
    .filter(({ id }) => id === 1)
    .map((frame) => frame.text)
    .join('');
  expect(text).toBe(`{"value":"${'x'.repeat(3 * WINDOW)}"}`);
  expect(frames.at(-1)).toMatchObject({ flags: 2 });
  expect(
    frames
      .filter(({ id }) => id === 2)
      .map((frame) => frame.text)
      .join(''),
  ).toBe('{"value":1}');
  expect(conductor.finish().calls.length).toBe(2);
});

test('when the run is over nothing is sent, and what is under way is aborted', async () => {
  const signals: AbortSignal[] = [];
  const hang = defineFunction({
    execute: (_, { signal }) => {
      signals.push(signal);
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
  });
  const { conductor, frames, events, call } = conduct({ hang });
  call(1, 'hang');
  await settle();
  const { calls } = conductor.finish();
  await settle();
  expect([signals[0]?.aborted, frames, events]).toEqual([true, [], ['call-start', 'call-end']]);
  expect(calls.map(({ outcome }) => outcome)).toEqual(['cancelled']);
});

test('other work has its turn while a large value is encoded', async () => {
  const rows = Array.from({ length: 300_000 }, (_, id) => ({ id, name: `row ${id}` }));
  const { frames, call, room } = conduct({ rows: () => rows });
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns += 1;
    room(0);
    if (!isOver) setImmediate(count);
  };
  count();
  call(1, 'rows');
  while (!frames.some(({ flags }) => (flags & 2) !== 0)) {
    room(WINDOW);
    await turn();
  }
  isOver = true;
  expect(turns).toBeGreaterThan(10);
  expect(JSON.parse(frames.map(({ text }) => text).join(''))).toEqual({ value: rows });
});
