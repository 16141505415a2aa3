import { createRunView } from '../engines/warm/run-view.js';
import type { Seated, SeatedRun } from '../engines/warm/seats.js';
import type { IsolationReport } from '../result/run-result.js';
import type { SupervisorProcess } from '../spawn/start-supervisor.js';
import { answersTo } from '../supervise/answers-to.js';
import { observeRun } from '../supervise/observe-run.js';
import { superviseRun } from '../supervise/supervise-run.js';
import type { Listener } from './session-tree.js';

/** Where the runs of one session go. */
export interface SessionSeat {
  readonly supervisor: SupervisorProcess;
  readonly isolation: IsolationReport;
  nextRun(): number;
  attend<T>(listener: Listener, run: number, work: () => Promise<T>): Promise<T>;
}

/** No one reads how: the worker is gone, and the supervisor may live. */
const GONE = { exitCode: null, signal: null, stderr: '', fault: null };

/** Runs one step in the living worker. */
export async function runStep(seat: SessionSeat, context: SeatedRun): Promise<Seated> {
  const run = seat.nextRun();
  const view = createRunView(seat.supervisor);
  const observation = observeRun(context, answersTo(seat.supervisor, run));
  const listener = { onFrame: observation.onFrame, lose: () => view.lose(GONE) };
  const ending = await seat.attend(listener, run, () =>
    superviseRun({ ...context, supervisor: view.supervisor, run }, observation, seat.isolation),
  );
  const isLost = ending.stop === 'lost' && ending.end === null;
  return { ending, started: !isLost || view.isJobSent() };
}
