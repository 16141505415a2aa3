import type { Until } from './lifetime.js';

/** Resolves after `ms`; never, and without a timer left, when `until` comes first. */
export function elapsed(ms: number, until: Until): Promise<void> {
  return new Promise((resolve) => {
    if (until.isOver) return;
    const timer = setTimeout(resolve, ms);
    until.onOver(() => clearTimeout(timer));
  });
}
