import { afterAll, beforeAll } from 'vitest';
import {
  createRunner,
  presets,
  type Runner,
  type RunnerOptions,
  type RunnerPolicy,
} from '../../src/index.js';
import { WARM_LEVELS } from '../engines/warm/levels.js';

export { WARM_LEVELS };

/** One runner for the tests of a level, made before and closed after them. */
export function useRunner(policy: RunnerPolicy, options: Omit<RunnerOptions, 'policy'> = {}): () => Runner {
  const holder: { runner: Runner | null } = { runner: null };
  beforeAll(async () => {
    holder.runner = await createRunner({
      warm: { size: 1 },
      ...options,
      policy: { ...presets.agent, timeoutSeconds: 10, ...policy },
    });
  });
  afterAll(() => holder.runner?.close('kill'));
  return () => {
    if (holder.runner === null) throw new Error('The runner was not made.');
    return holder.runner;
  };
}

/** What a step came to, as tests compare it. */
export const brief = ({
  status,
  session,
  result,
}: {
  status: string;
  session: unknown;
  result: unknown;
}): unknown[] => [status, session, result];
