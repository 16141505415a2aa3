import { expect, test } from 'vitest';
import type { PoolState } from '../../../src/engines/warm/pool.js';
import { createStateHolder } from '../../../src/engines/warm/pool-state.js';

const WAYS: readonly (readonly [string, readonly PoolState[], PoolState])[] = [
  ['opens', ['open'], 'open'],
  ['is lost and comes back', ['open', 'starting', 'open'], 'open'],
  ['breaks and is tried again', ['broken', 'starting'], 'starting'],
  ['drains, whatever its trees do', ['open', 'draining', 'starting', 'open', 'broken'], 'draining'],
  ['stays closed', ['open', 'draining', 'closed', 'open', 'draining'], 'closed'],
];

test.each(WAYS)('a pool %s', (_, way, expected) => {
  const state = createStateHolder();
  for (const next of way) state.enter(next);
  expect(state.now).toBe(expected);
});

test('an open pool does not break without a start', () => {
  const state = createStateHolder();
  state.enter('open');
  expect(() => state.enter('broken')).toThrow('A pool that is open cannot become broken.');
});
