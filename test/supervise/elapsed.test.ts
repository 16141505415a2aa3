import { getActiveResourcesInfo } from 'node:process';
import { expect, test } from 'vitest';
import { elapsed } from '../../src/supervise/elapsed.js';
import { createLifetime } from '../../src/supervise/lifetime.js';
import { isSettled } from './samples.js';

const timers = (): number => getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

test('resolves after its time and not before', async () => {
  const startedAt = performance.now();
  await elapsed(50, createLifetime());
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(49);
});

test('never resolves, and leaves no timer, when `until` comes first', async () => {
  const until = createLifetime();
  const before = timers();
  const promise = elapsed(5, until);
  expect(timers()).toBe(before + 1);
  until.end();
  expect(timers()).toBe(before);
  expect(await isSettled(promise)).toBe(false);
});

test('starts no timer after `until`', () => {
  const before = timers();
  const until = createLifetime();
  until.end();
  void elapsed(5, until);
  expect(timers()).toBe(before);
});
