import type { PolicyKey, RunnerPolicy } from '../policy/schema.js';
import type { Denial, RunResult } from '../result/run-result.js';

/** What `learnPolicy` found out. */
export interface Learning {
  /** The narrowest policy; `null` when the code was never started, or did not live to its end. */
  readonly policy: RunnerPolicy | null;
  /** The run that was watched. */
  readonly result: RunResult;
  /** What it did, in words and names. */
  readonly used: Used;
  /** What it was refused while it was watched: none of it is in the policy. */
  readonly needs: readonly Need[];
  /** What keeps the policy from being as narrow as it could be. */
  readonly notes: readonly string[];
  readonly verification: Verification;
}

export interface Used {
  /** Files of the working directory that it read, by their names in `files`. */
  readonly files: readonly string[];
  readonly programs: readonly string[];
  readonly hosts: readonly string[];
}

/** One refusal, and what would have to be granted to go further. */
export interface Need {
  /** `null` when no policy allows it. */
  readonly key: Extract<
    PolicyKey,
    'readablePaths' | 'writablePaths' | 'allowNetwork' | 'allowSubprocess'
  > | null;
  readonly value: true | string | null;
  readonly denial: Denial;
}

/** A second run, under the policy that was found. */
export interface Verification {
  /** `skipped` when it was not wanted, or there is nothing to compare with. */
  readonly state: 'passed' | 'failed' | 'skipped';
  /** The last run under the policy. */
  readonly result: RunResult | null;
  /** Runs that it took: each after the first had more room. */
  readonly rounds: number;
}
