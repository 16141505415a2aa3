import type { EndingLimits } from '../result/ending.js';
import type { RunContext } from './run-context.js';

/** The limits that the words of an ending name. */
export function endingLimits({ plan, job }: Pick<RunContext, 'plan' | 'job'>): EndingLimits {
  const { cpuSeconds, memoryBytes, diskBytes, maxOutputBytes, maxProcesses } = plan.limits;
  return { cpuSeconds, memoryBytes, diskBytes, maxOutputBytes, maxProcesses, timeoutMs: job.timeoutMs };
}
