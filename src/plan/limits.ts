import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import type { LimitOrders } from './plan.js';

export function orderLimits(policy: ResolvedPolicy): LimitOrders {
  return {
    cpuSeconds: policy.cpuSeconds,
    memoryBytes: policy.memoryBytes,
    maxProcesses: policy.maxProcesses,
    maxOutputBytes: policy.maxOutputBytes,
    maxResultBytes: policy.maxResultBytes,
    maxFileBytes: policy.maxFileBytes,
    maxFiles: policy.maxFiles,
    maxDisplays: policy.maxDisplays,
    maxDisplayBytes: policy.maxDisplayBytes,
    diskBytes: policy.diskBytes,
  };
}
