import { posix } from 'node:path';
import type { HostLink } from '../host/host-facts.js';

/** Where relative paths and `~` of a policy start from. */
export interface PathBase {
  readonly home: string;
  readonly cwd: string;
  /** Where the absolute paths of the policy really lead, and by which links; a path that is not here has none. */
  readonly places?: ReadonlyMap<string, { readonly realPath: string; readonly links: readonly HostLink[] }>;
}

/** The real path, which is what the kernel's rules are about. */
export function realPath(path: string, base: PathBase): string {
  const absolute = resolvePath(path, base);
  return base.places?.get(absolute)?.realPath ?? absolute;
}

/** The links that lead to the paths of the policy: inside they are wanted, too. */
export function linksOf({ places }: PathBase): readonly HostLink[] {
  return [...(places?.values() ?? [])].flatMap(({ links }) => links);
}

/** The absolute, normal form of a path as a user writes it: `~`, `~/data`, `data`, `/srv/data/`. */
export function resolvePath(path: string, base: PathBase): string {
  const expanded = path === '~' || path.startsWith('~/') ? posix.join(base.home, path.slice(1)) : path;
  return posix.resolve(base.cwd, expanded);
}
