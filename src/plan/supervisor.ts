import type { HostFacts } from '../host/host-facts.js';
import { ONE_THREAD_EACH } from './environment.js';
import type { SupervisorOrders } from './plan.js';

/**
 * Reads the harness from the channel and starts it. Nothing of the start-up is garbage, so the collector is off;
 * a worker switches it on again before user code.
 */
const START = `
import gc, marshal, posix, sys
gc.disable()
def take(size):
    block = bytearray()
    while len(block) < size:
        piece = posix.read(3, size - len(block))
        if not piece:
            posix._exit(0)
        block += piece
    return block
modules = marshal.loads(take(int.from_bytes(take(4), 'big')))
start = {'__name__': 'pungi_harness.bundle'}
exec(marshal.loads(modules['pungi_harness.bundle'][2]), start)
start['install'](modules)
from pungi_harness.supervisor import main
main()
`;

export function orderSupervisor(facts: HostFacts): SupervisorOrders {
  return {
    executable: facts.python.executable,
    argv: ['-I', '-S', '-B', '-X', 'utf8', '-c', START],
    environment: { LC_ALL: 'C.UTF-8', ...ONE_THREAD_EACH },
  };
}
