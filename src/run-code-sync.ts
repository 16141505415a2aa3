import { prepareJob } from './job/prepare-job.js';
import { resolvePolicy } from './policy/resolve-policy.js';
import type { RunnerPolicy } from './policy/schema.js';
import { buildResult } from './result/build-result.js';
import type { RunResult } from './result/run-result.js';
import { callThread } from './sync/call-thread.js';
import { unpackError } from './sync/packed-error.js';
import { refuseLive, type SyncRunOptions } from './sync/refuse-live.js';

/**
 * `runCode` for scripts: blocks until the run is over, in a process tree of its own, and gives the same result. Nothing
 * else happens in this thread meanwhile, so options that need it, a signal or a listener, are refused.
 *
 * @example
 * const { result } = runCodeSync('6 * 7'); // 42
 */
export function runCodeSync(
  code: string,
  inputData?: unknown,
  policy?: RunnerPolicy,
  options?: SyncRunOptions,
): RunResult {
  const askedAtMs = performance.timeOrigin + performance.now();
  refuseLive(options);
  const resolved = resolvePolicy(policy);
  const job = prepareJob(code, inputData, options, resolved);
  const answer = callThread({ policy: resolved, job, askedAtMs });
  if (answer.kind === 'error') throw unpackError(answer.error);
  return buildResult(answer.ending);
}
