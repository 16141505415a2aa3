import { acceptedOutcome, interruptedOutcome } from './accepted-outcome.js';
import type { Ending, EndingLimits, Outcome, OutcomeError } from './ending.js';
import { formatBytes, formatSeconds } from './quantities.js';
import { createRunError } from './run-error.js';
import type { RunError, RunStatus } from './run-result.js';
import { decodeWaitStatus, describeSignal } from './signals.js';

/** The error of a run: Python's own where there is one, else a word and a sentence that names the policy field. */
export function describeEnding(status: RunStatus, ending: Ending): RunError | null {
  if (status === 'ok') return null;
  const outcome = acceptedOutcome(ending);
  const suggestion = SUGGESTIONS[status]?.(ending.limits, ending) ?? null;
  if (outcome?.error) return fromException(outcome.error, suggestion);
  const { type, message } = describeWithoutException(status, ending, outcome);
  const place = interruptedOutcome(ending)?.error;
  return createRunError({
    type,
    message,
    traceback: place?.traceback ?? '',
    line: place?.line ?? null,
    column: place?.column ?? null,
    excerpt: place?.excerpt ?? null,
    suggestion,
  });
}

/** For limits the sentence with this policy's figures; the worker knows no figures. */
const SUGGESTIONS: Readonly<Partial<Record<RunStatus, (limits: EndingLimits, ending: Ending) => string>>> = {
  timeout: () => 'Raise timeoutSeconds, or do less work in one run.',
  cpu_limit: () => 'Raise cpuSeconds, or do less work in one run.',
  memory_limit: (limits) =>
    `Raise memoryLimitMb (now ${formatBytes(limits.memoryBytes)}), or work on smaller pieces of the data.`,
  output_limit: () => 'Print less, write it to a file, or raise maxOutputKb.',
  disk_limit: (limits) => `Raise diskLimitMb (now ${formatBytes(limits.diskBytes)}), or write less.`,
  process_limit: (limits, ending) =>
    isFirstRefused(ending)
      ? `Level '${ending.isolation.level}' starts no process without allowSubprocess: true; threads are allowed.`
      : `Raise maxProcesses (now ${limits.maxProcesses}, threads counted), or start fewer at once.`,
};

/** Where the worker has proved that it can make none, no limit was reached; threads are still made, and counted. */
function isFirstRefused(ending: Ending): boolean {
  const startedThread = acceptedOutcome(ending)?.error?.type === 'RuntimeError';
  return ending.stop !== 'processes' && !startedThread && ending.isolation.layers.proofs.includes('fork');
}

function fromException(error: OutcomeError, suggestion: string | null): RunError {
  return createRunError({ ...error, suggestion: suggestion ?? error.suggestion });
}

interface Description {
  readonly type: string;
  readonly message: string;
}

function describeWithoutException(status: RunStatus, ending: Ending, outcome: Outcome | null): Description {
  const { limits } = ending;
  const what = ending.session === 'alive' ? 'step was interrupted' : 'run was ended';
  switch (status) {
    case 'timeout':
      return {
        type: 'Timeout',
        message: `the ${what} after ${formatSeconds(limits.timeoutMs)} (timeoutSeconds)`,
      };
    case 'cpu_limit':
      return {
        type: 'CpuLimit',
        message: `the run used up its ${formatSeconds(limits.cpuSeconds * 1000)} of CPU time (cpuSeconds)`,
      };
    case 'memory_limit':
      return {
        type: 'MemoryLimit',
        message: `the run needed more than its ${formatBytes(limits.memoryBytes)} of memory (memoryLimitMb)`,
      };
    case 'output_limit':
      return {
        type: 'OutputLimit',
        message: `the run wrote far more output than the ${formatBytes(limits.maxOutputBytes)} kept of a stream (maxOutputKb)`,
      };
    case 'disk_limit':
      return {
        type: 'DiskLimit',
        message: `the run used up its ${formatBytes(limits.diskBytes)} of disk (diskLimitMb)`,
      };
    case 'cancelled':
      return { type: 'Cancelled', message: `the ${what} by the abort signal of the caller` };
    case 'blocked':
      return { type: 'Blocked', message: outcome?.denials[0]?.message ?? 'the policy refused the code' };
    case 'error':
      return { type: 'SystemExit', message: String(outcome?.exitCode ?? 1) };
    case 'process_limit':
      return {
        type: 'ProcessLimit',
        message: `the run had more than its ${limits.maxProcesses} processes and threads (maxProcesses)`,
      };
    case 'crashed':
    case 'ok':
      return { type: 'Crashed', message: describeCrash(ending) };
  }
}

function describeCrash({ stop, end, outcome }: Ending): string {
  if (end === null) return 'the supervisor of the run was lost before the run ended';
  if (stop === 'lost') return 'the Python process broke or closed the channel on which it reports the run';
  if (stop === 'exited' && end !== null && end.waitStatus !== null) {
    const { exitCode, signal } = decodeWaitStatus(end.waitStatus);
    if (signal !== null) return `the Python process was ended by ${describeSignal(signal)}`;
    return `the Python process ended abruptly with exit code ${exitCode}, before the program was done (as os._exit does)`;
  }
  const reason =
    outcome === null ? 'none arrived' : 'invalid' in outcome ? outcome.invalid : 'it contradicts itself';
  return `the Python process gave no usable report of the run: ${reason}`;
}
