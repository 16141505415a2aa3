import { isAbsolute } from 'node:path';
import { harnessDirectory } from './harness-directory.js';
import type { HostFacts } from './host-facts.js';
import { interpreterPaths } from './interpreter-paths.js';
import { probeHost } from './probe-host.js';
import { currentSurroundings } from './surroundings.js';
import { type PathWatch, watchPaths } from './watch-paths.js';

interface Probed {
  readonly facts: Promise<HostFacts>;
  /** `null` while the probe goes on. */
  watch: PathWatch | null;
}

/** By requested interpreter: probing starts a Python, and of a host only the interpreter changes under a program. */
const known = new Map<string, Probed>();

/**
 * The facts of this host for an interpreter: the same object until the interpreter was replaced. A failed probe is
 * tried again.
 */
export function hostFacts(requested: 'find' | { readonly path: string }): Promise<HostFacts> {
  const key = keyOf(requested);
  const found = known.get(key);
  if (found !== undefined && found.watch?.isUnchanged() !== false) return found.facts;
  const surroundings = currentSurroundings();
  const probed: Probed = { facts: probeHost(requested, harnessDirectory(), surroundings), watch: null };
  known.set(key, probed);
  probed.facts.then(
    ({ python }) => {
      probed.watch = watchPaths(interpreterPaths(python, surroundings.homeDirectory), 'content');
    },
    () => {
      if (known.get(key) === probed) known.delete(key);
    },
  );
  return probed.facts;
}

/** What is relative is found from the current directory. */
function keyOf(requested: 'find' | { readonly path: string }): string {
  if (requested === 'find') return '';
  return isAbsolute(requested.path) ? requested.path : `${process.cwd()}\0${requested.path}`;
}
