import { harnessDirectory } from './harness-directory.js';
import type { HostFacts } from './host-facts.js';
import { probeHost } from './probe-host.js';

/** Facts by requested interpreter: probing starts a Python, and a host does not change under a program. */
const known = new Map<string, Promise<HostFacts>>();

/** The facts of this host for an interpreter, probed once; a failed probe is tried again. */
export function hostFacts(requested: 'find' | { readonly path: string }): Promise<HostFacts> {
  const key = requested === 'find' ? '' : requested.path;
  const found = known.get(key);
  if (found !== undefined) return found;
  const probing = probeHost(requested, harnessDirectory());
  known.set(key, probing);
  probing.catch(() => known.delete(key));
  return probing;
}
