import { isAbsolute } from 'node:path';
import type { PythonRequest } from '../policy/resolved-policy.js';
import { harnessDirectory } from './harness-directory.js';
import type { HostFacts } from './host-facts.js';
import { interpreterPaths } from './interpreter-paths.js';
import { probeHost } from './probe-host.js';
import { currentSurroundings } from './surroundings.js';
import { changedSince, type PathWatch, watchPaths } from './watch-paths.js';

interface Probed {
  readonly facts: Promise<HostFacts>;
  /** `null` while the probe goes on. */
  watch: PathWatch | null;
}

/** An interpreter that is replaced time and again while it is asked is taken as it was, and asked anew by the next run. */
const MOST_PROBES = 3;

/** By requested interpreter: probing starts a Python, and of a host only the interpreter changes under a program. */
const known = new Map<string, Probed>();

/**
 * The facts of this host for an interpreter: the same object until the interpreter was replaced. A failed probe is
 * tried again.
 */
export function hostFacts(requested: PythonRequest): Promise<HostFacts> {
  const key = keyOf(requested);
  const found = known.get(key);
  if (found !== undefined && found.watch?.isUnchanged() !== false) return found.facts;
  const settled = probeSettled(requested);
  const probed: Probed = { facts: settled.then(({ facts }) => facts), watch: null };
  known.set(key, probed);
  settled.then(
    ({ watch }) => {
      probed.watch = watch;
    },
    () => {
      if (known.get(key) === probed) known.delete(key);
    },
  );
  return probed.facts;
}

/** The facts of an interpreter that was not replaced while it was asked for them. */
async function probeSettled(
  requested: PythonRequest,
): Promise<{ readonly facts: HostFacts; readonly watch: PathWatch }> {
  const surroundings = currentSurroundings();
  for (let probes = 1; ; probes += 1) {
    const startedMs = Date.now();
    const facts = await probeHost(requested, harnessDirectory(), surroundings);
    const paths = interpreterPaths(facts.python, surroundings.homeDirectory);
    const watch = watchPaths(paths, 'content');
    if (!changedSince([facts.python.prefix, ...paths], startedMs)) return { facts, watch };
    if (probes === MOST_PROBES) return { facts, watch: { isUnchanged: () => false } };
  }
}

/** What is relative is found from the current directory. */
function keyOf(requested: PythonRequest): string {
  if (requested === 'find') return '';
  return isAbsolute(requested.path) ? requested.path : `${process.cwd()}\0${requested.path}`;
}
