import { openFileStore } from '../../collect/open-file-store.js';
import { createFileCollector } from '../../collect/collect-files.js';
import { FRAME } from '../../protocol/frame-kinds.js';
import type { Ending } from '../../result/ending.js';
import { makeRunDirectory } from '../../spawn/run-directory.js';
import { type SupervisorProcess, startSupervisor } from '../../spawn/start-supervisor.js';
import { cancelledEnding } from '../../supervise/cancelled-ending.js';
import { observeRun } from '../../supervise/observe-run.js';
import { superviseRun } from '../../supervise/supervise-run.js';
import type { Engine, RunOrder } from '../engine.js';
import { becomeReady } from './become-ready.js';

const RUN = 1;
/** How long a supervisor may clean up after its run before it is killed. */
const END_GRACE_MS = 5000;

/** One supervisor, one zygote, one worker, one run; when `run` resolves, nothing of it is left. */
export const oneshotEngine: Engine = { run: runOneshot };

async function runOneshot(order: RunOrder): Promise<Ending> {
  const { plan, job, callbacks } = order;
  const caps = { ...plan.limits, maxTotalBytes: plan.limits.diskBytes };
  const files = createFileCollector(caps, await openFileStore(job.outputDirectory));
  await using directory = await makeRunDirectory(plan.worker.workdir);
  const supervisor = startSupervisor(plan.supervisor);
  try {
    const context = { ...order, supervisor, run: RUN, files };
    const observation = observeRun(context);
    const launch = { plan, workers: 1, replenish: false, directory: directory.path };
    const ready = becomeReady(supervisor, callbacks.signal, observation);
    void supervisor.send(FRAME.plan, 0, Buffer.from(JSON.stringify(launch)));
    const layers = await ready;
    if (layers === 'cancelled') return await cancelledEnding(context, observation);
    return await superviseRun(context, observation, { level: plan.level, layers });
  } finally {
    await end(supervisor);
  }
}

async function end(supervisor: SupervisorProcess): Promise<void> {
  supervisor.close();
  const timer = setTimeout(() => supervisor.kill(), END_GRACE_MS);
  await supervisor.exited;
  clearTimeout(timer);
}
