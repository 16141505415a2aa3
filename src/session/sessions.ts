import { createKeepAlive } from '../engines/warm/keep-alive.js';
import { runnerClosed } from '../engines/warm/pool-closed.js';
import type { Plan } from '../plan/plan.js';
import { createCheckpoints } from './checkpoints.js';
import { openSession, type SessionMakings } from './open-session.js';
import type { Session } from './session.js';
import { sessionLimit } from './session-errors.js';
import type { Closer } from './session-life.js';
import { resolveSession } from './session-options.js';
import { type Place, type SessionTree, startSessionTree } from './session-tree.js';

/** The living sessions of one runner. Their first worker is started with the first of them. */
export interface Sessions {
  /** Throws `SESSION_LIMIT` or `RUNNER_CLOSED`. */
  open(options: unknown): Promise<Session>;
  readonly living: number;
  close(how: 'drain' | 'kill'): Promise<void>;
}

export interface SessionsOrders extends Pick<SessionMakings, 'policy' | 'offered' | 'log' | 'withFonts'> {
  readonly plan: Plan;
  readonly harness: Uint8Array;
  readonly maxSessions: number;
  /** Whether workers of the plan can share a tree; else each session has one of its own. */
  readonly sharesTree: boolean;
}

export function createSessions(orders: SessionsOrders): Sessions {
  const { plan, harness, maxSessions, sharesTree } = orders;
  const checkpoints = createCheckpoints();
  const alive = createKeepAlive();
  const closers = new Map<Place, Closer>();
  const leaving = new Set<Place>();
  const trees = new Set<SessionTree>();
  let shared: Promise<SessionTree> | null = null;
  let current: SessionTree | null = null;
  let living = 0;
  let isClosed = false;

  async function startTree(): Promise<SessionTree> {
    const tree = await startSessionTree({
      plan,
      harness,
      sessions: sharesTree ? maxSessions : 1,
      isShared: sharesTree,
    });
    trees.add(tree);
    if (sharesTree) current = tree;
    void tree.lost.then(() => retire(tree));
    return tree;
  }

  async function retire(tree: SessionTree): Promise<void> {
    // Another may have taken its place already.
    if (current === tree) current = shared = null;
    if (trees.delete(tree)) await tree.end();
  }

  function findTree(): Promise<SessionTree> {
    if (!sharesTree) return startTree();
    shared ??= startTree().catch((error: unknown) => {
      shared = null;
      throw error;
    });
    return shared;
  }

  /** Counts a place from its beginning to its end. `most` is the cap, which one that takes another's place may pass. */
  async function admit(close: Closer, most: number, make: () => Promise<Place>): Promise<Place> {
    if (isClosed) throw runnerClosed();
    if (living - leaving.size >= most) throw sessionLimit(maxSessions);
    living += 1;
    try {
      const place = await make();
      closers.set(place, close);
      void place.ended.then(() => {
        living -= 1;
        leaving.delete(place);
        closers.delete(place);
      });
      return place;
    } catch (error) {
      living -= 1;
      throw error;
    }
  }

  async function openIn(tree: SessionTree): Promise<Place> {
    const place = await tree.open().catch(async (error: unknown) => {
      await retire(tree);
      throw error;
    });
    void place.ended.then(() => (sharesTree ? undefined : retire(tree)));
    return place;
  }

  function openPlace(close: Closer): Promise<Place> {
    return admit(close, maxSessions, async () => {
      const before = shared;
      try {
        return await openIn(await findTree());
      } catch (error) {
        // One that served others may be lost in just this moment: that is no fault of who comes now.
        if (before === null || isClosed) throw error;
        return openIn(await findTree());
      }
    });
  }

  function forkPlace(close: Closer, origin: Place, purpose: 'beside' | 'instead'): Promise<Place> {
    return admit(close, maxSessions + (purpose === 'instead' ? 1 : 0), () => origin.fork());
  }

  function leavePlace(place: Place): void {
    if (place.end !== null) return;
    leaving.add(place);
    place.close('kill');
    void place.gone();
  }

  return {
    open: async (options) =>
      openSession(
        { ...orders, checkpoints, openPlace, forkPlace, leavePlace, hold: alive.during },
        resolveSession(options),
      ),
    get living() {
      return living - leaving.size;
    },
    async close(how) {
      isClosed = true;
      await alive.during(async () => {
        await Promise.all([...new Set(closers.values())].map((close) => close(how)));
        const started = await shared?.catch(() => null);
        if (started) trees.add(started);
        await Promise.all([...trees].map(retire));
      });
      alive.end();
    },
  };
}
