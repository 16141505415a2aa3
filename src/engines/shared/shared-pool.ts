import { createFileCollector } from '../../collect/collect-files.js';
import { createMemoryStore } from '../../collect/memory-store.js';
import type { Plan } from '../../plan/plan.js';
import type { Ending } from '../../result/ending.js';
import { aborted } from '../../supervise/aborted.js';
import { cancelledEnding } from '../../supervise/cancelled-ending.js';
import { createLifetime } from '../../supervise/lifetime.js';
import { observeRun } from '../../supervise/observe-run.js';
import type { Pool, PoolOrder } from '../warm/pool.js';

/** A pool that takes runs before it is open. */
export interface SharedPool {
  /** Rejects with what kept the pool from starting. */
  run(order: PoolOrder): Promise<Ending>;
  /** Runs that wait or go on. */
  readonly busy: number;
  /** When it was made, or its last run ended, by `performance.now()`. */
  readonly restingSince: number;
  /** Whether it did not start, or could not start again. */
  readonly isBroken: boolean;
  /** Ends what was asked for first; nothing may be asked for any more. */
  close(): Promise<void>;
}

/** `open` is called at once. */
export function createSharedPool(plan: Plan, open: () => Promise<Pool>): SharedPool {
  const opening = open();
  let pool: Pool | null = null;
  let hasFailed = false;
  let busy = 0;
  let restingSince = performance.now();
  let onRest: (() => void) | null = null;
  opening.then(
    (opened) => {
      pool = opened;
    },
    // The runs that wait are told.
    () => {
      hasFailed = true;
    },
  );

  async function runOpened(order: PoolOrder): Promise<Ending> {
    if (pool !== null) return pool.run(order);
    const losers = createLifetime();
    try {
      const abort = aborted(order.callbacks.signal, losers).then((): 'cancelled' => 'cancelled');
      const opened = await Promise.race([opening, abort]);
      return await (opened === 'cancelled' ? cancelUnstarted(plan, order) : opened.run(order));
    } finally {
      losers.end();
    }
  }

  return {
    async run(order) {
      busy += 1;
      try {
        return await runOpened(order);
      } finally {
        busy -= 1;
        restingSince = performance.now();
        if (busy === 0) onRest?.();
      }
    },
    get busy() {
      return busy;
    },
    get restingSince() {
      return restingSince;
    },
    get isBroken() {
      return hasFailed || pool?.info().state === 'broken';
    },
    async close() {
      if (busy > 0) {
        await new Promise<void>((resolve) => {
          onRest = resolve;
        });
      }
      const opened = await opening.catch(() => null);
      await opened?.close('drain');
    },
  };
}

/** The end of a run that was aborted before it had a place. */
export function cancelUnstarted(plan: Plan, order: PoolOrder): Promise<Ending> {
  const context = { ...order, plan, files: createFileCollector(plan.limits, createMemoryStore()) };
  return cancelledEnding(context, observeRun(context));
}
