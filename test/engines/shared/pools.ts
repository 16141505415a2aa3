import { fingerprintOf } from '../../../src/engines/shared/fingerprint.js';
import {
  createSharedPools,
  type SharedPools,
  type SharedRequest,
  type SharingLimits,
} from '../../../src/engines/shared/shared-pools.js';
import { hostFacts } from '../../../src/host/default-host.js';
import type { RunnerPolicy, RunOptions } from '../../../src/index.js';
import { checkCallbacks } from '../../../src/job/check-callbacks.js';
import { currentPathBase } from '../../../src/job/path-base.js';
import { prepareJob } from '../../../src/job/prepare-job.js';
import { buildPlan } from '../../../src/plan/build-plan.js';
import { resolvePolicy } from '../../../src/policy/resolve-policy.js';
import { buildResult } from '../../../src/result/build-result.js';
import type { RunResult } from '../../../src/result/run-result.js';

const LIMITS: SharingLimits = {
  mostPools: 4,
  idleMs: 30_000,
  keepMs: 0,
  pauseMs: 10,
  pool: { size: 2, maxPending: Number.POSITIVE_INFINITY, zygoteMaxRuns: 10_000, zygoteMaxAgeMs: 3_600_000 },
};

/** The pools of a process with limits that a test can reach. */
export function poolsWith(changes: Partial<SharingLimits> = {}): SharedPools {
  return createSharedPools({ ...LIMITS, ...changes });
}

export async function requestOf(
  code: string,
  policy: RunnerPolicy = {},
  options: RunOptions = {},
): Promise<SharedRequest> {
  const resolved = resolvePolicy({ blockedImports: [], ...policy });
  const facts = await hostFacts(resolved.pythonExecutable);
  const base = await currentPathBase(resolved);
  return {
    fingerprint: fingerprintOf(resolved, base),
    facts,
    plan: () => buildPlan(resolved, facts, [], base),
    order: {
      job: prepareJob(code, undefined, options, resolved),
      callbacks: checkCallbacks(options),
      askedAt: performance.now(),
      emit: () => undefined,
    },
  };
}

export async function runIn(
  pools: SharedPools,
  code: string,
  policy?: RunnerPolicy,
  options?: RunOptions,
): Promise<RunResult> {
  return buildResult(await pools.run(await requestOf(code, policy, options)));
}
