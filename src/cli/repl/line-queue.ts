import { createDeferred } from '../../supervise/deferred.js';

/** Lines as they are typed, also ahead of the prompt. */
export interface LineQueue {
  push(line: string): void;
  /** No more will come. */
  end(): void;
  /** Gives up what waits for a line, and the lines of an unfinished entry. */
  interrupt(): void;
  next(): Promise<Taken>;
}

export type Taken =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'end' };

export function createLineQueue(): LineQueue {
  const lines: string[] = [];
  let ended = false;
  let waiting: ((taken: Taken) => void) | null = null;

  function hand(taken: Taken): boolean {
    if (waiting === null) return false;
    const give = waiting;
    waiting = null;
    give(taken);
    return true;
  }

  return {
    push(text) {
      if (!hand({ kind: 'line', text })) lines.push(text);
    },
    end() {
      ended = true;
      hand({ kind: 'end' });
    },
    interrupt() {
      hand({ kind: 'interrupted' });
    },
    next() {
      const text = lines.shift();
      if (text !== undefined) return Promise.resolve({ kind: 'line', text });
      if (ended) return Promise.resolve({ kind: 'end' });
      const taken = createDeferred<Taken>();
      waiting = taken.resolve;
      return taken.promise;
    },
  };
}
