// Theory of operation. A tree like that of a pool whose workers serve one session each. A session has a number of its
// own on the channel, given out here and never used again; its steps are runs with numbers of theirs. The supervisor
// says `opened` once, and `ended` once, after the end of the last step that began: a step that is under way when
// `ended` comes has not begun. Steps have their deadlines; every other order has one here, after which the tree is
// given up, and what waits for it is told.
import { type Launched, launch } from '../engines/launch.js';
import { startMs } from '../engines/limit-start.js';
import { describeExit, startDied, startGivenUp } from '../engines/start-failures.js';
import type { Seated, SeatedRun } from '../engines/warm/seats.js';
import type { PungiError } from '../errors/pungi-error.js';
import type { Plan } from '../plan/plan.js';
import { FRAME } from '../protocol/frame-kinds.js';
import type { Frame } from '../protocol/frames.js';
import { endedMessage, failedMessage, readyMessage, refusedMessage } from '../protocol/messages.js';
import type { IsolationLayers } from '../result/run-result.js';
import { createDeferred, type Deferred } from '../supervise/deferred.js';
import { insist } from '../supervise/insist.js';
import { readFailure } from '../supervise/read-failure.js';
import { readTrusted } from '../supervise/read-trusted.js';
import { runStep } from './run-step.js';
import { forkRefused, type SessionEnd, sessionEnded } from './session-errors.js';
import { type Touch, type Touched, type TouchSeat, touchFiles } from './touch-files.js';

export interface SessionTree {
  /** A worker for a session; rejects when none could be started. */
  open(): Promise<Place>;
  /** Resolves when the supervisor is gone. */
  readonly lost: Promise<void>;
  end(): Promise<void>;
}

/** The living worker of one session. */
export interface Place {
  /** Number of the session on the channel. */
  readonly number: number;
  /** Why the worker is gone; `null` while it lives. */
  readonly end: SessionEnd | null;
  readonly ended: Promise<SessionEnd>;
  /** `ended`, of a place that was closed or whose end is known: it is not waited for without bounds. */
  gone(): Promise<SessionEnd>;
  /** `null` when the worker was gone before the step began. */
  step(context: SeatedRun): Promise<Seated | null>;
  touch(touch: Touch): Promise<Touched | null>;
  /** A copy of the living worker, as it is between two steps. */
  fork(): Promise<Place>;
  /** Asks the worker to end: as a program does, or at once. */
  close(how: 'drain' | 'kill'): void;
}

/** What gets the frames of one run. */
export interface Listener {
  onFrame(frame: Frame): Promise<void> | null;
  /** The worker, or the whole tree, is gone. */
  lose(): void;
}

interface Opening {
  readonly opened: Deferred<IsolationLayers>;
  readonly ended: Deferred<SessionEnd>;
  readonly isBranch: boolean;
}

export interface TreeOrders {
  readonly plan: Plan;
  readonly harness: Uint8Array;
  /** How many may live at once; 1 for a tree that is one session's own. */
  readonly sessions: number;
  readonly isShared: boolean;
}

/** What the supervisor gives a branch, 5 s to come and 60 to be ready, and as much again as a close. */
const FORK_MS = 75_000;
/** Of a worker that is killed, after the second that it may take to end as a program does. */
const CLOSE_MS = 10_000;
const TOUCH_MS = 10_000;

export async function startSessionTree(orders: TreeOrders): Promise<SessionTree> {
  const { plan, harness, sessions, isShared } = orders;
  const launched = await launch(plan, harness, { workers: 1, replenish: isShared, sessions });
  launched.supervisor.unref();
  return serve(launched, plan);
}

