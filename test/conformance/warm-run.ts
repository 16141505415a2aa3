import { createRunner, type RunHandle } from '../../src/index.js';
import { createRunHandle } from '../../src/supervise/run-handle.js';
import type { Run } from './subject.js';

/** Leaves something everywhere that another run could look. */
const PREDECESSOR = `
import builtins, sys
builtins.left = sys.left = left = 1
open('left.txt', 'w').write('left')
print('left')
`;

/** `runCode` by the warm engine: a pool of its own, in which another run was before. */
export const runWarm: Run = (code, inputData, policy, options): RunHandle =>
  createRunHandle(async (emit) => {
    const runner = await createRunner({ policy, warm: { size: 2 } });
    try {
      await runner.run(PREDECESSOR);
      const handle = runner.run(code, inputData, options);
      const [result] = await Promise.all([handle, forward(handle, emit)]);
      return result;
    } finally {
      await runner.close();
    }
  });

async function forward(
  handle: RunHandle,
  emit: Parameters<Parameters<typeof createRunHandle>[0]>[0],
): Promise<void> {
  for await (const event of handle) emit(event);
}
