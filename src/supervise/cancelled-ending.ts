import type { Ending } from '../result/ending.js';
import { endingLimits } from './ending-limits.js';
import type { Observation } from './observe-run.js';
import type { RunContext } from './run-context.js';

/** A run that was aborted before any worker was ready: nothing was proved and no user code ran. */
export async function cancelledEnding(
  context: Omit<RunContext, 'supervisor' | 'run'>,
  observation: Observation,
): Promise<Ending> {
  const { plan, askedAt } = context;
  const { streams, collected, shown, conducted } = await observation.finish();
  return {
    stop: 'cancelled',
    end: null,
    outcome: null,
    streams,
    files: collected.files,
    filesLeftOut: [],
    displays: shown.displays,
    metadata: shown.metadata,
    displayNotes: shown.notes,
    calls: conducted.calls,
    isolation: {
      level: plan.level,
      layers: {
        namespaces: [],
        landlock: 0,
        seccomp: 'off',
        noNewPrivileges: false,
        capabilities: 'kept',
        ids: 'no worker was started',
        rlimits: [],
        cgroup: null,
        proofs: [],
      },
    },
    waitMs: performance.now() - askedAt,
    wallMs: 0,
    limits: endingLimits(context),
    session: context.job.step === null ? null : 'alive',
  };
}
