// Theory of operation. The thread behind `runCodeSync`: it has an event loop where the caller's stands still. It takes
// one order at a time, runs it by the oneshot engine, puts the answer into the port that came with the order, and only
// then wakes the caller. Whatever goes wrong is an answer as well: a caller without one would wait for ever.
import { parentPort, workerData } from 'node:worker_threads';
import { needsFontList, withFontList } from '../engines/font-list.js';
import { oneshotEngine } from '../engines/oneshot/oneshot-engine.js';
import { hostFacts } from '../host/default-host.js';
import { checkCallbacks } from '../job/check-callbacks.js';
import { currentPathBase } from '../job/path-base.js';
import { buildPlan } from '../plan/build-plan.js';
import type { Ending } from '../result/ending.js';
import type { SyncAnswer, SyncOrder, SyncRequest } from './messages.js';
import { packError } from './packed-error.js';

const open = new Set<SyncRequest>();

parentPort?.on('message', (request: SyncRequest) => {
  open.add(request);
  run(request.order).then(
    (ending) => answer(request, { kind: 'ending', ending }),
    (error: unknown) => answer(request, { kind: 'error', error: packError(error) }),
  );
});

if (workerData instanceof Int32Array) {
  Atomics.store(workerData, 0, 1);
  Atomics.notify(workerData, 0);
}

// A fault of ours outside any promise ends the thread: who waits is told first.
process.on('uncaughtExceptionMonitor', (error) => {
  for (const request of open) answer(request, { kind: 'error', error: packError(error) });
});

async function run({ policy, job, askedAtMs }: SyncOrder): Promise<Ending> {
  const facts = await hostFacts(policy.pythonExecutable);
  const base = await currentPathBase(policy);
  const plan = buildPlan(policy, facts, [], base);
  return oneshotEngine.run({
    plan,
    harness: facts.harness.bundle,
    job: needsFontList(job) ? await withFontList(job, facts, base, plan.level, null) : job,
    callbacks: checkCallbacks(undefined),
    askedAt: askedAtMs - performance.timeOrigin,
    emit: () => undefined,
  });
}

function answer(request: SyncRequest, message: SyncAnswer): void {
  if (!open.delete(request)) return;
  try {
    request.port.postMessage(message);
  } catch (error) {
    request.port.postMessage({ kind: 'error', error: packError(error) });
  }
  request.port.close();
  Atomics.store(request.done, 0, 1);
  Atomics.notify(request.done, 0);
}
