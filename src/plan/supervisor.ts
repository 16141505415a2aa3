import type { HostFacts } from '../host/host-facts.js';
import { ONE_THREAD_EACH } from './environment.js';
import type { HarnessPlaces } from './harness-places.js';
import type { SupervisorOrders } from './plan.js';

/**
 * `-I` leaves the harness directory off `sys.path`, so it comes as an argument. Nothing of the start-up is garbage;
 * a worker switches the collector on again before user code.
 */
const START =
  'import gc, sys; gc.disable(); sys.path.insert(0, sys.argv[1]); from pungi_harness.supervisor import main; main()';

export function orderSupervisor(facts: HostFacts, harness: HarnessPlaces): SupervisorOrders {
  const { bytecodeDirectory } = harness;
  const bytecode = bytecodeDirectory === null ? ['-B'] : ['-X', `pycache_prefix=${bytecodeDirectory}`];
  return {
    executable: facts.python.executable,
    argv: ['-I', '-S', '-X', 'utf8', ...bytecode, '-c', START, harness.directory],
    environment: { LC_ALL: 'C.UTF-8', ...ONE_THREAD_EACH },
  };
}
