import { oneshotEngine } from './engines/oneshot/oneshot-engine.js';
import { quietOrder, validationJobs } from './engines/questions/question-job.js';
import { readValidation } from './engines/questions/read-validation.js';
import type { Validation } from './engines/questions/validation.js';
import { validationPlan } from './engines/questions/validation-plan.js';
import { hostFacts } from './host/default-host.js';
import { currentPathBase } from './job/path-base.js';
import { resolvePolicy } from './policy/resolve-policy.js';
import type { RunnerPolicy } from './policy/schema.js';

/**
 * Says what keeps code from running under a policy: syntax, and what the policy refuses. Nothing of it is run, but a
 * jailed Python is started to read it; `runner.validate` keeps one ready.
 *
 * @example
 * const { ok, problems } = await validateCode('import os');
 * problems[0]?.message; // "Import 'os' is blocked by policy (line 1). Use pathlib for paths, or remove ..."
 */
export async function validateCode(code: string, policy?: RunnerPolicy): Promise<Validation> {
  const askedAt = performance.now();
  const resolved = resolvePolicy(policy);
  const job = validationJobs(resolved)(code);
  const facts = await hostFacts(resolved.pythonExecutable);
  const plan = validationPlan(resolved, facts, await currentPathBase(resolved));
  const order = { ...quietOrder(job, askedAt), plan, harness: facts.harness.bundle };
  return readValidation(await oneshotEngine.run(order));
}
