import type { FileCollector } from '../collect/collect-files.js';
import type { RunCallbacks } from '../job/check-callbacks.js';
import type { Job } from '../job/job.js';
import type { Plan } from '../plan/plan.js';
import type { SupervisorProcess } from '../spawn/start-supervisor.js';
import type { RunEvent } from './run-event.js';

/** Everything that supervising one run needs; nothing of it changes while the run goes on. */
export interface RunContext {
  readonly supervisor: SupervisorProcess;
  /** Number of the run on the channel; not 0, which is the supervisor itself. */
  readonly run: number;
  readonly plan: Plan;
  readonly job: Job;
  readonly callbacks: RunCallbacks;
  readonly files: FileCollector;
  /** When the caller asked for the run, by `performance.now()`. */
  readonly askedAt: number;
  readonly emit: (event: RunEvent) => void;
}
