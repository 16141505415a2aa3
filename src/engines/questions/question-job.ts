import { checkCallbacks } from '../../job/check-callbacks.js';
import type { Job } from '../../job/job.js';
import { prepareJob } from '../../job/prepare-job.js';
import type { ResolvedPolicy } from '../../policy/resolved-policy.js';
import type { PoolOrder } from '../warm/pool.js';
import { VALIDATION_SECONDS } from './validation-plan.js';

const DESCRIPTION_MS = 30_000;

/** Code to be read; throws `INVALID_INPUT` for what could not be run either. */
export function validationJob(code: unknown, policy: ResolvedPolicy): Job {
  const job = prepareJob(code, undefined, undefined, policy);
  return { ...job, purpose: 'validate', timeoutMs: VALIDATION_SECONDS * 1000 };
}

/** The question what the interpreter has; no code goes with it. */
export function descriptionJob(policy: ResolvedPolicy): Job {
  const code = prepareJob('pass', undefined, undefined, { ...policy, maxCodeBytes: 4, stripFences: false });
  return { ...code, purpose: 'describe', timeoutMs: DESCRIPTION_MS };
}

/** An order to which nobody listens while it goes on. */
export function quietOrder(job: Job, askedAt: number): PoolOrder {
  return {
    job,
    callbacks: checkCallbacks(undefined),
    askedAt,
    emit: () => undefined,
  };
}
