import type { CallRecord, CallStart } from './call-record.js';
import type { Denial, Display, LimitStatus } from './run-result.js';

/** What happens while a run goes on, in order; `onEvent` is called with it. */
export type LiveEvent =
  /** The job goes to its process, after so long a wait. */
  | { readonly type: 'start'; readonly waitMs: number }
  | { readonly type: 'stdout'; readonly text: string }
  | { readonly type: 'stderr'; readonly text: string }
  | { readonly type: 'display'; readonly display: Display }
  /** By `pungi.progress`: a fraction from 0 to 1, or `null` when the code does not know. */
  | { readonly type: 'progress'; readonly fraction: number | null; readonly text: string | null }
  /** One key of `pungi.metadata` that was set. */
  | { readonly type: 'metadata'; readonly key: string; readonly value: unknown }
  /** A function of the host is called; refused calls are told of, too. */
  | { readonly type: 'call-start'; readonly call: CallStart }
  | { readonly type: 'call-end'; readonly call: CallRecord }
  /** Something was refused; told of at the end. */
  | { readonly type: 'denial'; readonly denial: Denial }
  /** A limit ended the run. */
  | { readonly type: 'limit'; readonly status: LimitStatus };
