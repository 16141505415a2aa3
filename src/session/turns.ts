import { createDeferred } from '../supervise/deferred.js';

/** A line in which each waits for the one before. */
export interface Turns {
  /** Takes the next place in the line, at once. */
  take(): Turn;
}

export interface Turn {
  readonly come: Promise<void>;
  /** To be called once, also by one who no longer waits. */
  leave(): void;
}

export function createTurns(onIdle: () => void): Turns {
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;
  return {
    take() {
      const come = last;
      const left = createDeferred<void>();
      // Who leaves before its turn has come lets nobody overtake.
      last = Promise.all([come, left.promise]).then(() => undefined);
      waiting += 1;
      return {
        come,
        leave() {
          left.resolve();
          waiting -= 1;
          if (waiting === 0) onIdle();
        },
      };
    },
  };
}
