// Theory of operation. One supervisor serves many runs at once over one channel. Its frames bear the number of their
// run and are handed to that run's observation; frames of a run that ended are late and dropped. A `ready` frame says
// that one more worker waits; a run that is sent takes one. Each run sees the supervisor through a view of its own,
// which knows whether the job was sent: a run whose job was not has not started, whatever became of the supervisor.
import { PungiError } from '../../errors/pungi-error.js';
import type { Plan } from '../../plan/plan.js';
import { FRAME } from '../../protocol/frame-kinds.js';
import type { Frame } from '../../protocol/frames.js';
import type { SupervisorExit } from '../../spawn/start-supervisor.js';
import { answersTo } from '../../supervise/answers-to.js';
import { createDeferred } from '../../supervise/deferred.js';
import { type Observation, observeRun } from '../../supervise/observe-run.js';
import { readFailure } from '../../supervise/read-failure.js';
import { superviseRun } from '../../supervise/supervise-run.js';
import { type Launched, launch } from '../launch.js';
import { limitStart } from '../limit-start.js';
import { describeExit, noMoreWorkers, startDied } from '../start-failures.js';
import { createLayersReader } from './read-layers.js';
import { createRunView, type RunView } from './run-view.js';
import type { Seated, SeatedRun, Seats } from './seats.js';

/** A tree never keeps Node alive by itself: who waits for it does. */
export interface WarmTree extends Seats {
  readonly busy: number;
  /** Runs taken so far. */
  readonly taken: number;
  readonly startedAt: number;
  /** Ends what is there of it; runs that go on are lost. */
  end(): Promise<void>;
}

export interface TreeOrders {
  readonly plan: Plan;
  readonly harness: Uint8Array;
  readonly size: number;
  /** A worker became ready for the first time. */
  readonly onFork: () => void;
  /** There may be room: a worker became ready, or a run ended. */
  readonly onRoom: () => void;
  /** The supervisor ended, wanted or not; runs that went on have been told. */
  readonly onLost: (why: string) => void;
}

/** A worker for one that was taken is there in milliseconds. */
const WORKER_TIMEOUT_MS = 5000;
const MOST_RUN_NUMBER = 0xffff_ffff;

/** Starts a tree; resolves when its first worker is ready, and rejects with nothing left of it. */
export async function startTree(orders: TreeOrders): Promise<WarmTree> {
  const { plan } = orders;
  const launched = await launch(plan, orders.harness, { workers: orders.size, replenish: true });
  launched.supervisor.unref();
  const first = createDeferred<void>();
  const tree = serve(launched, orders, first);
  const timer = limitStart(plan, first.reject);
  timer.unref();
  try {
    await first.promise;
    return tree;
  } catch (error) {
    await tree.end();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

interface Active {
  readonly observation: Observation;
  readonly view: RunView;
}

function serve(
  { supervisor, end }: Launched,
  { onFork, onRoom, onLost }: TreeOrders,
  first: { resolve(): void; reject(error: unknown): void },
): WarmTree {
  const active = new Map<number, Active>();
  const layers = createLayersReader();
  let failure: PungiError | null = null;
  let lost: SupervisorExit | null = null;
  let ready = 0;
  let busy = 0;
  let taken = 0;
  let starving: NodeJS.Timeout | undefined;

  /** With no worker left and none at work, only the supervisor can change anything. */
  function watchForWorkers(): void {
    clearTimeout(starving);
    starving = undefined;
    if (ready > 0 || busy > 0 || lost !== null) return;
    starving = setTimeout(() => {
      failure ??= noMoreWorkers(WORKER_TIMEOUT_MS);
      supervisor.kill();
    }, WORKER_TIMEOUT_MS);
    starving.unref();
  }

  function onOwnFrame({ kind, payload }: Frame): void {
    if (kind === FRAME.ready) {
      layers.push(payload);
      ready += 1;
      if (starving !== undefined) watchForWorkers();
      onFork();
      first.resolve();
      onRoom();
    } else if (kind === FRAME.failed) {
      failure ??= readFailure(payload);
    } else {
      throw new PungiError('SANDBOX_FAILED', `The supervisor sent a frame of kind ${kind} of its own.`);
    }
  }

  supervisor.listen((frame) => {
    if (frame.run !== 0) return active.get(frame.run)?.observation.onFrame(frame) ?? null;
    onOwnFrame(frame);
    return null;
  });
  void supervisor.exited.then((exit) => {
    lost = exit;
    ready = 0;
    first.reject(failure ?? startDied(exit));
    clearTimeout(starving);
    for (const { view } of active.values()) view.lose(exit);
    onLost(failure?.message ?? `The supervisor ended ${describeExit(exit)}`);
  });

  async function supervise(context: SeatedRun, run: number): Promise<Seated> {
    const view = createRunView(supervisor);
    if (lost !== null) view.lose(lost);
    const observation = observeRun(context, answersTo(supervisor, run));
    active.set(run, { observation, view });
    try {
      const isolation = { level: context.plan.level, layers: layers.layers };
      const ending = await superviseRun(
        { ...context, supervisor: view.supervisor, run },
        observation,
        isolation,
      );
      const isLost = ending.stop === 'lost' && ending.end === null;
      return { ending, started: !isLost || view.isJobSent() };
    } finally {
      active.delete(run);
    }
  }

  return {
    get ready() {
      return ready;
    },
    get busy() {
      return busy;
    },
    get taken() {
      return taken;
    },
    startedAt: performance.now(),
    end,
    async run(prepare) {
      ready -= 1;
      busy += 1;
      taken = (taken % MOST_RUN_NUMBER) + 1;
      try {
        const number = taken;
        const context = await prepare().catch((error: unknown) => {
          // The worker was not used.
          if (lost === null) ready += 1;
          throw error;
        });
        return await supervise(context, number);
      } finally {
        busy -= 1;
        if (ready === 0 && busy === 0) watchForWorkers();
        onRoom();
      }
    },
  };
}
