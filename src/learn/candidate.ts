import type { RunnerPolicy } from '../policy/schema.js';
import { type Limits, limitsAsPolicy } from './narrow-limits.js';
import type { Reach } from './narrow-paths.js';

/** A policy in the making. */
export interface Candidate {
  readonly imports: readonly string[];
  readonly builtins: readonly string[];
  readonly reach: Reach;
  readonly limits: Limits;
  /** What is taken over as it was granted. */
  readonly fixed: RunnerPolicy;
}

/** The policy, with keys that say no more than their default left out, but for limits. */
export function policyOf({ imports, builtins, reach, limits, fixed }: Candidate): RunnerPolicy {
  return {
    allowedImports: [...imports],
    allowedBuiltins: [...builtins],
    ...(reach.readablePaths.length === 0 ? {} : { readablePaths: [...reach.readablePaths] }),
    ...(reach.writablePaths.length === 0 ? {} : { writablePaths: [...reach.writablePaths] }),
    ...fixed,
    ...limitsAsPolicy(limits),
  };
}
