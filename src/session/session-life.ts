// Theory of operation. A session is a line of things to do, one at a time, and the place where they are done: a living
// worker. The place may be lost at any time; then all that waits is refused with the reason, until `reset` finds a new
// place. What is under way when a session is killed ends as `cancelled`.
import { createFileCollector } from '../collect/collect-files.js';
import { createMemoryStore } from '../collect/memory-store.js';
import { openFileStore } from '../collect/open-file-store.js';
import type { PoolOrder } from '../engines/warm/pool.js';
import type { Seated, SeatedRun } from '../engines/warm/seats.js';
import type { Job } from '../job/job.js';
import type { Plan } from '../plan/plan.js';
import { buildResult } from '../result/build-result.js';
import type { Ending } from '../result/ending.js';
import type { RunResult } from '../result/run-result.js';
import { aborted } from '../supervise/aborted.js';
import { cancelledEnding } from '../supervise/cancelled-ending.js';
import { createLifetime } from '../supervise/lifetime.js';
import { observeRun } from '../supervise/observe-run.js';
import { type SessionEnd, sessionEnded } from './session-errors.js';
import type { ResolvedSession } from './session-options.js';
import type { Place } from './session-tree.js';
import type { Touch, Touched } from './touch-files.js';
import { createTurns } from './turns.js';

/** Who gives a session its places, and wants to know about it. */
export interface SessionOwner {
  readonly plan: Plan;
  /** Counts against the cap on living sessions until the place has ended. */
  readonly openPlace: (close: Closer) => Promise<Place>;
  /** A copy of a place; `instead` of one that is to be closed for it. */
  readonly forkPlace: (close: Closer, origin: Place, purpose: 'beside' | 'instead') => Promise<Place>;
  /** Ends a place that another has taken the place of, which counts for it from now on. */
  readonly leavePlace: (place: Place) => void;
  /** Keeps Node alive while `work` goes on. */
  readonly hold: <T>(work: () => Promise<T>) => Promise<T>;
}

/** How the owner ends the session of a place. */
export type Closer = (how: 'drain' | 'kill') => Promise<void>;

export interface SessionLife {
  readonly state: 'alive' | 'ended';
  /** The job as the next step. */
  numbered(job: Job, keepInput: boolean): Job;
  step(order: PoolOrder, prepare?: ((job: Job) => Promise<Job>) | null): Promise<RunResult>;
  touch(touch: Touch): Promise<Touched>;
  reset(): Promise<void>;
  /** A life of its own for a copy of the living place. */
  fork(options: ResolvedSession): Promise<SessionLife>;
  /** Goes on in a copy of another's place, also when its own is lost. */
  restore(origin: SessionLife): Promise<void>;
  /** A copy of its place, for one whose own is closed for it; and how many steps led to it. */
  lend(close: Closer): Promise<{ readonly place: Place; readonly steps: number }>;
  close(how: 'drain' | 'kill'): Promise<void>;
}

/** Where a life begins: in an empty place, or in a copy of another's after so many steps. */
export interface Beginning {
  readonly open: (close: Closer) => Promise<Place>;
  readonly steps: number;
}

/** Places of one session that are ending since it was restored. */
const MOST_LEFT = 2;

