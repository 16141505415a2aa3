import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { aborted } from '../../src/supervise/aborted.js';
import { isSettled } from './samples.js';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

test('resolves when the signal aborts', async () => {
  const [own, until] = [new AbortController(), new AbortController()];
  const promise = aborted(own.signal, until.signal);
  expect(await isSettled(promise)).toBe(false);
  own.abort();
  expect(await promise).toBe(undefined);
});

test('resolves for a signal that has aborted already', async () => {
  expect(await aborted(AbortSignal.abort(), new AbortController().signal)).toBe(undefined);
});

test('never resolves without a signal, nor after `until`', async () => {
  const [own, until] = [new AbortController(), new AbortController()];
  const promises = [aborted(null, until.signal), aborted(own.signal, until.signal)];
  until.abort();
  own.abort();
  expect(await Promise.all(promises.map(isSettled))).toEqual([false, false]);
});

test.each([
  ['`until` comes first', (_own: AbortController, until: AbortController) => until.abort()],
  ['the signal aborts', (own: AbortController, _until: AbortController) => own.abort()],
])('no listener is left on the signal when %s', (_name, happen) => {
  const [own, until] = [new AbortController(), new AbortController()];
  void aborted(own.signal, until.signal);
  expect(listeners(own.signal)).toBe(1);
  happen(own, until);
  expect(listeners(own.signal)).toBe(0);
});

test('no listener is put on anything where there is nothing to wait for', () => {
  const until = new AbortController();
  void aborted(null, until.signal);
  void aborted(AbortSignal.abort(), until.signal);
  expect(listeners(until.signal)).toBe(0);
});
