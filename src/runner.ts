import { homedir } from 'node:os';
import { oneshotEngine } from './engines/oneshot/oneshot-engine.js';
import { hostFacts } from './host/default-host.js';
import { checkCallbacks } from './job/check-callbacks.js';
import { prepareJob } from './job/prepare-job.js';
import type { RunOptions } from './job/run-options.js';
import { buildPlan } from './plan/build-plan.js';
import { resolvePolicy } from './policy/resolve-policy.js';
import type { RunnerPolicy } from './policy/schema.js';
import { buildResult } from './result/build-result.js';
import { createRunHandle, type RunHandle } from './supervise/run-handle.js';

/**
 * Runs Python code in a fresh, jailed process. A failing program is a result, never a throw; a `PungiError` is
 * thrown for what we or the caller did wrong.
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
    const job = prepareJob(code, inputData, options, resolved);
    const callbacks = checkCallbacks(options);
    const facts = await hostFacts(resolved.pythonExecutable);
    const plan = buildPlan(resolved, facts, [], { cwd: process.cwd(), home: homedir() });
    const ending = await oneshotEngine.run({
      plan,
      harness: facts.harness.bundle,
      job,
      callbacks,
      askedAt,
      emit,
    });
    const result = buildResult(ending);
    emit({ type: 'run-end', result });
    return result;
  });
}
