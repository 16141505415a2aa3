import { checkCallbacks } from '../../job/check-callbacks.js';
import type { Job } from '../../job/job.js';
import { prepareCode } from '../../job/prepare-code.js';
import { prepareJob } from '../../job/prepare-job.js';
import type { ResolvedPolicy } from '../../policy/resolved-policy.js';
import type { PoolOrder } from '../warm/pool.js';
import { VALIDATION_SECONDS } from './validation-plan.js';

const DESCRIPTION_MS = 30_000;

const NO_CALLBACKS = checkCallbacks(undefined);

/** Makes jobs of code to be read; throws `INVALID_INPUT` for what could not be run either. */
export function validationJobs(policy: ResolvedPolicy): (code: unknown) => Job {
  const blank = blankJob(policy);
  const timeoutMs = VALIDATION_SECONDS * 1000;
  return (code) => ({ ...blank, purpose: 'validate', timeoutMs, code: prepareCode(code, null, policy) });
}

/** The question what the interpreter has; no code goes with it. */
export function descriptionJob(policy: ResolvedPolicy): Job {
  return { ...blankJob(policy), purpose: 'describe', timeoutMs: DESCRIPTION_MS };
}

function blankJob(policy: ResolvedPolicy): Job {
  return prepareJob('pass', undefined, undefined, { ...policy, maxCodeBytes: 4, stripFences: false });
}

/** An order to which nobody listens while it goes on. */
export function quietOrder(job: Job, askedAt: number): PoolOrder {
  return {
    job,
    callbacks: NO_CALLBACKS,
    askedAt,
    emit: () => undefined,
  };
}
