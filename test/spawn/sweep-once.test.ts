import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { planSweep, sweepOnce } from '../../src/spawn/sweep-once.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a place is swept once, after its first use is over', async () => {
  const swept: string[] = [];
  const sweep = (place: string): Promise<void> => {
    swept.push(place);
    return Promise.resolve();
  };
  planSweep('/first', sweep);
  planSweep('/first', sweep);
  await turn();
  expect(swept).toEqual([]);
  sweepOnce('/first', sweep);
  expect(swept).toEqual([]);
  await turn();
  expect(swept).toEqual(['/first']);
  sweepOnce('/first', sweep);
  planSweep('/first', sweep);
  vi.advanceTimersByTime(60_000);
  await turn();
  expect(swept).toEqual(['/first']);
});

test('a place that is used for long is swept after a while', async () => {
  const swept: string[] = [];
  planSweep('/second', (place) => {
    swept.push(place);
    return Promise.resolve();
  });
  vi.advanceTimersByTime(1_000);
  await turn();
  expect(swept).toEqual([]);
  vi.advanceTimersByTime(1_000);
  await turn();
  expect(swept).toEqual(['/second']);
});
