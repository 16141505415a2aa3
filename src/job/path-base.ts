import { PungiError } from '../errors/pungi-error.js';
import { type Followed, followLinks } from '../host/follow-links.js';
import { homeDirectory } from '../host/surroundings.js';
import { type PathBase, resolvePath } from '../plan/paths.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';

type Paths = Pick<ResolvedPolicy, 'writablePaths' | 'readablePaths'>;

/** Where relative paths and `~` of a policy start from here, and where each of its paths leads. */
export function currentPathBase(policy: Paths): Promise<PathBase> {
  return followPaths(policy, { cwd: process.cwd(), home: homeDirectory() });
}

/** Follows the links in the paths of a policy; throws `INVALID_POLICY` for one that leads nowhere. */
export async function followPaths(policy: Paths, base: PathBase): Promise<PathBase> {
  const places = new Map<string, Followed>();
  for (const key of ['writablePaths', 'readablePaths'] as const) {
    for (const given of policy[key]) {
      const path = resolvePath(given, base);
      const followed = places.get(path) ?? (await followLinks(path));
      if (followed === null) throw missing(key, given, path);
      places.set(path, followed);
    }
  }
  return { ...base, places };
}

function missing(key: keyof Paths, given: string, path: string): PungiError {
  const shown = given === path ? `'${path}'` : `'${given}' ('${path}')`;
  return new PungiError('INVALID_POLICY', `${key}: ${shown} does not exist, or cannot be looked at.`, {
    details: { key, value: given, path },
    hint: 'Create it first, or take it out of the policy.',
  });
}
