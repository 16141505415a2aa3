/** The ways in which a user or a closed pipe ends the command before its time. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** The signal that came, if any. */
  reason(): NodeJS.Signals | null;
  /** Removes the listeners. */
  end(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A first signal ends the run, which takes some milliseconds; a second one calls `onSecond`. A reader of our output
 * that goes away (`pungi run ... | head`) counts as SIGPIPE, which Node itself ignores.
 */
export function watchInterruption(
  process: NodeJS.Process,
  onSecond: (signal: NodeJS.Signals) => void,
): Interruption {
  const controller = new AbortController();
  const came: NodeJS.Signals[] = [];
  const onSignal = (signal: NodeJS.Signals): void => {
    if (came.length > 0) onSecond(signal);
    came.push(signal);
    controller.abort();
  };
  const onBroken = (error: Error): void => {
    // Other errors of a stream (a full disk behind a redirection) lose output as well.
    const isPipe = 'code' in error && error.code === 'EPIPE';
    if (came.length === 0) came.push(isPipe ? 'SIGPIPE' : 'SIGXFSZ');
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', onBroken);
  return {
    signal: controller.signal,
    reason: () => came[0] ?? null,
    end() {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}
