import { FRAME } from '../../protocol/frame-kinds.js';
import type { SupervisorExit, SupervisorProcess } from '../../spawn/start-supervisor.js';
import { createDeferred, type Deferred } from '../../supervise/deferred.js';

/** One run's view of a supervisor that serves many. */
export interface RunView {
  readonly supervisor: SupervisorProcess;
  /** Tells the run that the supervisor is gone. */
  readonly lose: Deferred<SupervisorExit>['resolve'];
  /** Whether the job was written to the channel. */
  readonly isJobSent: () => boolean;
}

/** With an `exited` of its own: what a run hangs on it would stay as long as the supervisor. */
export function createRunView(supervisor: SupervisorProcess): RunView {
  const exited = createDeferred<SupervisorExit>();
  let jobSent = false;
  return {
    lose: exited.resolve,
    isJobSent: () => jobSent,
    supervisor: {
      ...supervisor,
      exited: exited.promise,
      send(kind, run, payload) {
        if (kind === FRAME.job) jobSent = true;
        return supervisor.send(kind, run, payload);
      },
    },
  };
}
