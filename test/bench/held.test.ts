import { expect, test } from 'vitest';
import { heldLine, hold, judgePairs } from '../../bench/held.js';

const noPause = (): Promise<void> => Promise.resolve();

test.each<[string, readonly number[], number, string]>([
  ['at the target', [1, 1, 1.03, 1.03, 1.03], 1.03, 'met'],
  ['below it with outliers', [0.9, 1, 1, 9, 9], 1, 'met'],
  ['above it, in part', [1, 1.01, 1.2, 1.3, 1.4], 1.03, 'missed, within the noise'],
  ['above it, all but one', [0.9, 1.1, 1.2, 1.3, 1.4], 1.03, 'clearly missed'],
])('pairs that are %s', (_name, ratios, most, verdict) => {
  expect(judgePairs(ratios, most).verdict).toBe(verdict);
});

test.each<[string, readonly number[], number, string]>([
  ['is met at once', [2, 9, 9], 1, 'met'],
  ['is met at the second attempt', [4, 2, 9], 2, 'met'],
  ['is met at the last attempt', [4, 4, 2], 3, 'met'],
  ['is missed three times', [4, 4, 4], 3, 'clearly missed'],
])('a target that %s', async (_name, medians, attempt, verdict) => {
  const left = [...medians];
  const takePairs = (): Promise<number[]> => Promise.resolve(Array.from({ length: 4 }, () => left[0] ?? 0));
  const held = await hold(
    {
      name: 'x',
      most: 3,
      takePairs: async () => {
        const pairs = await takePairs();
        left.shift();
        return pairs;
      },
    },
    noPause,
  );
  expect([held.attempt, held.verdict]).toEqual([attempt, verdict]);
});

test('its line says what was seen', () => {
  const seen = { name: 'a loop', most: 1.03, ratios: [1.2, 1.2], median: 1.2 };
  expect(heldLine({ ...seen, attempt: 3, verdict: 'clearly missed' })).toBe(
    'a loop: clearly missed, at the third attempt (median of 2 pairs 1.200, at most 1.030)',
  );
  expect(heldLine({ ...seen, attempt: 1, verdict: 'missed, within the noise' })).toBe(
    'a loop: missed, within the noise (median of 2 pairs 1.200, at most 1.030)',
  );
});
