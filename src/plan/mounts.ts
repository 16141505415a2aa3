import type { HostFacts } from '../host/host-facts.js';
import { isWithin } from '../host/path-parts.js';
import type { BindMount, RootOrders, Symlink } from './plan.js';
import { SANDBOX_DIRECTORY } from './workdir.js';

/** Devices that hold no state and no secret. */
export const DEVICES: readonly string[] = [
  '/dev/null',
  '/dev/zero',
  '/dev/full',
  '/dev/urandom',
  '/dev/random',
];

/** Where programs put scratch files without asking the environment; each worker has its own behind these. */
const SCRATCH_LINKS: readonly Symlink[] = [
  { path: '/tmp', target: `${SANDBOX_DIRECTORY}/tmp` },
  { path: '/dev/shm', target: `${SANDBOX_DIRECTORY}/shm` },
];

/** The private root of level `full`. */
export function orderRoot(
  reach: readonly BindMount[],
  facts: HostFacts,
  pathLinks: readonly Symlink[] = [],
): RootOrders {
  const byPath = new Map(
    [...facts.systemLinks, ...SCRATCH_LINKS, ...pathLinks].map((link) => [link.path, link]),
  );
  const links = [...byPath.values()];
  return {
    mountPoint: facts.temporaryDirectory,
    mounts: reach,
    devices: DEVICES,
    // A mount below a link needs a real directory in its place, and a mount above brings the host's own name.
    symlinks: links.filter(
      (link) => !reach.some((mount) => isWithin(mount.path, link.path) || isWithin(link.path, mount.path)),
    ),
  };
}

/** Absolute places that a worker may write and that are its own: elsewhere only `tempfile` knows such a place. */
export function ownScratch(root: RootOrders | null): readonly string[] {
  return (root?.symlinks ?? []).some(({ path }) => path === '/tmp') ? ['/tmp'] : [];
}