function serve({ supervisor, end }: Launched, plan: Plan): SessionTree {
  const openings = new Map<number, Opening>();
  const listeners = new Map<number, Listener>();
  const lost = createDeferred<void>();
  let failure: PungiError | null = null;
  /** Why the tree is gone, by whoever knows best. */
  let why: string | null = null;
  let isGone = false;
  let hasOpened = false;
  let heardAt = 0;
  let sessions = 0;
  let runs = 0;

  supervisor.listen((frame) => {
    const { kind, run, payload } = frame;
    heardAt = performance.now();
    if (kind === FRAME.opened) {
      openings.get(run)?.opened.resolve(readTrusted(readyMessage, payload).layers);
    } else if (kind === FRAME.refused) {
      openings.get(run)?.opened.reject(forkRefused(readTrusted(refusedMessage, payload).reason));
    } else if (kind === FRAME.ended) {
      openings.get(run)?.ended.resolve({ kind: 'worker', report: readTrusted(endedMessage, payload) });
    } else if (run !== 0) {
      return listeners.get(run)?.onFrame(frame) ?? null;
    } else if (kind === FRAME.failed) {
      failure ??= readFailure(payload);
      why ??= readTrusted(failedMessage, payload).message;
    }
    return null;
  });
  void supervisor.exited.then((exit) => {
    isGone = true;
    failure ??= startDied(exit);
    const end: SessionEnd = { kind: 'lost', why: why ?? `it ended ${describeExit(exit)}` };
    for (const { opened, ended, isBranch } of openings.values()) {
      opened.reject(isBranch ? sessionEnded(end) : failure);
      ended.resolve(end);
    }
    for (const listener of listeners.values()) listener.lose();
    lost.resolve();
  });

  /** One that takes what it is sent is alive. */
  const heard: TouchSeat['supervisor'] = {
    async send(kind, run, payload) {
      await supervisor.send(kind, run, payload);
      heardAt = performance.now();
    },
  };
  const tree = {
    pid: supervisor.pid,
    giveUp(reason: string): void {
      why ??= reason;
      failure ??= startGivenUp(reason);
      supervisor.kill();
    },
  };

  /** Asks for a worker by a number of its own, and waits until it is there. */
  async function begin(isBranch: boolean, ask: (number: number) => void): Promise<Place> {
    sessions += 1;
    const number = sessions;
    const opening: Opening = { opened: createDeferred(), ended: createDeferred(), isBranch };
    openings.set(number, opening);
    try {
      if (isGone) throw failure;
      ask(number);
      supervisor.flush();
      const layers = await insist(
        tree,
        isBranch ? FORK_MS : startMs(plan, hasOpened),
        opening.opened.promise,
      );
      hasOpened = true;
      return placeOf(number, layers, opening);
    } catch (error) {
      openings.delete(number);
      throw error;
    }
  }

  function open(): Promise<Place> {
    return begin(false, (number) => void supervisor.send(FRAME.open, number, Buffer.from('{}')));
  }

  function fork(session: number): Promise<Place> {
    return begin(
      true,
      (branch) => void supervisor.send(FRAME.fork, session, Buffer.from(JSON.stringify({ branch }))),
    );
  }

  function placeOf(number: number, layers: IsolationLayers, { ended }: Opening): Place {
    const own = new Set<Listener>();
    const state: { end: SessionEnd | null } = { end: null };
    const gone = ended.promise.then((found) => {
      state.end = found;
      openings.delete(number);
      for (const listener of own) listener.lose();
      return found;
    });

    /** Gives the frames of one run to a listener, while `work` goes on. */
    async function attend<T>(listener: Listener, run: number, work: () => Promise<T>): Promise<T> {
      listeners.set(run, listener);
      own.add(listener);
      try {
        return await work();
      } finally {
        listeners.delete(run);
        own.delete(listener);
      }
    }

    const seat = {
      supervisor,
      isolation: { level: plan.level, layers },
      nextRun: () => {
        runs = (runs % 0xffff_ffff) + 1;
        return runs;
      },
      attend,
    };
    return {
      number,
      get end() {
        return state.end;
      },
      ended: gone,
      gone: () => insist(tree, CLOSE_MS, gone),
      step: async (context) => (state.end === null ? runStep(seat, context) : null),
      touch: async (touch) =>
        state.end === null
          ? insist(
              tree,
              TOUCH_MS,
              touchFiles({ ...seat, supervisor: heard }, number, plan.limits.diskBytes, touch),
              () => heardAt,
            )
          : null,
      fork: () => fork(number),
      close(how) {
        if (state.end === null)
          void supervisor.send(FRAME.close, number, Buffer.from(JSON.stringify({ how })));
      },
    };
  }

  return { open, lost: lost.promise, end };
}
