import type { HostFacts } from '../host/host-facts.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import { orderCgroup } from './cgroup.js';
import { chooseLevel } from './choose-level.js';
import { orderEnvironment } from './environment.js';
import { orderIds } from './ids.js';
import { orderInterpreter } from './interpreter.js';
import { orderLandlock } from './landlock.js';
import { orderLanguage } from './language.js';
import { orderLimits } from './limits.js';
import { orderRoot, ownScratch } from './mounts.js';
import { orderNamespaces } from './namespaces.js';
import { linksOf, type PathBase } from './paths.js';
import type { Plan, SessionOrders } from './plan.js';
import { chooseBranches, chooseProcesses } from './processes.js';
import { orderProofs } from './proofs.js';
import { listReach, refuseRunDirectories } from './reach.js';
import { orderRlimits } from './rlimits.js';
import { orderMetadata, orderSeccomp } from './seccomp.js';
import { orderSupervisor } from './supervisor.js';
import { orderWorkdir } from './workdir.js';

/** Makes policy and host facts into exact orders; throws `SANDBOX_UNAVAILABLE` where they do not meet. */
export function buildPlan(
  policy: ResolvedPolicy,
  facts: HostFacts,
  preload: readonly string[],
  base: PathBase,
  session: SessionOrders | null = null,
): Plan {
  const level = chooseLevel(policy.isolation, facts);
  const processes = chooseProcesses(level, policy, facts);
  const reach = listReach(policy, facts, base);
  if (level !== 'full') refuseRunDirectories(policy, facts, base);
  const ids = orderIds(level, facts);
  const workdir = orderWorkdir(level, policy, facts);
  const root = level === 'full' ? orderRoot(reach, facts, linksOf(base)) : null;
  return {
    level,
    supervisor: orderSupervisor(policy, facts),
    zygote: {
      namespaces: orderNamespaces(level, policy),
      root,
      idMap: ids.idMap,
      sysPath: facts.python.sysPath,
      ...orderInterpreter(facts.python),
      preload,
      cgroup: orderCgroup(policy, workdir, facts),
    },
    worker: {
      workdir,
      environment: orderEnvironment(policy, facts),
      ids: ids.worker,
      rlimits: orderRlimits(policy, ids, facts, session),
      landlock: level === 'process' ? null : orderLandlock(policy, reach, facts),
      seccomp: orderSeccomp(level, policy, ids, facts, chooseBranches(level, processes, session)),
      proofs: orderProofs(level, policy, processes),
    },
    limits: orderLimits(policy),
    session,
    answersEarly: policy.writablePaths.length === 0 && !policy.allowNetwork && !policy.allowSubprocess,
    language: orderLanguage(
      policy,
      base,
      ownScratch(root),
      processes === 'allowed',
      orderMetadata(level, ids, facts) !== 'any',
    ),
  };
}
