/** Tells all who wait for a run that it is over. An AbortController would cost a tenth of a warm run. */
export interface Until {
  readonly isOver: boolean;
  /** Calls the listener once it is over. */
  onOver(listener: () => void): void;
}

export interface Lifetime extends Until {
  end(): void;
}

export function createLifetime(): Lifetime {
  const listeners: (() => void)[] = [];
  const state = { over: false };
  return {
    get isOver() {
      return state.over;
    },
    onOver(listener) {
      if (state.over) listener();
      else listeners.push(listener);
    },
    end() {
      if (state.over) return;
      state.over = true;
      for (const listener of listeners) listener();
      listeners.length = 0;
    },
  };
}
