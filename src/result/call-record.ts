/**
 * How a call ended: `denied` by `approve`; `refused` without asking anybody, for its name, its arguments or its number;
 * `timeout` and `cancelled` before the function was done.
 */
export type CallOutcome = 'ok' | 'error' | 'denied' | 'refused' | 'timeout' | 'cancelled';

/** One call of a function of the host. */
export interface CallRecord {
  /** Counts up from 1 in a run. */
  readonly id: number;
  /** As the code called it: `search`, `db.query`. */
  readonly name: string;
  /** The first 200 characters of the arguments as JSON; the event `call-start` has them whole. */
  readonly argumentText: string;
  readonly outcome: CallOutcome;
  /** `Name: message` of what was thrown in Python; `null` when nothing was. */
  readonly error: string | null;
  /** From the arrival of the call to its answer, the wait for `approve` included. */
  readonly durationMs: number;
}

/** The call as it begins; what it brings is not yet checked. */
export interface CallStart {
  readonly id: number;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Size of the arguments on their way. */
  readonly argumentBytes: number;
}
