import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { aborted } from '../../src/supervise/aborted.js';
import { createLifetime, type Lifetime } from '../../src/supervise/lifetime.js';
import { isSettled } from './samples.js';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

test('resolves when the signal aborts', async () => {
  const [own, until] = [new AbortController(), createLifetime()];
  const promise = aborted(own.signal, until);
  expect(await isSettled(promise)).toBe(false);
  own.abort();
  expect(await promise).toBe(undefined);
});

test('resolves for a signal that has aborted already', async () => {
  expect(await aborted(AbortSignal.abort(), createLifetime())).toBe(undefined);
});

test('never resolves without a signal, nor after `until`', async () => {
  const [own, until] = [new AbortController(), createLifetime()];
  const promises = [aborted(null, until), aborted(own.signal, until)];
  until.end();
  own.abort();
  expect(await Promise.all(promises.map(isSettled))).toEqual([false, false]);
});

test.each([
  ['`until` comes first', (_own: AbortController, until: Lifetime) => until.end()],
  ['the signal aborts', (own: AbortController, _until: Lifetime) => own.abort()],
])('no listener is left on the signal when %s', (_name, happen) => {
  const [own, until] = [new AbortController(), createLifetime()];
  void aborted(own.signal, until);
  expect(listeners(own.signal)).toBe(1);
  happen(own, until);
  expect(listeners(own.signal)).toBe(0);
});
