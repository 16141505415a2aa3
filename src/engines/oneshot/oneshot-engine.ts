import { createFileCollector } from '../../collect/collect-files.js';
import { openFileStore } from '../../collect/open-file-store.js';
import type { Ending } from '../../result/ending.js';
import { answersTo } from '../../supervise/answers-to.js';
import { cancelledEnding } from '../../supervise/cancelled-ending.js';
import { observeRun } from '../../supervise/observe-run.js';
import type { RunContext } from '../../supervise/run-context.js';
import { beginRun, watchRun } from '../../supervise/supervise-run.js';
import type { Engine, RunOrder } from '../engine.js';
import { launch } from '../launch.js';
import { becomeReady } from './become-ready.js';

const RUN = 1;

/** One supervisor, one zygote, one worker, one run; when `run` resolves, nothing of it is left. */
export const oneshotEngine: Engine = { run: runOneshot };

async function runOneshot(order: RunOrder): Promise<Ending> {
  const { plan, job, harness } = order;
  const files = createFileCollector(plan.limits, await openFileStore(job.outputDirectory));
  return runInOwnTree({ ...order, files }, harness);
}

/** The same for a run whose files are open already. */
export async function runInOwnTree(
  own: Omit<RunContext, 'supervisor' | 'run'>,
  harness: Uint8Array,
): Promise<Ending> {
  const { plan } = own;
  const launched = await launch(plan, harness, { workers: 1, replenish: false });
  try {
    const context = { ...own, supervisor: launched.supervisor, run: RUN };
    const observation = observeRun(context, answersTo(launched.supervisor, RUN));
    // The tree has no other run that could see it: the job may wait there for its worker.
    const begun = beginRun(context);
    const layers = await becomeReady(launched.supervisor, own, observation);
    if (layers !== 'cancelled')
      return await watchRun(context, observation, { level: plan.level, layers }, begun);
    begun.losers.end();
    return await cancelledEnding(context, observation);
  } finally {
    await launched.end();
  }
}
