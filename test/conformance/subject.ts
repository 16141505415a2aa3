import type { RunHandle, RunnerPolicy, RunOptions } from '../../src/index.js';
import { presets } from '../../src/index.js';
import type { IsolationLevel } from '../../src/policy/isolation-level.js';
import type { LevelHere } from './levels.js';

/** What an engine must offer to be held to the tables: `runCode`, or a runner that takes a policy with each run. */
export type Run = (
  code: string,
  inputData?: unknown,
  policy?: RunnerPolicy,
  options?: RunOptions,
) => RunHandle;

/** One engine at exactly one level. */
export interface Subject {
  readonly level: IsolationLevel;
  readonly noSubprocess: LevelHere['noSubprocess'];
  readonly run: Run;
}

/** Fixes the level, and blocks no import unless a row asks for it: the tables are about what the kernel holds. */
export function subjectAt({ level, noSubprocess }: LevelHere, run: Run): Subject {
  return {
    level,
    noSubprocess,
    run: (code, inputData, policy, options) =>
      run(code, inputData, { ...presets.agent, ...policy, isolation: { exactly: level } }, options),
  };
}