export async function createSessionLife(
  owner: SessionOwner,
  { idleMs, graceMs }: ResolvedSession,
  beginning: Beginning,
): Promise<SessionLife> {
  const { plan, openPlace, forkPlace, leavePlace, hold } = owner;
  let place = await hold(() => beginning.open(close));
  let end: SessionEnd | null = null;
  let isClosed = false;
  let steps = beginning.steps;
  let idle: NodeJS.Timeout | undefined;
  let left: readonly Place[] = [];
  const turns = createTurns(waitIdle);

  const over = (): SessionEnd | null => end ?? place.end;

  function waitIdle(): void {
    clearTimeout(idle);
    if (over() !== null || idleMs === Number.POSITIVE_INFINITY) return;
    idle = setTimeout(retireIdle, idleMs);
    idle.unref();
  }

  function finish(why: SessionEnd, how: 'drain' | 'kill'): void {
    end ??= why;
    clearTimeout(idle);
    place.close(how);
  }

  /** Nobody may be there to wait for it. */
  function retireIdle(): void {
    finish({ kind: 'idle', idleMs }, 'drain');
    void place.gone();
  }

  /** Waits for its turn, does the work, and lets the next one begin. */
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(idle);
    const turn = turns.take();
    try {
      return await hold(async () => {
        await turn.come;
        return work();
      });
    } finally {
      turn.leave();
    }
  }

  function refuseAfterClose(): void {
    if (isClosed) throw sessionEnded(over() ?? { kind: 'closed' });
  }

  function refuseWhenOver(): void {
    const now = over();
    if (now !== null) throw sessionEnded(now);
  }

  async function seated(order: PoolOrder): Promise<SeatedRun> {
    const files = createFileCollector(plan.limits, await openFileStore(order.job.outputDirectory));
    const { keepInput } = order.job.step ?? { keepInput: false };
    return {
      ...order,
      plan,
      files,
      job: { ...order.job, step: { session: place.number, graceMs, keepInput } },
    };
  }

  async function runNow(order: PoolOrder, prepare: ((job: Job) => Promise<Job>) | null): Promise<RunResult> {
    refuseWhenOver();
    if (order.callbacks.signal?.aborted === true) return cancelled(order);
    const job = prepare === null ? order.job : await prepare(order.job);
    const found = await place.step(await seated({ ...order, job }));
    return conclude(found);
  }

  async function conclude(found: Seated | null): Promise<RunResult> {
    if (found !== null && !isLost(found.ending)) {
      // It is told right behind the answer; whoever has this result finds the session ended.
      if (found.ending.session === 'ended') await place.gone();
      return buildResult(found.ending);
    }
    const why = await place.gone();
    // While the supervisor lives it answers every step that has begun.
    if (found?.started === true && why.kind === 'lost') return buildResult(found.ending);
    throw sessionEnded(end ?? why);
  }

  async function cancelled(order: PoolOrder): Promise<RunResult> {
    const files = createFileCollector(plan.limits, createMemoryStore());
    const step = { session: place.number, graceMs, keepInput: true };
    const context = { ...order, plan, files, job: { ...order.job, step } };
    return buildResult(await cancelledEnding(context, observeRun(context)));
  }

  async function close(how: 'drain' | 'kill'): Promise<void> {
    isClosed = true;
    if (how === 'kill') finish({ kind: 'closed' }, 'kill');
    await inTurn(async () => {
      finish({ kind: 'closed' }, how);
      await place.gone();
    });
  }

  waitIdle();
  return {
    get state() {
      return over() === null && !isClosed ? 'alive' : 'ended';
    },
    numbered(job, keepInput) {
      steps += 1;
      const filename = job.entrypoint ?? `<step ${steps}>`;
      return { ...job, filename, step: { session: place.number, graceMs, keepInput } };
    },
    async step(order, prepare = null) {
      refuseAfterClose();
      const waiting = createLifetime();
      const work = inTurn(() => {
        waiting.end();
        return runNow(order, prepare);
      });
      const gaveUp = aborted(order.callbacks.signal, waiting).then(() => cancelled(order));
      try {
        // Aborted in the line, it leaves at once; its turn, when it comes, does nothing.
        return await Promise.race([work, gaveUp]);
      } finally {
        waiting.end();
        work.catch(() => undefined);
      }
    },
    async touch(touch) {
      refuseAfterClose();
      return await inTurn(async () => {
        const now = over();
        const touched = now === null ? await place.touch(touch) : null;
        if (touched === null) throw sessionEnded(now ?? over() ?? (await place.gone()));
        return touched;
      });
    },
    async reset() {
      refuseAfterClose();
      await inTurn(async () => {
        place.close('kill');
        await place.gone();
        place = await openPlace(close);
        end = null;
        steps = 0;
      });
    },
    async fork(options) {
      refuseAfterClose();
      return await inTurn(async () => {
        refuseWhenOver();
        const open = (closeBranch: Closer): Promise<Place> => forkPlace(closeBranch, place, 'beside');
        return await createSessionLife(owner, options, { open, steps });
      });
    },
    async restore(origin) {
      refuseAfterClose();
      await inTurn(async () => {
        left = left.filter((one) => one.end === null);
        // Restored again and again, a session has few more processes than it counts for.
        if (left.length >= MOST_LEFT) await left[0]?.gone();
        const copy = await origin.lend(close);
        const before = place;
        left = [...left, before];
        place = copy.place;
        end = null;
        steps = copy.steps;
        leavePlace(before);
      });
    },
    async lend(closeBorrower) {
      refuseAfterClose();
      return await inTurn(async () => {
        refuseWhenOver();
        return { place: await forkPlace(closeBorrower, place, 'instead'), steps };
      });
    },
    close,
  };
}

function isLost({ stop, end }: Ending): boolean {
  return stop === 'lost' && end === null;
}
