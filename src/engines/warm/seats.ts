import type { Ending } from '../../result/ending.js';
import type { RunContext } from '../../supervise/run-context.js';

/** Places in which runs can be put at once. */
export interface Seats {
  /** How many runs can start now. */
  readonly ready: number;
  /** Takes a place at once; `prepare` is asked for the run then. */
  run(prepare: () => Promise<SeatedRun>): Promise<Seated>;
}

export type SeatedRun = Omit<RunContext, 'supervisor' | 'run'>;

export interface Seated {
  readonly ending: Ending;
  /** Whether its code may have started; where it surely has not, the run can be given another place. */
  readonly started: boolean;
}
