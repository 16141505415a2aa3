import type { IsolationLevel } from '../policy/isolation-level.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import type { Proof } from './plan.js';

/** What a worker must try and see refused, and read back as it was ordered, before it reports ready. */
export function orderProofs(
  level: IsolationLevel,
  policy: ResolvedPolicy,
  processes: 'allowed' | 'refused',
): readonly Proof[] {
  if (level === 'process') return [];
  return [
    'file',
    ...(policy.allowNetwork ? [] : (['socket'] as const)),
    'signal',
    'namespace',
    'mount',
    'ptrace',
    ...(processes === 'refused' ? (['fork'] as const) : []),
    ...(policy.allowSubprocess ? [] : (['exec'] as const)),
    'capabilities',
    'new-privileges',
    'rlimits',
    'workdir',
  ];
}
