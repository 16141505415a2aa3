import { constants } from 'node:os';
import type { RunResult, RunStatus } from '../result/run-result.js';

export interface ExitCodeRow {
  readonly code: number;
  readonly meaning: string;
}

/** Every exit code of the command line that is not the program's own; a code of `sys.exit` is passed on. */
export const EXIT_CODES = {
  ok: { code: 0, meaning: 'the program ended well' },
  error: { code: 1, meaning: 'a Python exception, or an abrupt end' },
  usage: { code: 2, meaning: 'bad usage: an option, a file, the policy or the input; nothing was run' },
  blocked: { code: 3, meaning: 'the policy refused the code' },
  sandbox: { code: 70, meaning: 'the sandbox, or a Python for it, is not to be had here' },
  process_limit: { code: 75, meaning: 'too many processes or threads' },
  timeout: { code: 124, meaning: 'the wall-clock limit, as timeout(1) has it' },
  cancelled: { code: 130, meaning: 'cancelled, by Ctrl-C (143 by SIGTERM, 129 by SIGHUP)' },
  memory_limit: { code: 137, meaning: 'the memory limit' },
  output_limit: { code: 141, meaning: 'a flood of output, or nobody reads it any more' },
  cpu_limit: { code: 152, meaning: 'the CPU limit' },
  disk_limit: { code: 153, meaning: 'the disk limit' },
  crashed: { code: 128, meaning: 'plus n: signal n ended the process, 139 for a segmentation fault' },
} as const satisfies Record<RunStatus | 'usage' | 'sandbox', ExitCodeRow>;

/** What `pungi run` exits with for a run that took place. */
export function exitCodeOf(result: RunResult): number {
  if (result.status === 'error') return nonZero(result.exitCode);
  if (result.status === 'crashed') return crashCode(result);
  return EXIT_CODES[result.status].code;
}

/** The exit code of a command that a signal ended: 130 for SIGINT. */
export function signalExitCode(signal: NodeJS.Signals): number {
  return EXIT_CODES.crashed.code + constants.signals[signal];
}

function crashCode({ signal, exitCode }: RunResult): number {
  if (signal === null) return nonZero(exitCode);
  const number = Object.entries(constants.signals).find(([name]) => name === signal)?.[1];
  return number === undefined ? EXIT_CODES.error.code : EXIT_CODES.crashed.code + number;
}

/** A run that did not end well never looks as if it had: `os._exit(0)` before the end is no success. */
function nonZero(exitCode: number | null): number {
  return exitCode === null || exitCode === 0 ? EXIT_CODES.error.code : exitCode;
}
