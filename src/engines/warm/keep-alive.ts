/** Everything in a pool lets Node end; this one timer keeps it while somebody waits. */
export interface KeepAlive {
  hold(held: boolean): void;
  /** When nobody will wait any more. */
  end(): void;
}

const LONGEST_TIMER_MS = 0x7fff_ffff;

export function createKeepAlive(): KeepAlive {
  let timer: NodeJS.Timeout | null = null;
  let hasEnded = false;
  return {
    hold(held) {
      // Kept, since making one takes longer than a run's place in the queue.
      if (hasEnded) return;
      if (held) timer = timer?.ref() ?? setInterval(() => undefined, LONGEST_TIMER_MS);
      else timer?.unref();
    },
    end() {
      hasEnded = true;
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}
