import { PungiError } from '../../errors/pungi-error.js';
import { resolveLogger } from '../../log/logger.js';
import type { Plan } from '../../plan/plan.js';
import type { Ending } from '../../result/ending.js';
import { createDeferred } from '../../supervise/deferred.js';
import { createKeepAlive } from './keep-alive.js';
import type { Pool, PoolSettings } from './pool.js';
import { runnerClosed } from './pool-closed.js';
import { createStateHolder } from './pool-state.js';
import { createScheduler } from './scheduler.js';
import { createTreeKeeper } from './tree-keeper.js';

/**
 * Workers forked ahead of need; resolves when the first is ready. Throws what kept the first tree from starting.
 */
export async function createWarmPool(plan: Plan, harness: Uint8Array, settings: PoolSettings): Promise<Pool> {
  const log = settings.log ?? resolveLogger(undefined, process.env);
  const state = createStateHolder();
  const alive = createKeepAlive();
  const opened = createDeferred<void>();
  let closed: Promise<void> | null = null;
  let onDrained: (() => void) | null = null;
  let wasKilled = false;

  const keeper = createTreeKeeper({
    plan,
    harness,
    ...settings,
    onStarting: () => state.enter('starting'),
    onOpen: () => {
      log.info('A pool is open.', { level: plan.level, size: settings.size });
      state.enter('open');
      opened.resolve();
    },
    onLost: (why) => log.warn('A process tree was lost.', { why }),
    onBroken: (error) => {
      log.error('No process tree could be started.', { why: broken(error).message });
      state.enter('broken');
      opened.reject(error);
      scheduler.refuse(broken(error));
    },
    onRoom: () => scheduler.fill(),
  });
  const scheduler = createScheduler({
    plan,
    size: settings.size,
    maxPending: settings.maxPending,
    seats: () => keeper.current,
    onChange: () => {
      const isIdle = scheduler.pending === 0 && scheduler.busy === 0;
      alive.hold(!isIdle || closed !== null);
      if (isIdle) onDrained?.();
      keeper.review();
    },
  });

  async function shut(): Promise<void> {
    alive.hold(true);
    if (scheduler.pending > 0 || scheduler.busy > 0) {
      await new Promise<void>((resolve) => {
        onDrained = resolve;
      });
    }
    await keeper.end();
    state.enter('closed');
    alive.end();
  }

  async function run(order: Parameters<Pool['run']>[0]): Promise<Ending> {
    if (state.isClosing) throw runnerClosed();
    const ending = scheduler.add(order);
    keeper.wake();
    const ended = await ending;
    return wasKilled && ended.stop === 'lost' ? { ...ended, stop: 'cancelled' } : ended;
  }

  function close(how: 'drain' | 'kill'): Promise<void> {
    state.enter('draining');
    if (how === 'kill' && !wasKilled) {
      wasKilled = true;
      scheduler.refuse(runnerClosed());
      // The runs that go on are lost with their trees, and so the pool is drained.
      void keeper.end();
    }
    closed ??= shut();
    return closed;
  }

  alive.hold(true);
  keeper.wake();
  try {
    await opened.promise;
  } catch (error) {
    await close('kill');
    throw error;
  }
  alive.hold(false);
  return {
    run,
    close,
    info: () => ({
      state: state.now,
      idle: keeper.current?.ready ?? 0,
      busy: scheduler.busy,
      pending: scheduler.pending,
      forks: keeper.forks,
      hits: scheduler.hits,
      misses: scheduler.misses,
      restarts: keeper.restarts,
      lastLoss: keeper.lastLoss,
    }),
  };
}

function broken(cause: unknown): PungiError {
  if (cause instanceof PungiError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PungiError('START_FAILED', `The pool could not be started again: ${reason}.`, { cause });
}
