import { createFileCollector } from '../../collect/collect-files.js';
import { createMemoryStore } from '../../collect/memory-store.js';
import { openFileStore } from '../../collect/open-file-store.js';
import { PungiError } from '../../errors/pungi-error.js';
import type { Plan } from '../../plan/plan.js';
import type { Ending } from '../../result/ending.js';
import { cancelledEnding } from '../../supervise/cancelled-ending.js';
import { createDeferred, type Deferred } from '../../supervise/deferred.js';
import { observeRun } from '../../supervise/observe-run.js';
import type { PoolOrder } from './pool.js';
import { createRunQueue } from './run-queue.js';
import type { SeatedRun, Seats } from './seats.js';

/** First come, first served: puts runs into places as they become free. */
export interface Scheduler {
  readonly pending: number;
  readonly busy: number;
  readonly hits: number;
  readonly misses: number;
  /** Rejects with `QUEUE_FULL` when too many wait. */
  add(order: PoolOrder): Promise<Ending>;
  /** Starts what can be started now. */
  fill(): void;
  /** Refuses all that wait. */
  refuse(error: PungiError): void;
}

export interface SchedulerOrders {
  readonly plan: Plan;
  /** How many runs may go on at once. */
  readonly size: number;
  readonly maxPending: number;
  /** Where runs can be put now; `null` while there is no place at all. */
  readonly seats: () => Seats | null;
  /** Something began to wait, or ended. */
  readonly onChange: () => void;
}

interface Entry {
  readonly order: PoolOrder;
  readonly settled: Deferred<Ending>;
  /** Stops listening to the caller's signal. */
  readonly unlisten: () => void;
  attempts: number;
}

/** A run that loses its place so often before it starts is reported as lost. */
const MOST_ATTEMPTS = 3;

export function createScheduler(orders: SchedulerOrders): Scheduler {
  const { plan, size, maxPending } = orders;
  const queue = createRunQueue<Entry>();
  let busy = 0;
  let hits = 0;
  let misses = 0;

  const hasRoom = (): boolean => busy < size && (orders.seats()?.ready ?? 0) > 0;

  function cancel(entry: Entry): void {
    if (!queue.remove(entry)) return;
    entry.unlisten();
    const context = contextOf(plan, entry.order, createMemoryStore());
    cancelledEnding(context, observeRun(context)).then(entry.settled.resolve, entry.settled.reject);
    orders.onChange();
  }

  async function start(entry: Entry, seats: Seats): Promise<void> {
    busy += 1;
    entry.attempts += 1;
    try {
      const { order } = entry;
      const prepare = async (): Promise<SeatedRun> =>
        contextOf(plan, order, await openFileStore(order.job.outputDirectory));
      const { ending, started } = await seats.run(prepare);
      if (started || entry.attempts >= MOST_ATTEMPTS) finish(entry, ending);
      else putBack(entry);
    } catch (error) {
      entry.unlisten();
      entry.settled.reject(error);
    } finally {
      busy -= 1;
      orders.onChange();
      fill();
    }
  }

  function finish(entry: Entry, ending: Ending): void {
    entry.unlisten();
    entry.settled.resolve(ending);
  }

  function putBack(entry: Entry): void {
    queue.pushFront(entry);
    // The abort may have come while the run had a place.
    if (entry.order.callbacks.signal?.aborted === true) cancel(entry);
  }

  function fill(): void {
    while (queue.size > 0 && hasRoom()) {
      const seats = orders.seats();
      const entry = seats === null ? null : queue.shift();
      if (seats === null || entry === null) return;
      void start(entry, seats);
    }
  }

  return {
    get pending() {
      return queue.size;
    },
    get busy() {
      return busy;
    },
    get hits() {
      return hits;
    },
    get misses() {
      return misses;
    },
    add(order) {
      const isHit = queue.size === 0 && hasRoom();
      if (!isHit && queue.size >= maxPending) return Promise.reject(queueFull(maxPending));
      if (isHit) hits += 1;
      else misses += 1;
      const { signal } = order.callbacks;
      const onAbort = (): void => cancel(entry);
      const unlisten = (): void => signal?.removeEventListener('abort', onAbort);
      const entry: Entry = { order, settled: createDeferred<Ending>(), unlisten, attempts: 0 };
      queue.push(entry);
      signal?.addEventListener('abort', onAbort);
      orders.onChange();
      if (signal?.aborted === true) cancel(entry);
      fill();
      return entry.settled.promise;
    },
    fill,
    refuse(error) {
      for (let entry = queue.shift(); entry !== null; entry = queue.shift()) {
        entry.unlisten();
        entry.settled.reject(error);
      }
      orders.onChange();
    },
  };
}

function contextOf(
  plan: Plan,
  order: PoolOrder,
  store: Parameters<typeof createFileCollector>[1],
): SeatedRun {
  return { ...order, plan, files: createFileCollector(plan.limits, store) };
}

export function queueFull(maxPending: number): PungiError {
  return new PungiError('QUEUE_FULL', `${maxPending} runs are waiting already; allowed: ${maxPending}.`, {
    details: { maxPending },
  });
}
