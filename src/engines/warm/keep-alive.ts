/** Everything in a pool lets Node end; this one timer keeps it while somebody waits. */
export interface KeepAlive {
  hold(held: boolean): void;
}

const LONGEST_TIMER_MS = 0x7fff_ffff;

export function createKeepAlive(): KeepAlive {
  let timer: NodeJS.Timeout | null = null;
  return {
    hold(held) {
      if (!held) {
        if (timer !== null) clearInterval(timer);
        timer = null;
      } else timer ??= setInterval(() => undefined, LONGEST_TIMER_MS);
    },
  };
}
