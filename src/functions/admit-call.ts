import { CallRefusal } from './call-fault.js';
import type { FunctionSet } from './collect-functions.js';
import { ENVELOPE_BYTES } from './function-orders.js';
import type { FunctionFacts } from './host-function.js';

/** The function that a call names, if it may be called once more; throws `CallRefusal`. */
export type Admit = (name: string, bytes: number) => FunctionFacts;

/** Counts the calls of one run. The worker keeps the same limits; this holds for one that does not. */
export function createAdmission(functions: FunctionSet): Admit {
  const counts = new Map<string, number>();
  return (name, bytes) => {
    const facts = functions.get(name);
    if (facts === undefined)
      throw new CallRefusal('refused', 'NameError', `the host has no function '${name}'`);
    const { maxCalls, maxArgumentBytes } = facts.limits;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (count > maxCalls) {
      throw new CallRefusal(
        'refused',
        'CallLimitError',
        `${name}() may be called at most ${maxCalls} times in a run`,
      );
    }
    if (bytes > maxArgumentBytes + ENVELOPE_BYTES) {
      throw new CallRefusal(
        'refused',
        'ValueError',
        `${name}(): the arguments have more than ${maxArgumentBytes} bytes`,
      );
    }
    return facts;
  };
}
