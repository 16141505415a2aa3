import { PungiError } from '../errors/pungi-error.js';
import type { HostFacts } from '../host/host-facts.js';
import type { IsolationLevel } from '../policy/isolation-level.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import type { SessionOrders } from './plan.js';

/**
 * Whether a worker may make processes: only where its death surely ends them all, by its pid namespace or by a
 * control group. Level `process` promises no such thing, and says so by its name.
 */
export function chooseProcesses(
  level: IsolationLevel,
  policy: ResolvedPolicy,
  facts: HostFacts,
): 'allowed' | 'refused' {
  if (level !== 'kernel') return 'allowed';
  if (!policy.allowSubprocess) return 'refused';
  if (facts.cgroup?.directories.pids !== undefined) return 'allowed';
  const reason = 'no control group with the pids controller is writable';
  const fix = 'delegate a control group to this user (`systemd-run --user --scope -p Delegate=yes`)';
  throw new PungiError(
    'SANDBOX_UNAVAILABLE',
    `allowSubprocess at isolation 'kernel' needs a way to end every process of a run: ${reason}.`,
    {
      details: { asked: policy.isolation, missing: [{ layer: 'cgroup', reason, fix }] },
      hint: `D${fix.slice(1)}, use a host that offers isolation 'full', or set allowSubprocess: false.`,
    },
  );
}

/**
 * Whether a session may make branches of itself: not where only a tree of its own tells whose processes it has, nor
 * where nothing would ask.
 */
export function chooseBranches(
  level: IsolationLevel,
  processes: 'allowed' | 'refused',
  session: SessionOrders | null,
): 'gated' | 'none' {
  if (session === null || session.maxBranches === 0 || level === 'process') return 'none';
  return level === 'full' || processes === 'refused' ? 'gated' : 'none';
}
