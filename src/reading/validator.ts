import { sharesTree } from '../engines/open-pool.js';
import { quietOrder, validationJobs } from '../engines/questions/question-job.js';
import type { Validation } from '../engines/questions/validation.js';
import { VALIDATION_SECONDS, validationPlan } from '../engines/questions/validation-plan.js';
import { runnerClosed } from '../engines/warm/pool-closed.js';
import type { HostFacts } from '../host/host-facts.js';
import type { PathBase } from '../plan/paths.js';
import { orderReader } from '../plan/session.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import { createReaders, type Readers } from './readers.js';

export interface Validator {
  /** Says what keeps the code from running, without running anything. */
  validate(code: string): Promise<Validation>;
  close(): Promise<void>;
}

/** The first question starts its readers; they end with the runner. */
export function createValidator(policy: ResolvedPolicy, facts: HostFacts, base: PathBase): Validator {
  const jobOf = validationJobs(policy);
  let readers: Readers | null = null;
  let isClosed = false;

  function open(): Readers {
    const plan = validationPlan(policy, facts, base, orderReader(VALIDATION_SECONDS));
    return createReaders({ plan, harness: facts.harness.bundle, isShared: sharesTree(plan) });
  }

  return {
    async validate(code) {
      const askedAt = performance.now();
      if (isClosed) throw runnerClosed();
      const job = jobOf(code);
      readers ??= open();
      return await readers.ask(quietOrder(job, askedAt));
    },
    async close() {
      isClosed = true;
      await readers?.close();
    },
  };
}
