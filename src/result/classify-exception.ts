import type { Ending, OutcomeError } from './ending.js';
import type { RunStatus } from './run-result.js';

/** MemoryError and its subclasses in common packages, by their last name. */
const MEMORY_ERRORS: ReadonlySet<string> = new Set(['MemoryError', '_ArrayMemoryError', 'ArrowMemoryError']);

/** Numbers of Linux; macOS shares ENOSPC and EFBIG, which level `process` needs there. */
const EAGAIN = 11;
const EFBIG = 27;
const ENOSPC = 28;
const EDQUOT = 122;

/** EAGAIN also comes from non-blocking reads and locks: only a traceback that starts a process speaks of the limit. */
const STARTS_PROCESS =
  /\b(?:v?fork|forkpty|posix_spawnp?|spawn\w*|Popen|popen|subprocess|system|Process|\w*Pool|ProcessPoolExecutor|start)\b/;

/** The status of a run that ended in an uncaught exception. The exception's type has no other witness than the worker. */
export function classifyException(error: OutcomeError, ending: Ending): RunStatus {
  if (MEMORY_ERRORS.has(lastName(error.type))) return 'memory_limit';
  if (isDiskLimit(error, ending)) return 'disk_limit';
  if (isProcessLimit(error)) return 'process_limit';
  return 'error';
}

function isDiskLimit(error: OutcomeError, ending: Ending): boolean {
  if (error.errno === EFBIG) return true;
  // At level `full` the workdir is a tmpfs of the run's own; elsewhere a full disk may be the host's fault.
  const runsOwnDisk = ending.isolation.level === 'full' || ending.end?.diskFull === true;
  if (!runsOwnDisk) return false;
  return error.errno === ENOSPC || error.errno === EDQUOT || error.message === 'database or disk is full';
}

function isProcessLimit(error: OutcomeError): boolean {
  if (error.type === 'RuntimeError' && error.message === "can't start new thread") return true;
  const isEagain = error.errno === EAGAIN && (error.type === 'BlockingIOError' || error.type === 'OSError');
  return isEagain && STARTS_PROCESS.test(error.traceback);
}

function lastName(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}
