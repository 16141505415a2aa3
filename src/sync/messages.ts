import type { MessagePort } from 'node:worker_threads';
import type { Job } from '../job/job.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import type { Ending } from '../result/ending.js';
import type { PackedError } from './packed-error.js';

/** What the thread is given: everything checked, nothing but data. */
export interface SyncOrder {
  readonly policy: ResolvedPolicy;
  readonly job: Job;
  /** Since the epoch: the clocks of two threads begin apart. */
  readonly askedAtMs: number;
}

export type SyncAnswer =
  | { readonly kind: 'ending'; readonly ending: Ending }
  | { readonly kind: 'error'; readonly error: PackedError };

export interface SyncRequest {
  readonly order: SyncOrder;
  readonly port: MessagePort;
  /** One word: 0 until the answer is in the port. */
  readonly done: Int32Array;
}
