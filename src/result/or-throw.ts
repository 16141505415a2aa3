import type { RunResult, RunStatus } from './run-result.js';

/** Thrown by `orThrow` for a run that did not end well. `result` keeps the output, files and usage of the run. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';
  readonly status: RunStatus;
  readonly result: RunResult;

  constructor(result: RunResult) {
    super(result.error === null ? `the run ended as ${result.status}` : String(result.error));
    this.status = result.status;
    this.result = result;
  }
}

/**
 * Gives the result back when the run ended well, else throws `RunFailed`.
 *
 * @example
 * const { result } = orThrow(await runCode('6 * 7'));
 */
export function orThrow(result: RunResult): RunResult & { readonly ok: true } {
  if (endedWell(result)) return result;
  throw new RunFailed(result);
}

function endedWell(result: RunResult): result is RunResult & { readonly ok: true } {
  return result.ok;
}
