/** Resolves after `ms`; never, and without a timer left, when `until` comes first. */
export function elapsed(ms: number, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (until.aborted) return;
    const timer = setTimeout(resolve, ms);
    until.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}
