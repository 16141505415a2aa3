/** Everything in a pool lets Node end; this one timer keeps it while somebody waits. */
export interface KeepAlive {
  hold(held: boolean): void;
  /** Holds as long as any such work goes on; for those who do not say by `hold` when that is. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** When nobody will wait any more. */
  end(): void;
}

const LONGEST_TIMER_MS = 0x7fff_ffff;

export function createKeepAlive(): KeepAlive {
  let timer: NodeJS.Timeout | null = null;
  let hasEnded = false;
  let working = 0;

  function hold(held: boolean): void {
    // Kept, since making one takes longer than a run's place in the queue.
    if (hasEnded) return;
    if (held) timer = timer?.ref() ?? setInterval(() => undefined, LONGEST_TIMER_MS);
    else timer?.unref();
  }

  return {
    hold,
    async during(work) {
      working += 1;
      hold(true);
      try {
        return await work();
      } finally {
        working -= 1;
        if (working === 0) hold(false);
      }
    },
    end() {
      hasEnded = true;
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}
