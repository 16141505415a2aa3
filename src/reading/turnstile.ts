import { createRunQueue } from '../engines/warm/run-queue.js';
import { queueFull } from '../engines/warm/scheduler.js';
import { createDeferred, type Deferred } from '../supervise/deferred.js';

/** Lets so many in at once, the others in the order in which they came. */
export interface Turnstile {
  /** Throws `QUEUE_FULL` when too many wait. */
  pass<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nobody is inside or waits. */
  empty(): Promise<void>;
}

export function createTurnstile(size: number, maxPending: number): Turnstile {
  const waiting = createRunQueue<Deferred<void>>();
  const listeners: (() => void)[] = [];
  let inside = 0;

  async function enter(): Promise<void> {
    if (inside < size) {
      inside += 1;
      return;
    }
    if (waiting.size >= maxPending) throw queueFull(maxPending);
    const turn = createDeferred<void>();
    waiting.push(turn);
    await turn.promise;
  }

  /** Whoever waits longest takes the place, which so is never free in between. */
  function leave(): void {
    const next = waiting.shift();
    if (next !== null) {
      next.resolve();
      return;
    }
    inside -= 1;
    if (inside === 0) for (const listener of listeners.splice(0)) listener();
  }

  return {
    async pass(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
    empty: () => (inside === 0 ? Promise.resolve() : new Promise((resolve) => listeners.push(resolve))),
  };
}
