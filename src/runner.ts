import { needsFontList, withFontList } from './engines/font-list.js';
import { oneshotEngine } from './engines/oneshot/oneshot-engine.js';
import { fingerprintOf } from './engines/shared/fingerprint.js';
import { processPools } from './engines/shared/process-pools.js';
import { hostFacts } from './host/default-host.js';
import { checkOneshot } from './job/check-oneshot.js';
import { currentPathBase } from './job/path-base.js';
import { prepareRun } from './job/prepare-run.js';
import type { RunOptions } from './job/run-options.js';
import { resolveLogger } from './log/logger.js';
import { buildPlan } from './plan/build-plan.js';
import type { Plan } from './plan/plan.js';
import { resolvePolicy } from './policy/resolve-policy.js';
import type { RunnerPolicy } from './policy/schema.js';
import { buildResult } from './result/build-result.js';
import { concludeRun } from './supervise/conclude-run.js';
import { createRunHandle, type RunHandle } from './supervise/run-handle.js';

/**
 * Runs Python code in a fresh, jailed process. A failing program is a result, never a throw; a `PungiError` is
 * thrown for what we or the caller did wrong. The first run of a policy starts processes, which are kept for half a
 * minute so that later ones need not wait; `oneshot: true` keeps none.
 *
 * @example
 * const { result } = await runCode("import math\nresult = math.sqrt(input_data['x'])", { x: 81 }); // 9
 */
export function runCode(
  code: string,
  inputData?: unknown,
  policy?: RunnerPolicy,
  options?: RunOptions,
): RunHandle {
  const askedAt = performance.now();
  return createRunHandle(async (emit) => {
    const resolved = resolvePolicy(policy);
    const log = resolveLogger(undefined, process.env);
    const { job, callbacks } = prepareRun(code, inputData, options, resolved, null);
    const oneshot = checkOneshot(options);
    const facts = await hostFacts(resolved.pythonExecutable);
    const base = await currentPathBase(resolved);
    const plan = (): Plan => buildPlan(resolved, facts, [], base);
    const order = {
      job: needsFontList(job) ? await withFontList(job, facts, base, plan().level, callbacks.signal) : job,
      callbacks,
      askedAt,
      emit,
    };
    const ending = oneshot
      ? await oneshotEngine.run({ ...order, plan: plan(), harness: facts.harness.bundle })
      : await processPools.run({ fingerprint: fingerprintOf(resolved, base), facts, plan, order });
    return concludeRun(buildResult(ending), callbacks.onEvent, emit, log);
  });
}
