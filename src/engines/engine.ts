import type { RunCallbacks } from '../job/check-callbacks.js';
import type { Job } from '../job/job.js';
import type { Plan } from '../plan/plan.js';
import type { Ending } from '../result/ending.js';
import type { RunEvent } from '../supervise/run-event.js';

/** A way to get a process that obeys a plan. */
export interface Engine {
  /** Throws a `PungiError` when the run could not begin; whatever the code did is in the ending. */
  run(order: RunOrder): Promise<Ending>;
}

export interface RunOrder {
  readonly plan: Plan;
  /** The harness compiled for the plan's interpreter. */
  readonly harness: Uint8Array;
  readonly job: Job;
  readonly callbacks: RunCallbacks;
  /** When the caller asked, by `performance.now()`. */
  readonly askedAt: number;
  readonly emit: (event: RunEvent) => void;
}
