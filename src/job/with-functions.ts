import type { FunctionSet } from '../functions/collect-functions.js';
import { functionOrders } from '../functions/function-orders.js';
import { invalidFunction } from '../functions/invalid-function.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import type { Job } from './job.js';
import { badOption, readOptions } from './run-options.js';

/** The job with the functions that its code may call. */
export function withFunctions(
  job: Job,
  functions: FunctionSet | null,
  policy: Pick<ResolvedPolicy, 'extraGlobals'>,
  options: unknown,
): Job {
  const countHostTime = checkCountHostTime(options);
  if (functions === null || functions.size === 0) return job;
  for (const name of functions.keys()) {
    const root = name.split('.', 1)[0] ?? name;
    const taken = [root, `${root}_async`].find((each) => Object.hasOwn(policy.extraGlobals, each));
    if (taken !== undefined) {
      throw invalidFunction(
        `\`functions.${name}\``,
        `would hide \`${taken}\` of the policy's extraGlobals`,
        'Choose another name for one of them.',
      );
    }
  }
  return { ...job, functions: functionOrders(functions, countHostTime) };
}

function checkCountHostTime(options: unknown): boolean {
  const value = readOptions(options).get('countHostTime');
  if (value === undefined) return false;
  if (typeof value === 'boolean') return value;
  throw badOption('countHostTime', value, 'true or false');
}
