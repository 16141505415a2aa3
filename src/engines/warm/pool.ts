import type { Logger } from '../../log/logger.js';
import type { Ending } from '../../result/ending.js';
import type { RunOrder } from '../engine.js';

/** Runs one order after another, or many at once, in processes that were made ready before. */
export interface Pool {
  /** Queues the order behind those that came before; throws `QUEUE_FULL` or `RUNNER_CLOSED` without queueing it. */
  run(order: PoolOrder): Promise<Ending>;
  info(): PoolInfo;
  /** `drain` ends what was asked for first; `kill` ends it now. May be called again, also with the other word. */
  close(how: 'drain' | 'kill'): Promise<void>;
}

/** The plan and the harness belong to the pool. */
export type PoolOrder = Omit<RunOrder, 'plan' | 'harness'>;

export interface PoolSettings {
  /** How many runs go on at once, and how many workers wait ahead of need. */
  readonly size: number;
  readonly maxPending: number;
  /** After so many runs the zygote is replaced by a new one. */
  readonly zygoteMaxRuns: number;
  readonly zygoteMaxAgeMs: number;
  /** By default what the environment asks for. */
  readonly log?: Logger | undefined;
}

export interface PoolInfo {
  readonly state: PoolState;
  /** Workers that wait for a run. */
  readonly idle: number;
  /** Runs that go on. */
  readonly busy: number;
  /** Runs that wait for a worker. */
  readonly pending: number;
  /** Workers forked so far. */
  readonly forks: number;
  /** Runs that found a worker waiting. */
  readonly hits: number;
  /** Runs that had to wait for one. */
  readonly misses: number;
  /** Process trees started in place of one that was lost. */
  readonly restarts: number;
  /** Why the last tree was lost; `null` while none was. */
  readonly lastLoss: string | null;
}

/** `broken`: the last start failed; the next run tries again. */
export type PoolState = 'starting' | 'open' | 'broken' | 'draining' | 'closed';
