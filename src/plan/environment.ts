import { posix } from 'node:path';
import type { HostFacts } from '../host/host-facts.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import { WORKDIR_PLACEHOLDER } from './workdir.js';

/** Thread pools of numerical libraries read these once, when they are imported: in the zygote, then in commands. */
export const ONE_THREAD_EACH: Readonly<Record<string, string>> = {
  OPENBLAS_NUM_THREADS: '1',
  OMP_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  NUMEXPR_NUM_THREADS: '1',
  VECLIB_MAXIMUM_THREADS: '1',
};

/** The whole environment of a worker; nothing of the host's comes in. Without TZ, times are the host's zone. */
export function orderEnvironment(policy: ResolvedPolicy, facts: HostFacts): Readonly<Record<string, string>> {
  return {
    HOME: `${WORKDIR_PLACEHOLDER}/work`,
    PWD: `${WORKDIR_PLACEHOLDER}/work`,
    TMPDIR: `${WORKDIR_PLACEHOLDER}/tmp`,
    // Caches would otherwise come back to the caller as files of the run.
    XDG_CACHE_HOME: `${WORKDIR_PLACEHOLDER}/tmp/cache`,
    MPLCONFIGDIR: `${WORKDIR_PLACEHOLDER}/tmp/matplotlib`,
    MPLBACKEND: 'Agg',
    LANG: 'C.UTF-8',
    USER: 'sandbox',
    LOGNAME: 'sandbox',
    PYTHONDONTWRITEBYTECODE: '1',
    ...repeatable(policy),
    ...ONE_THREAD_EACH,
    ...(policy.allowSubprocess ? { PATH: commandPath(facts) } : {}),
    ...policy.env,
  };
}

/** For the program's own Pythons; that of the supervisor gets its hash seed when it starts. */
function repeatable({ deterministic }: ResolvedPolicy): Readonly<Record<string, string>> {
  return deterministic === 'off' ? {} : { PYTHONHASHSEED: String(deterministic.seed), TZ: 'UTC' };
}

function commandPath(facts: HostFacts): string {
  const directories = [posix.dirname(facts.python.executable), ...facts.commandPaths];
  return [...new Set(directories)].join(':');
}
