// Theory of operation. Code is written by others, and CPython's parser is C: it is read where it would be run, in a
// worker behind all layers, with every door shut and without preloads. A pool of its own keeps such workers ready, so
// that reading never waits behind programs that run. A worker reads one program and ends. The pool is opened by the
// first question, and ends with the runner.
import type { HostFacts } from '../../host/host-facts.js';
import type { PathBase } from '../../plan/paths.js';
import type { ResolvedPolicy } from '../../policy/resolved-policy.js';
import { openPool } from '../open-pool.js';
import type { Pool } from '../warm/pool.js';
import { runnerClosed } from '../warm/pool-closed.js';
import { quietOrder, validationJob } from './question-job.js';
import { readValidation } from './read-validation.js';
import type { Validation } from './validation.js';
import { validationPlan } from './validation-plan.js';

export interface Validator {
  /** Says what keeps the code from running, without running anything. */
  validate(code: string): Promise<Validation>;
  close(): Promise<void>;
}

/** What a worker needs to answer; imported once, before it is forked. */
const PRELOAD = ['pungi_harness.policy.questions'];
const POOL = { size: 2, maxPending: 10_000, zygoteMaxRuns: 10_000, zygoteMaxAgeMs: 3_600_000 };

export function createValidator(policy: ResolvedPolicy, facts: HostFacts, base: PathBase): Validator {
  let opening: Promise<Pool> | null = null;
  let isClosed = false;

  function open(): Promise<Pool> {
    if (opening !== null) return opening;
    const pool = openPool(validationPlan(policy, facts, PRELOAD, base), facts, POOL);
    opening = pool;
    // A pool that did not start is tried again by the next question.
    pool.catch(() => {
      opening = null;
    });
    return pool;
  }

  return {
    async validate(code) {
      const askedAt = performance.now();
      if (isClosed) throw runnerClosed();
      const job = validationJob(code, policy);
      const pool = await open();
      return readValidation(await pool.run(quietOrder(job, askedAt)));
    },
    async close() {
      isClosed = true;
      const pool = await opening?.catch(() => null);
      await pool?.close('drain');
    },
  };
}
