import type { HostFacts } from '../host/host-facts.js';
import type { IsolationLevel } from '../policy/isolation-level.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import type { IdOrders } from './ids.js';
import type { SeccompOrders } from './plan.js';
import { chooseProcesses } from './processes.js';
import type { SeccompInputs } from './seccomp/inputs.js';
import { buildSeccompProgram } from './seccomp/program.js';

/** `null` at level `process`, and where no list is kept, which no other level is chosen for. */
export function orderSeccomp(
  level: IsolationLevel,
  policy: ResolvedPolicy,
  ids: IdOrders,
  facts: HostFacts,
  branches: SeccompInputs['branches'],
): SeccompOrders | null {
  if (level === 'process' || facts.architecture === 'other') return null;
  const shared = {
    architecture: facts.architecture,
    processes: chooseProcesses(level, policy, facts),
    branches,
    exec: policy.allowSubprocess,
    network: policy.allowNetwork,
  };
  return buildSeccompProgram(level === 'full' ? alone(shared) : amongOthers(shared, ids, facts));
}

type SharedInputs = Pick<SeccompInputs, 'architecture' | 'processes' | 'branches' | 'exec' | 'network'>;

/** In its own namespaces a worker sees neither processes nor writable files of others. */
function alone(shared: SharedInputs): SeccompInputs {
  return { ...shared, signals: 'any', metadata: 'any' };
}

/** Whether a worker may change modes and times: not while it shares an id with owners of files of the host. */
export function orderMetadata(
  level: IsolationLevel,
  ids: IdOrders,
  facts: HostFacts,
): SeccompInputs['metadata'] {
  if (level !== 'kernel') return 'any';
  if (facts.landlockAbi < 3) return 'none';
  return ids.worker === null ? 'truncate' : 'any';
}

/** On the host's own processes and files; from ABI 6 on Landlock keeps signals inside the tree. */
function amongOthers(shared: SharedInputs, ids: IdOrders, facts: HostFacts): SeccompInputs {
  const ownTree = shared.processes === 'allowed' && facts.landlockAbi >= 6;
  return {
    ...shared,
    signals: ownTree ? 'any' : 'own-pid',
    metadata: orderMetadata('kernel', ids, facts),
  };
}
