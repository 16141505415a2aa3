import { FRAME } from '../../protocol/frame-kinds.js';
import type { Frame } from '../../protocol/frames.js';
import { readyMessage } from '../../protocol/messages.js';
import type { IsolationLayers } from '../../result/run-result.js';
import type { SupervisorProcess } from '../../spawn/start-supervisor.js';
import { aborted } from '../../supervise/aborted.js';
import { createDeferred } from '../../supervise/deferred.js';
import { createLifetime } from '../../supervise/lifetime.js';
import type { Observation } from '../../supervise/observe-run.js';
import { readFailure } from '../../supervise/read-failure.js';
import { readTrusted } from '../../supervise/read-trusted.js';
import type { RunContext } from '../../supervise/run-context.js';
import { limitStart } from '../limit-start.js';
import { startDied } from '../start-failures.js';

/** Waits until a worker has proved its jail; from then on frames go to the observation. */
export async function becomeReady(
  supervisor: SupervisorProcess,
  { plan, callbacks }: Pick<RunContext, 'plan' | 'callbacks'>,
  observation: Observation,
): Promise<IsolationLayers | 'cancelled'> {
  const ready = createDeferred<IsolationLayers>();
  supervisor.listen((frame) => dispatch(frame, ready, observation));
  const losers = createLifetime();
  const late = createDeferred<never>();
  const timer = limitStart(plan, late.reject);
  try {
    return await Promise.race([
      ready.promise,
      late.promise,
      supervisor.exited.then((exit) => Promise.reject(startDied(exit))),
      aborted(callbacks.signal, losers).then((): 'cancelled' => 'cancelled'),
    ]);
  } finally {
    clearTimeout(timer);
    losers.end();
  }
}

function dispatch(
  frame: Frame,
  ready: { resolve(layers: IsolationLayers): void; reject(error: unknown): void },
  observation: Observation,
): Promise<void> | null {
  if (frame.run !== 0) return observation.onFrame(frame);
  if (frame.kind === FRAME.failed) ready.reject(readFailure(frame.payload));
  else ready.resolve(readTrusted(readyMessage, frame.payload).layers);
  return null;
}
