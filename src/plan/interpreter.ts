import { posix } from 'node:path';
import type { PythonFacts } from '../host/host-facts.js';
import type { ZygoteOrders } from './plan.js';

/** The base interpreter is what runs; inside a virtual environment it is to look as that environment's own. */
export function orderInterpreter(python: PythonFacts): Pick<ZygoteOrders, 'prefix' | 'executable'> {
  const { prefix, basePrefix, executable } = python;
  return prefix === basePrefix
    ? { prefix, executable }
    : { prefix, executable: posix.join(prefix, 'bin', 'python') };
}
