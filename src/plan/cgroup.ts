import type { HostFacts } from '../host/host-facts.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import type { CgroupOrders, WorkdirOrders } from './plan.js';

/** Page tables, stacks and sockets of the kernel, and the worker's copies of the zygote's pages. */
const KERNEL_BYTES = 32 * 1024 * 1024;

/** It goes into its pid namespace by a second process; there `NPROC` counts, and this one more gives a run nothing. */
const TASKS_WHILE_MOVING = 2;

/** The group holds what rlimits cannot: shared memory and all processes of a run together. */
export function orderCgroup(
  policy: ResolvedPolicy,
  workdir: WorkdirOrders,
  facts: HostFacts,
): CgroupOrders | null {
  if (facts.cgroup === null) return null;
  // A tmpfs is charged to the group; without this a full workdir would read as too little memory.
  const workdirBytes = workdir.kind === 'tmpfs' ? workdir.sizeBytes : 0;
  return {
    version: facts.cgroup.version,
    directories: facts.cgroup.directories,
    memoryBytes: policy.memoryBytes + workdirBytes + KERNEL_BYTES,
    processes: policy.maxProcesses,
    ownTasks: workdir.kind === 'tmpfs' ? TASKS_WHILE_MOVING : 1,
  };
}
