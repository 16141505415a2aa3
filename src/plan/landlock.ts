import type { HostFacts } from '../host/host-facts.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import { FS, fsRights, NEWEST_LANDLOCK_ABI, netRights, scopes } from './landlock-rights.js';
import { DEVICES } from './mounts.js';
import type { BindMount, LandlockOrders, LandlockRule } from './plan.js';
import { WORKDIR_PLACEHOLDER } from './workdir.js';

/*
 * Theory of operation. Landlock refuses every handled access that no rule allows; a rule holds for a directory and
 * all beneath it, and rules add up. All rights that the ABI knows are handled. It sees opening, making, renaming and
 * removing, but neither stat, chdir, chmod, utime nor, before ABI 3, truncate: seccomp takes what of these changes
 * anything. Rights in a rule are those for a directory. The kernel refuses rights of directories on a file
 * (EINVAL), so the harness keeps EXECUTE, WRITE_FILE, READ_FILE, TRUNCATE and IOCTL_DEV where a path is no directory.
 */

const READ = FS.READ_FILE | FS.READ_DIR;
const DEVICE = FS.READ_FILE | FS.WRITE_FILE;
/** Device nodes are never made and devices never controlled, not even in a worker's own directory. */
const NEVER = FS.MAKE_CHAR | FS.MAKE_BLOCK | FS.IOCTL_DEV;

export function orderLandlock(
  policy: ResolvedPolicy,
  reach: readonly BindMount[],
  facts: HostFacts,
): LandlockOrders {
  const abi = Math.min(facts.landlockAbi, NEWEST_LANDLOCK_ABI);
  const handledFs = fsRights(abi);
  const execute = policy.allowSubprocess ? FS.EXECUTE : 0;
  const read = READ | execute;
  const write = (handledFs & ~NEVER & ~FS.EXECUTE) | execute;
  return {
    abi,
    handledFs,
    handledNet: policy.allowNetwork ? 0 : netRights(abi),
    scoped: scopes(abi),
    rules: [
      ...reach.map(
        ({ path, access }): LandlockRule => ({ path, allowed: access === 'write' ? write : read }),
      ),
      ...DEVICES.map((path): LandlockRule => ({ path, allowed: DEVICE })),
      { path: WORKDIR_PLACEHOLDER, allowed: write },
    ],
  };
}
