import { expect, test } from 'vitest';
import { createLifetime } from '../../src/supervise/lifetime.js';

test('tells each listener once, in order, when it ends', () => {
  const lifetime = createLifetime();
  const told: string[] = [];
  lifetime.onOver(() => told.push('first'));
  lifetime.onOver(() => told.push('second'));
  expect([lifetime.isOver, told]).toEqual([false, []]);
  lifetime.end();
  lifetime.end();
  expect([lifetime.isOver, told]).toEqual([true, ['first', 'second']]);
});

test('tells one who comes late at once', () => {
  const lifetime = createLifetime();
  lifetime.end();
  const told: string[] = [];
  lifetime.onOver(() => told.push('late'));
  expect(told).toEqual(['late']);
});
