import { createRunner, type RunHandle } from '../../src/index.js';
import { createRunHandle } from '../../src/supervise/run-handle.js';
import type { Run } from './subject.js';

/** Leaves something everywhere that another run could look. */
export const PREDECESSOR = `
import builtins, sys
builtins.left = sys.left = left = 1
open('left.txt', 'w').write('left')
print('left')
`;

/** `runCode` by the warm engine: a pool of its own, in which another run was before. */
export const runWarm: Run = (code, inputData, policy, options): RunHandle =>
  createRunHandle(async (emit) => {
    // Options count as they are at the call, and here the call of the runner comes later.
    const given = copyOf(options);
    const runner = await createRunner({ policy, warm: { size: 2 } });
    try {
      // A policy may refuse it; nothing of it is looked at.
      await runner.run(PREDECESSOR).catch(() => undefined);
      const handle = runner.run(code, inputData, given);
      const [result] = await Promise.all([handle, forward(handle, emit)]);
      return result;
    } finally {
      await runner.close();
    }
  });

export async function forward(
  handle: RunHandle,
  emit: Parameters<Parameters<typeof createRunHandle>[0]>[0],
): Promise<void> {
  for await (const event of handle) emit(event);
}

/** A copy of plain data; what a test made to be refused stays as it is. */
export function copyOf<T>(options: T): T {
  if (
    typeof options !== 'object' ||
    options === null ||
    Object.getPrototypeOf(options) !== Object.prototype
  ) {
    return options;
  }
  const descriptors = Object.getOwnPropertyDescriptors(options);
  return Object.defineProperties(Object.create(Object.prototype), descriptors);
}
