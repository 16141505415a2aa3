import type { HostFacts } from '../../host/host-facts.js';
import { buildPlan } from '../../plan/build-plan.js';
import type { PathBase } from '../../plan/paths.js';
import type { Plan, SessionOrders } from '../../plan/plan.js';
import type { ResolvedPolicy } from '../../policy/resolved-policy.js';

export const VALIDATION_SECONDS = 5;
const LEAST_MEMORY_BYTES = 64 * 1024 * 1024;

/** The plan under which code is read and not run: the rules of the policy, and every door shut. */
export function validationPlan(
  policy: ResolvedPolicy,
  facts: HostFacts,
  base: PathBase,
  session: SessionOrders | null = null,
): Plan {
  const shut: ResolvedPolicy = {
    ...policy,
    allowNetwork: false,
    allowSubprocess: false,
    writablePaths: [],
    readablePaths: [],
    env: {},
    extraGlobals: {},
    deterministic: 'off',
    clock: 'host',
    recursionLimit: 'python',
    cpuSeconds: VALIDATION_SECONDS,
    memoryBytes: Math.max(policy.memoryBytes, LEAST_MEMORY_BYTES),
    maxFiles: 0,
  };
  return buildPlan(shut, facts, [], base, session);
}
