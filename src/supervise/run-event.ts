import type { LiveEvent } from '../result/live-event.js';
import type { RunResult } from '../result/run-result.js';

/** What happens while a run goes on, in order; the last is always `run-end`. */
export type RunEvent = LiveEvent | { readonly type: 'run-end'; readonly result: RunResult };
