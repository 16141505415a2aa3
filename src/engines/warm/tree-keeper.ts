// Theory of operation. One tree is current and takes runs. When it is lost, another is started, after a pause that
// doubles with each start and is forgotten once a tree has lived for a while. After several starts in a row have failed
// the keeper gives up until it is asked again. A tree that has served its time is replaced: the new one starts beside
// it, takes its place when it is ready, and the old one ends when its last run has.
import { setTimeout as sleep } from 'node:timers/promises';
import { restartPauseMs, STEADY_MS } from './restart-pause.js';
import { startTree, type TreeOrders, type WarmTree } from './warm-tree.js';

export interface TreeKeeper {
  readonly current: WarmTree | null;
  readonly restarts: number;
  /** Why the last tree was lost. */
  readonly lastLoss: string | null;
  readonly forks: number;
  /** Sees to it that there is a tree, or soon will be. */
  wake(): void;
  /** Replaces a tree that has served its time. */
  review(): void;
  /** Ends all trees, with the runs in them, and waits until nothing is left. */
  end(): Promise<void>;
}

export interface KeeperOrders extends Pick<TreeOrders, 'plan' | 'harness' | 'size' | 'onRoom'> {
  readonly zygoteMaxRuns: number;
  readonly zygoteMaxAgeMs: number;
  readonly onStarting: () => void;
  readonly onOpen: () => void;
  readonly onLost: (why: string) => void;
  /** Several starts in a row have failed; `wake` tries again. */
  readonly onBroken: (error: unknown) => void;
}

/** The very first start is tried once: its failure is the caller's to see. */
const MOST_STARTS = 4;

export function createTreeKeeper(orders: KeeperOrders): TreeKeeper {
  const trees = new Set<WarmTree>();
  const unfinished = new Set<Promise<unknown>>();
  const closing = new AbortController();
  let current: WarmTree | null = null;
  let isStarting = false;
  let isReplacing = false;
  let ageTimer: NodeJS.Timeout | undefined;
  let adopted = 0;
  let restarts = 0;
  let lastLoss: string | null = null;
  let troubles = 0;
  let forks = 0;

  function track(work: Promise<unknown>): void {
    const done = work.catch(() => undefined).finally(() => unfinished.delete(done));
    unfinished.add(done);
  }

  /** Rejects when no tree came of it; one that was lost at once is not among `trees`. */
  async function start(): Promise<WarmTree> {
    const life: { tree: WarmTree | null; isLost: boolean } = { tree: null, isLost: false };
    const tree = await startTree({
      ...orders,
      onFork: () => {
        forks += 1;
      },
      onRoom: () => onRoom(life.tree),
      onLost: (why) => {
        life.isLost = true;
        onLost(life.tree, why);
      },
    });
    life.tree = tree;
    trees.add(tree);
    if (life.isLost || closing.signal.aborted) retire(tree);
    return tree;
  }

  function onRoom(tree: WarmTree | null): void {
    if (tree === current) orders.onRoom();
    else if (tree !== null && tree.busy === 0) retire(tree);
  }

  function onLost(tree: WarmTree | null, why: string): void {
    if (tree === null) return;
    retire(tree);
    if (tree !== current) return;
    current = null;
    lastLoss = why;
    orders.onLost(why);
    clearTimeout(ageTimer);
    if (performance.now() - tree.startedAt > STEADY_MS) troubles = 0;
    wake();
  }

  function retire(tree: WarmTree): void {
    if (trees.delete(tree)) track(tree.end());
  }

  function adopt(tree: WarmTree): void {
    const old = current;
    current = tree;
    adopted += 1;
    clearTimeout(ageTimer);
    ageTimer = setTimeout(review, orders.zygoteMaxAgeMs);
    ageTimer.unref();
    if (old !== null && old.busy === 0) retire(old);
    orders.onOpen();
    orders.onRoom();
  }

  async function bringUp(): Promise<void> {
    try {
      const tree = await startAnew(adopted === 0 ? 1 : MOST_STARTS);
      isStarting = false;
      if (closing.signal.aborted) return;
      if (adopted > 0) restarts += 1;
      if (trees.has(tree)) adopt(tree);
      else wake();
    } catch (error) {
      isStarting = false;
      if (!closing.signal.aborted) orders.onBroken(error);
    }
  }

  async function startAnew(mostStarts: number): Promise<WarmTree> {
    for (let starts = 1; ; starts += 1) {
      await sleep(restartPauseMs(troubles), undefined, { signal: closing.signal, ref: false });
      troubles += 1;
      try {
        return await start();
      } catch (error) {
        if (starts >= mostStarts) throw error;
      }
    }
  }

  function wake(): void {
    if (current !== null || isStarting || closing.signal.aborted) return;
    isStarting = true;
    orders.onStarting();
    track(bringUp());
  }

  async function replace(old: WarmTree): Promise<void> {
    try {
      const tree = await start();
      if (closing.signal.aborted) return;
      // Meanwhile the old one may have been lost, and another taken its place.
      if (current === old && trees.has(tree)) adopt(tree);
      else retire(tree);
    } catch {
      // The old one serves on; the next review tries again after a while.
      await sleep(STEADY_MS, undefined, { signal: closing.signal, ref: false });
    } finally {
      isReplacing = false;
    }
  }

  function review(): void {
    const tree = current;
    if (tree === null || isReplacing || closing.signal.aborted) return;
    const ageMs = performance.now() - tree.startedAt;
    if (tree.taken < orders.zygoteMaxRuns && ageMs < orders.zygoteMaxAgeMs) return;
    isReplacing = true;
    track(replace(tree));
  }

  return {
    get current() {
      return current;
    },
    get restarts() {
      return restarts;
    },
    get lastLoss() {
      return lastLoss;
    },
    get forks() {
      return forks;
    },
    wake,
    review,
    async end() {
      closing.abort();
      clearTimeout(ageTimer);
      current = null;
      for (const tree of [...trees]) retire(tree);
      while (unfinished.size > 0) await Promise.all(unfinished);
    },
  };
}
