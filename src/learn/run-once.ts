import { needsFontList, withFontList } from '../engines/font-list.js';
import { oneshotEngine } from '../engines/oneshot/oneshot-engine.js';
import { hostFacts } from '../host/default-host.js';
import { checkCallbacks } from '../job/check-callbacks.js';
import { currentPathBase } from '../job/path-base.js';
import { prepareJob } from '../job/prepare-job.js';
import type { RunOptions } from '../job/run-options.js';
import { buildPlan } from '../plan/build-plan.js';
import { resolvePolicy } from '../policy/resolve-policy.js';
import type { RunnerPolicy } from '../policy/schema.js';
import { acceptedOutcome } from '../result/accepted-outcome.js';
import { buildResult } from '../result/build-result.js';
import type { Seen } from '../result/ending.js';
import type { RunResult } from '../result/run-result.js';

/** What is run, the same each time. */
export interface Subject {
  readonly code: string;
  readonly inputData: unknown;
  readonly options: RunOptions;
}

export interface Watched {
  readonly result: RunResult;
  /** `null` when it was not noted, the code was never started, or the run did not live to tell. */
  readonly seen: Seen | null;
}

/** One run in a process tree of its own, of which nothing is left. */
export async function runOnce(
  { code, inputData, options }: Subject,
  policy: RunnerPolicy,
  watching: 'record' | 'enforce',
): Promise<Watched> {
  const askedAt = performance.now();
  const resolved = resolvePolicy(policy);
  const callbacks = checkCallbacks(options);
  const asked = prepareJob(code, inputData, options, resolved);
  const facts = await hostFacts(resolved.pythonExecutable);
  const base = await currentPathBase(resolved);
  const plan = buildPlan(resolved, facts, [], base);
  const job = needsFontList(asked)
    ? await withFontList(asked, facts, base, plan.level, callbacks.signal)
    : asked;
  const language = { ...plan.language, record: watching === 'record' };
  const ending = await oneshotEngine.run({
    plan: { ...plan, language },
    harness: facts.harness.bundle,
    job,
    callbacks,
    askedAt,
    emit: () => undefined,
  });
  return { result: buildResult(ending), seen: acceptedOutcome(ending)?.seen ?? null };
}
