import type { RunResult } from '../result/run-result.js';

/** What happens while a run goes on, in order; the last is always `run-end`. */
export type RunEvent =
  | { readonly type: 'stdout'; readonly text: string }
  | { readonly type: 'stderr'; readonly text: string }
  | { readonly type: 'run-end'; readonly result: RunResult };
