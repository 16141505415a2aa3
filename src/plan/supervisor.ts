import type { HostFacts } from '../host/host-facts.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import { ONE_THREAD_EACH } from './environment.js';
import type { SupervisorOrders } from './plan.js';

/** Reads the harness from the channel and starts it. As short as can be: each run compiles it anew. */
const START = `
import marshal, posix
block = missing = memoryview(bytearray(int.from_bytes(posix.read(3, 4), 'big')))
while missing:
    missing = missing[posix.readv(3, [missing]) or posix._exit(0):]
harness = {'__name__': 'pungi_harness.bundle'}
exec(marshal.loads(block), harness)
harness['start'](block)
`;

/**
 * `-I` makes Python deaf to its own variables, the hash seed among them. The environment holds none but ours. The
 * current directory, which Python puts first without it, is taken out before the first import from a file; from 3.13 on
 * Python imports before the first line, and there, as from 3.11 on, PYTHONSAFEPATH leaves it out from the start.
 */
const FORGET_DIRECTORY = 'import sys\nsys.path[:] = [entry for entry in sys.path if entry]\n';

export function orderSupervisor(policy: ResolvedPolicy, facts: HostFacts): SupervisorOrders {
  const { executable } = facts.python;
  const environment = { LC_ALL: 'C.UTF-8', ...ONE_THREAD_EACH };
  if (policy.deterministic === 'off') {
    return { executable, argv: ['-I', '-S', '-B', '-X', 'utf8', '-c', START], environment };
  }
  return {
    executable,
    argv: ['-s', '-S', '-B', '-X', 'utf8', '-c', FORGET_DIRECTORY + START],
    environment: {
      ...environment,
      PYTHONSAFEPATH: '1',
      PYTHONHASHSEED: String(policy.deterministic.seed),
    },
  };
}
