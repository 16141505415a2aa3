import type { IsolationLevel } from '../policy/isolation-level.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import type { Namespace } from './plan.js';

/** With network the worker keeps the host's: a new one holds no interface, and making one takes root. */
export function orderNamespaces(level: IsolationLevel, policy: ResolvedPolicy): readonly Namespace[] {
  if (level !== 'full') return [];
  return policy.allowNetwork
    ? ['user', 'mount', 'ipc', 'uts', 'pid']
    : ['user', 'mount', 'net', 'ipc', 'uts', 'pid'];
}
