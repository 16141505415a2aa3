/** Resolves when `signal` aborts; never, and without a listener left, when there is none or `until` comes first. */
export function aborted(signal: AbortSignal | null, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal === null) return;
    if (signal.aborted) {
      resolve();
      return;
    }
    const onAbort = (): void => resolve();
    signal.addEventListener('abort', onAbort, { once: true });
    until.addEventListener('abort', () => signal.removeEventListener('abort', onAbort), { once: true });
  });
}
