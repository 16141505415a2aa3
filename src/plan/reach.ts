import { posix } from 'node:path';
import { PungiError } from '../errors/pungi-error.js';
import type { HostFacts } from '../host/host-facts.js';
import { isWithin } from '../host/path-parts.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import { type PathBase, realPath } from './paths.js';
import type { BindMount } from './plan.js';

/**
 * Everything of the host that a worker may reach, parents before children, without paths that a kept one covers.
 * The private root mounts exactly this list and Landlock allows exactly this list.
 */
export function listReach(policy: ResolvedPolicy, facts: HostFacts, base: PathBase): readonly BindMount[] {
  const loaded = [...facts.python.libraryPaths, facts.python.executable, ...facts.systemPaths];
  // The zygote has the whole harness in memory before it builds the jail: no worker reads it.
  const { directory, cacheDirectory } = facts.harness;
  const harness = cacheDirectory === null ? [directory] : [directory, cacheDirectory];
  const trusted = [...loaded, ...harness].map((path) => posix.resolve(path));
  const readable = [
    ...loaded,
    ...(policy.allowSubprocess ? facts.commandPaths : []),
    ...(policy.allowNetwork ? facts.networkPaths : []),
    ...policy.readablePaths.map((path) => notRoot('readablePaths', realPath(path, base))),
  ];
  const writable = policy.writablePaths.map((path) => notRoot('writablePaths', realPath(path, base)));
  for (const path of writable) refuseTrusted(path, trusted);
  return withoutCovered([
    ...writable.map((path): BindMount => ({ path, access: 'write' })),
    ...readable.map((path): BindMount => ({ path, access: 'read' })),
  ]);
}

function notRoot(key: 'readablePaths' | 'writablePaths', path: string): string {
  if (path !== '/') return path;
  throw new PungiError('INVALID_POLICY', `${key}: '/' is the whole machine; a jail cannot hold it.`, {
    details: { key, value: path },
    hint: 'Name the directories that the code needs.',
  });
}

/** Without a private root the directories of all runs lie in one place, and belong to one user: none may be opened. */
export function refuseRunDirectories(policy: ResolvedPolicy, facts: HostFacts, base: PathBase): void {
  const place = posix.resolve(facts.temporaryDirectory);
  for (const key of ['readablePaths', 'writablePaths'] as const) {
    for (const path of policy[key].map((each) => realPath(each, base))) {
      if (!isWithin(place, path) && !posix.relative(place, path).startsWith('pungi-')) continue;
      throw new PungiError('INVALID_POLICY', `${key}: '${path}' holds the directories of other runs.`, {
        details: { key, value: path },
        hint: `Name a directory of its own in '${place}', or ask for isolation 'full', which hides them.`,
      });
    }
  }
}

/** What one run may write, a later run must not load as interpreter, package or harness. */
function refuseTrusted(path: string, trusted: readonly string[]): void {
  const overlap = trusted.find((place) => isWithin(place, path) || isWithin(path, place));
  if (overlap === undefined) return;
  throw new PungiError(
    'INVALID_POLICY',
    `writablePaths: '${path}' overlaps '${overlap}', which every run loads as Python or harness code.`,
    {
      details: { key: 'writablePaths', value: path, overlap },
      hint: 'Name a directory that holds only data, or use a virtual environment outside of it.',
    },
  );
}

function withoutCovered(paths: readonly BindMount[]): readonly BindMount[] {
  const sorted = [...paths].sort(parentsFirst);
  return sorted.filter(
    (entry, index) =>
      !sorted.slice(0, index).some((other) => isWithin(entry.path, other.path) && covers(other, entry)),
  );
}

/** A writable place stays what it is inside a readable one; the reverse gives nothing more. */
function covers(other: BindMount, entry: BindMount): boolean {
  return other.access === 'write' || entry.access === 'read';
}

/** By path parts, so that `/a` comes before `/a/b` and `/a-b` not between them; writable first among equals. */
function parentsFirst(left: BindMount, right: BindMount): number {
  const [one, two] = [left.path.replaceAll('/', '\0'), right.path.replaceAll('/', '\0')];
  if (one !== two) return one < two ? -1 : 1;
  return left.access === right.access ? 0 : left.access === 'write' ? -1 : 1;
}
