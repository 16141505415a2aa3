import type { HostFacts } from '../host/host-facts.js';
import type { Plan } from '../plan/plan.js';
import { createOneshotPool } from './oneshot/oneshot-pool.js';
import type { Pool, PoolSettings } from './warm/pool.js';
import { createWarmPool } from './warm/warm-pool.js';

/**
 * Workers forked ahead where a plan lets several runs share a tree. Without a pid namespace of its own a run's
 * processes are found by the tree they are in, so a plan that allows them gives each run a whole tree.
 */
export function openPool(plan: Plan, facts: HostFacts, settings: PoolSettings): Promise<Pool> {
  const { bundle } = facts.harness;
  return sharesTree(plan)
    ? createWarmPool(plan, bundle, settings)
    : Promise.resolve(createOneshotPool(plan, bundle, settings));
}

/** Whether runs of a plan can share a tree. */
export function sharesTree(plan: Plan): boolean {
  return plan.level === 'full' || (plan.level === 'kernel' && !plan.language.subprocess);
}
