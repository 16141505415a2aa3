import type { PoolState } from './pool.js';

/** What may follow what. A pool that was told to close never opens again. */
const NEXT: Readonly<Record<PoolState, readonly PoolState[]>> = {
  starting: ['open', 'broken', 'draining', 'closed'],
  open: ['starting', 'draining', 'closed'],
  broken: ['starting', 'draining', 'closed'],
  draining: ['closed'],
  closed: [],
};

export interface StateHolder {
  readonly now: PoolState;
  /** Ignored once the pool closes, but for the end of closing. */
  enter(next: PoolState): void;
  readonly isClosing: boolean;
}

export function createStateHolder(): StateHolder {
  let now: PoolState = 'starting';
  const isClosing = (): boolean => now === 'draining' || now === 'closed';
  return {
    get now() {
      return now;
    },
    get isClosing() {
      return isClosing();
    },
    enter(next) {
      if (next === now) return;
      // A tree that opens or breaks while the pool drains changes nothing about the pool's end.
      if (isClosing() && !NEXT[now].includes(next)) return;
      if (!NEXT[now].includes(next)) throw new TypeError(`A pool that is ${now} cannot become ${next}.`);
      now = next;
    },
  };
}
