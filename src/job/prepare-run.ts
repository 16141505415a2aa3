import { type FunctionSet, mergeFunctions } from '../functions/collect-functions.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import { checkCallbacks, type RunCallbacks } from './check-callbacks.js';
import type { Job } from './job.js';
import { prepareJob } from './prepare-job.js';
import { withFunctions } from './with-functions.js';

/** One run as it was asked for: what is sent, and what stays in Node. */
export interface PreparedRun {
  readonly job: Job;
  readonly callbacks: RunCallbacks;
}

/** Checks all that one run is given. `offered`: what every run of its runner may call beside its own functions. */
export function prepareRun(
  code: unknown,
  inputData: unknown,
  options: unknown,
  policy: ResolvedPolicy,
  offered: FunctionSet | null,
): PreparedRun {
  const own = checkCallbacks(options);
  const callbacks = { ...own, functions: mergeFunctions(offered, own.functions) };
  const job = withFunctions(
    prepareJob(code, inputData, options, policy),
    callbacks.functions,
    policy,
    options,
  );
  return { job, callbacks };
}
