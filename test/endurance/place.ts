import type { Runner } from '../../src/index.js';
import type { Bait } from '../security/bait.js';

/** Where a caller acts: one runner of one level, and numbers that differ from call to call. */
export interface Place {
  readonly level: 'full' | 'kernel';
  readonly runner: Runner;
  readonly bait: Bait;
  /** A whole number below `limit`. */
  below(limit: number): number;
}

/** One thing that a caller does and waits for; throws when anything of the answer is not as it must be. */
export interface Action {
  readonly name: string;
  /** How often it is chosen, against the others. */
  readonly weight: number;
  act(place: Place): Promise<void>;
}
