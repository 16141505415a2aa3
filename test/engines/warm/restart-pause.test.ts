import { expect, test } from 'vitest';
import { restartPauseMs } from '../../../src/engines/warm/restart-pause.js';

test.each([
  [0, 0],
  [1, 0],
  [2, 50],
  [3, 100],
  [6, 800],
  [9, 5000],
  [5000, 5000],
])('after %i starts the next waits %i ms', (starts, expected) => {
  expect(restartPauseMs(starts)).toBe(expected);
});
