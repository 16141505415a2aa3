import type { Plan } from '../../plan/plan.js';
import type { Pool, PoolSettings } from '../warm/pool.js';
import { runnerClosed } from '../warm/pool-closed.js';
import { createScheduler } from '../warm/scheduler.js';
import type { Seats } from '../warm/seats.js';
import { runInOwnTree } from './oneshot-engine.js';

/** The queue of a pool without its workers: every run has a tree of its own, started when its turn comes. */
export function createOneshotPool(plan: Plan, harness: Uint8Array, { size, maxPending }: PoolSettings): Pool {
  const kills = new Set<AbortController>();
  let isClosed = false;
  let onDrained: (() => void) | null = null;
  let forks = 0;

  const seats: Seats = {
    get ready() {
      return size - scheduler.busy;
    },
    async run(prepare) {
      const context = await prepare();
      const kill = new AbortController();
      const { signal } = context.callbacks;
      const abort = (): void => kill.abort();
      signal?.addEventListener('abort', abort);
      if (signal?.aborted === true) abort();
      kills.add(kill);
      forks += 1;
      try {
        const callbacks = { ...context.callbacks, signal: kill.signal };
        return { ending: await runInOwnTree({ ...context, callbacks }, harness), started: true };
      } finally {
        kills.delete(kill);
        signal?.removeEventListener('abort', abort);
      }
    },
  };
  const scheduler = createScheduler({
    plan,
    size,
    maxPending,
    seats: () => seats,
    onChange: () => {
      if (isIdle()) onDrained?.();
    },
  });
  const isIdle = (): boolean => scheduler.pending === 0 && scheduler.busy === 0;

  return {
    run: (order) => (isClosed ? Promise.reject(runnerClosed()) : scheduler.add(order)),
    async close(how) {
      isClosed = true;
      if (how === 'kill') {
        scheduler.refuse(runnerClosed());
        for (const kill of kills) kill.abort();
      }
      if (isIdle()) return;
      const earlier = onDrained;
      await new Promise<void>((resolve) => {
        onDrained = () => {
          earlier?.();
          resolve();
        };
      });
    },
    info: () => ({
      state: isClosed ? (isIdle() ? 'closed' : 'draining') : 'open',
      idle: 0,
      busy: scheduler.busy,
      pending: scheduler.pending,
      forks,
      hits: 0,
      misses: scheduler.hits + scheduler.misses,
      restarts: 0,
      lastLoss: null,
    }),
  };
}
