import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import type { SessionOrders } from './plan.js';

/** Where each step may use all of `cpuSeconds`, the kernel ends a session that has used so many times as much. */
const LIFE_FACTOR = 100;

export function orderSession({ cpuSeconds }: ResolvedPolicy, maxSessions: number): SessionOrders {
  return { serves: 'steps', cpuSeconds: cpuSeconds * LIFE_FACTOR, maxBranches: maxSessions };
}

/** For a worker that reads one program after another; it never makes another process. */
export function orderReader(cpuSeconds: number): SessionOrders {
  return { serves: 'questions', cpuSeconds: cpuSeconds * LIFE_FACTOR, maxBranches: 0 };
}
