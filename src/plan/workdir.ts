import type { HostFacts } from '../host/host-facts.js';
import type { IsolationLevel } from '../policy/isolation-level.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import type { WorkdirOrders } from './plan.js';

/** Where a worker's own file system is mounted at level `full`. */
export const SANDBOX_DIRECTORY = '/sandbox';

/** Stands in orders for the directory that holds a worker's `work`, `tmp` and `shm`; the harness puts in its path. */
export const WORKDIR_PLACEHOLDER = '$workdir';

const LEAST_INODES = 4096;
/** An inode of a tmpfs costs the kernel about a kibibyte that no other limit counts. */
const MOST_INODES = 1_048_576;
const BYTES_PER_INODE = 16_384;

export function orderWorkdir(level: IsolationLevel, policy: ResolvedPolicy, facts: HostFacts): WorkdirOrders {
  const sizeBytes = policy.diskBytes;
  const scaled = Math.ceil(sizeBytes / BYTES_PER_INODE);
  const inodes = Math.min(Math.max(scaled, LEAST_INODES), MOST_INODES);
  return level === 'full'
    ? { kind: 'tmpfs', path: SANDBOX_DIRECTORY, sizeBytes, inodes }
    : { kind: 'directory', base: facts.temporaryDirectory, sizeBytes, inodes };
}
