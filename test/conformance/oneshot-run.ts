import { runCode } from '../../src/index.js';
import type { Run } from './subject.js';
import { copyOf } from './warm-run.js';

/** `runCode` with a process tree for each run. */
export const runOneshot: Run = (code, inputData, policy, options) =>
  runCode(code, inputData, policy, withOneshot(options));

/** What a test made to be refused stays as it is. */
function withOneshot(options: Parameters<Run>[3]): Parameters<Run>[3] {
  if (options === undefined) return { oneshot: true };
  const copy = copyOf(options);
  return copy === options
    ? options
    : Object.defineProperty(copy, 'oneshot', { value: true, enumerable: true });
}
