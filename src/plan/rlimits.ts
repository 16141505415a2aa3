import type { HostFacts } from '../host/host-facts.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import { type IdOrders, NOBODY_ID } from './ids.js';
import { kernelAtLeast } from './kernel-release.js';
import type { Rlimit, SessionOrders } from './plan.js';

const MEBIBYTE = 1024 * 1024;

/**
 * Address space that is no memory: file mappings of extension modules (pandas with its friends maps some
 * 600 MiB) and what malloc reserves for each thread without touching it.
 */
const MAPPINGS_BYTES = 1024 * MEBIBYTE;
const RESERVED_BYTES_PER_THREAD = 16 * MEBIBYTE;

/** Other runs' workers have the same id; only a bomb reaches this, and the supervisor's count ends it sooner. */
const SHARED_ID_PROCESSES = 256;

/** STACK stays as it is: the main thread's stack is where CPython's recursion limit expects it. */
export function orderRlimits(
  policy: ResolvedPolicy,
  ids: IdOrders,
  facts: HostFacts,
  session: SessionOrders | null,
): readonly Rlimit[] {
  const cpuSeconds = session?.cpuSeconds ?? policy.cpuSeconds;
  // A branch is counted with its session.
  const maxProcesses = policy.maxProcesses + (session?.maxBranches ?? 0);
  const addressSpace = policy.memoryBytes + MAPPINGS_BYTES + RESERVED_BYTES_PER_THREAD * policy.maxProcesses;
  return [
    both('DATA', policy.memoryBytes),
    both('AS', addressSpace),
    // The supervisor ends a run at the limit to the tick; the kernel, which counts the start-up too and in whole
    // seconds, a second later, by SIGXCPU first, which says why.
    { name: 'CPU', soft: cpuSeconds + 1, hard: cpuSeconds + 2 },
    both('FSIZE', policy.diskBytes),
    both('NOFILE', policy.maxOpenFiles),
    ...processLimit(maxProcesses, ids, facts),
    both('CORE', 0),
    both('MSGQUEUE', 0),
    both('MEMLOCK', 0),
  ];
}

/**
 * The kernel counts processes by user id: since 5.14 in each user namespace apart, before that on the whole host.
 * It never holds id 0 of the host, and a count that includes the caller's own processes would hold too early.
 */
function processLimit(maxProcesses: number, ids: IdOrders, facts: HostFacts): readonly Rlimit[] {
  const outside = outsideUid(ids, facts);
  if (outside === 0) return [];
  if (ids.idMap !== null && kernelAtLeast(facts.kernelRelease, 5, 14)) return [both('NPROC', maxProcesses)];
  return outside === NOBODY_ID && facts.identity.uid !== NOBODY_ID
    ? [both('NPROC', maxProcesses + SHARED_ID_PROCESSES)]
    : [];
}

function outsideUid(ids: IdOrders, facts: HostFacts): number {
  const inside = ids.worker?.uid;
  if (ids.idMap === null) return inside ?? facts.identity.uid;
  const extent = ids.idMap.uid.find((candidate) => inside === undefined || candidate.inside === inside);
  return extent?.outside ?? facts.identity.uid;
}

function both(name: Rlimit['name'], value: number): Rlimit {
  return { name, soft: value, hard: value };
}
