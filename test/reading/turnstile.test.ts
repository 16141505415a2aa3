import { expect, test } from 'vitest';
import { createTurnstile } from '../../src/reading/turnstile.js';
import { createDeferred } from '../../src/supervise/deferred.js';

test('lets so many in, the others in order, and none past the cap', async () => {
  const turnstile = createTurnstile(2, 2);
  const began: number[] = [];
  const gates = Array.from({ length: 4 }, () => createDeferred<void>());
  const work = (index: number): Promise<number> =>
    turnstile.pass(async () => {
      began.push(index);
      await gates[index]?.promise;
      return index;
    });
  const all = [work(0), work(1), work(2), work(3)];
  await expect(turnstile.pass(async () => 5)).rejects.toMatchObject({
    code: 'QUEUE_FULL',
    message: '2 runs are waiting already; allowed: 2.',
  });
  expect(began).toEqual([0, 1]);
  gates[1]?.resolve();
  await all[1];
  await Promise.resolve();
  expect(began).toEqual([0, 1, 2]);
  for (const gate of gates) gate.resolve();
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
  await turnstile.empty();
});

test('a piece of work that fails leaves its place, and emptiness is told to all who wait for it', async () => {
  const turnstile = createTurnstile(1, 1);
  const gate = createDeferred<void>();
  const failing = turnstile.pass(() => gate.promise);
  const next = turnstile.pass(async () => 'next');
  const empty = Promise.all([turnstile.empty(), turnstile.empty()]);
  gate.reject(new Error('no'));
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('next');
  await empty;
  await turnstile.empty();
});
