// Theory of operation. Runs of one fingerprint share one pool. The first run has a tree of its own, which is the quickest
// way to one result; the pool is started when another run comes, which then waits for it, or a moment after the first
// has ended, if there is room and the program goes on. There are few pools: for a further one that is asked for the
// least recently used is closed, unless all are at work or have just been; then the run has a tree of its own. A pool
// is closed when it was not used for a while, when the interpreter or a path that its jail opens was replaced, and
// when it cannot start. Then the next run is a first one again.
import type { HostFacts } from '../../host/host-facts.js';
import type { PathWatch } from '../../host/watch-paths.js';
import type { Plan } from '../../plan/plan.js';
import type { Ending } from '../../result/ending.js';
import { oneshotEngine } from '../oneshot/oneshot-engine.js';
import { openPool, sharesTree } from '../open-pool.js';
import type { PoolOrder, PoolSettings } from '../warm/pool.js';
import { cancelUnstarted, createSharedPool, type SharedPool } from './shared-pool.js';
import { watchReach } from './watch-reach.js';

export interface SharedPools {
  /** Runs in the pool of the fingerprint, or in a tree of its own where there can be none. */
  run(request: SharedRequest): Promise<Ending>;
  /** Pools that are open or opening. */
  readonly size: number;
  /** Closes all pools when their runs have ended; the next run opens one again. */
  close(): Promise<void>;
}

export interface SharedRequest {
  readonly fingerprint: string;
  readonly facts: HostFacts;
  /** Made only where there is no pool yet: it takes longer than a run. */
  readonly plan: () => Plan;
  readonly order: PoolOrder;
}

export interface SharingLimits {
  readonly mostPools: number;
  /** A pool that was not used for so long is closed. */
  readonly idleMs: number;
  /** One that was used within so long is not closed for another. */
  readonly keepMs: number;
  /** So long after a first run its pool is started. */
  readonly pauseMs: number;
  readonly pool: PoolSettings;
}

interface Member {
  readonly pool: SharedPool;
  readonly facts: HostFacts;
  readonly reach: PathWatch;
  readonly idleTimer: NodeJS.Timeout;
}

/** Fingerprints are remembered, so that a second run is known as such; the oldest is forgotten. */
const MOST_SEEN = 64;

export function createSharedPools(limits: SharingLimits): SharedPools {
  const { mostPools, idleMs, keepMs, pauseMs, pool: settings } = limits;
  const members = new Map<string, Member>();
  const closing = new Set<Promise<void>>();
  const seen = new Set<string>();

  function see(fingerprint: string): void {
    seen.add(fingerprint);
    const [oldest] = seen;
    if (seen.size > MOST_SEEN && oldest !== undefined) seen.delete(oldest);
  }

  function drop(fingerprint: string, { pool, idleTimer }: Member): void {
    members.delete(fingerprint);
    seen.delete(fingerprint);
    clearTimeout(idleTimer);
    const closed = pool.close().finally(() => closing.delete(closed));
    closing.add(closed);
  }

  /** The pool that fits; one that no longer does is closed. */
  function find({ fingerprint, facts }: SharedRequest): Member | null {
    const member = members.get(fingerprint);
    if (member === undefined) return null;
    // One that did not start while nobody waited is nobody's error.
    const isUsable = member.facts === facts && !(member.pool.busy === 0 && member.pool.isBroken);
    if (isUsable && member.reach.isUnchanged()) return member;
    drop(fingerprint, member);
    return null;
  }

  function makeRoom(): boolean {
    if (members.size < mostPools) return true;
    const resting = [...members]
      .filter(([, { pool }]) => pool.busy === 0 && performance.now() - pool.restingSince >= keepMs)
      .sort(([, one], [, two]) => one.pool.restingSince - two.pool.restingSince);
    const [oldest] = resting;
    if (oldest === undefined) return false;
    drop(...oldest);
    see(oldest[0]);
    return true;
  }

  function open({ fingerprint, facts }: SharedRequest, plan: Plan): Member {
    // Before anything is started: what is replaced from now on is seen.
    const reach = watchReach(plan);
    const pool = createSharedPool(plan, () => openPool(plan, facts, settings));
    const idleTimer = setTimeout(() => {
      if (pool.busy === 0) drop(fingerprint, member);
    }, idleMs);
    idleTimer.unref();
    const member: Member = { pool, facts, reach, idleTimer };
    members.set(fingerprint, member);
    return member;
  }

  async function use({ fingerprint, order }: SharedRequest, member: Member): Promise<Ending> {
    const isMember = (): boolean => members.get(fingerprint) === member;
    try {
      return await member.pool.run(order);
    } catch (error) {
      // The next run begins anew, as a cold one would, without the pauses of a pool that starts again and again.
      if (member.pool.isBroken && isMember()) drop(fingerprint, member);
      throw error;
    } finally {
      if (isMember()) member.idleTimer.refresh();
    }
  }

  /** A run in a tree of its own, after which there is a pool soon. */
  async function runFirst(request: SharedRequest, plan: Plan): Promise<Ending> {
    const { fingerprint, facts, order } = request;
    see(fingerprint);
    try {
      const ending = await oneshotEngine.run({ ...order, plan, harness: facts.harness.bundle });
      // A program that has nothing more to do ends meanwhile.
      setTimeout(() => {
        if (!seen.has(fingerprint) || members.has(fingerprint) || members.size >= mostPools) return;
        open(request, plan);
      }, pauseMs).unref();
      return ending;
    } catch (error) {
      if (!members.has(fingerprint)) seen.delete(fingerprint);
      throw error;
    }
  }

  return {
    run(request) {
      const { fingerprint, facts, order } = request;
      const member = find(request);
      if (member !== null) return use(request, member);
      const plan = request.plan();
      if (order.callbacks.signal?.aborted === true) return cancelUnstarted(plan, order);
      if (!sharesTree(plan)) return oneshotEngine.run({ ...order, plan, harness: facts.harness.bundle });
      if (seen.has(fingerprint) && makeRoom()) return use(request, open(request, plan));
      return runFirst(request, plan);
    },
    get size() {
      return members.size;
    },
    async close() {
      seen.clear();
      for (const [fingerprint, member] of [...members]) drop(fingerprint, member);
      while (closing.size > 0) await Promise.all(closing);
    },
  };
}
