import type { Until } from './lifetime.js';

/** Resolves when `signal` aborts; never, and without a listener left, when there is none or `until` comes first. */
export function aborted(signal: AbortSignal | null, until: Until): Promise<void> {
  return new Promise((resolve) => {
    if (signal === null) return;
    if (signal.aborted) {
      resolve();
      return;
    }
    const onAbort = (): void => resolve();
    signal.addEventListener('abort', onAbort, { once: true });
    until.onOver(() => signal.removeEventListener('abort', onAbort));
  });
}
