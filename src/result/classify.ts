import { acceptedOutcome } from './accepted-outcome.js';
import { classifyException } from './classify-exception.js';
import type { Ending, EndReport, StopReason } from './ending.js';
import type { RunStatus } from './run-result.js';
import { decodeWaitStatus } from './signals.js';

/** Reasons that the host itself decided: nothing that the worker sent can change them. */
const STATUS_BY_STOP: Readonly<Partial<Record<StopReason, RunStatus>>> = {
  timeout: 'timeout',
  cancelled: 'cancelled',
  memory: 'memory_limit',
  output: 'output_limit',
  disk: 'disk_limit',
  cpu: 'cpu_limit',
  processes: 'process_limit',
  lost: 'crashed',
};

/** The kernel counts CPU time by ticks, so that a kill at the limit may read as a little less. */
const NEAR_CPU_LIMIT = 0.95;
const NEAR_MEMORY_LIMIT = 0.95;

/** Signals by which a process dies whose allocation failed in C, or which the kernel ended for want of memory. */
const MEMORY_SIGNALS: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGKILL']);

/** How a run ended. Pure; the host's evidence first, the worker's claim only where no other witness can exist. */
export function classify(ending: Ending): RunStatus {
  const decided = STATUS_BY_STOP[ending.stop];
  if (decided !== undefined) return decided;
  if (ending.end?.oomKilled === true) return 'memory_limit';

  const outcome = acceptedOutcome(ending);
  if (outcome === null) return classifyDeath(ending);
  if (outcome.ending === 'ok') return 'ok';
  if (outcome.ending === 'blocked') return 'blocked';
  if (outcome.ending === 'exit') return outcome.exitCode === 0 ? 'ok' : 'error';
  return outcome.error === null ? 'crashed' : classifyException(outcome.error, ending);
}

function classifyDeath({ stop, end, limits }: Ending): RunStatus {
  // After an outcome frame, even an unreadable one, the supervisor kills the worker: that signal says nothing.
  if (stop !== 'exited' || end === null || end.waitStatus === null) return 'crashed';
  const { signal } = decodeWaitStatus(end.waitStatus);
  if (signal === null) return 'crashed';
  if (signal === 'SIGXCPU') return 'cpu_limit';
  if (signal === 'SIGKILL' && end.cpuMs >= limits.cpuSeconds * 1000 * NEAR_CPU_LIMIT) return 'cpu_limit';
  if (signal === 'SIGXFSZ' || (signal === 'SIGBUS' && end.diskFull)) return 'disk_limit';
  if (MEMORY_SIGNALS.has(signal) && isNearMemoryLimit(end, limits.memoryBytes)) return 'memory_limit';
  return 'crashed';
}

function isNearMemoryLimit(end: EndReport, memoryBytes: number): boolean {
  return end.peakMemoryKb * 1024 >= memoryBytes * NEAR_MEMORY_LIMIT;
}
