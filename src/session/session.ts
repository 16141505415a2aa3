import type { RunOptions } from '../job/run-options.js';
import type { RunHandle } from '../supervise/run-handle.js';
import type { SessionFiles } from './session-files.js';

/**
 * A living interpreter: what a step defines, the next one finds. Steps go on one at a time, in the order in which
 * they were asked for. A session belongs to its runner and ends with it. Ended by `close`, or by `await using`.
 */
export interface Session extends AsyncDisposable {
  /**
   * Runs one step. Throws `SESSION_ENDED` when the session takes no more; a step that fails, or that was interrupted
   * at its deadline, leaves the session usable, and `result.session` says so.
   */
  run(code: string, inputData?: unknown, options?: RunOptions): RunHandle;
  /** Goes on with an empty interpreter and an empty working directory, also after the session has ended. */
  reset(): Promise<void>;
  /**
   * A copy of the living interpreter, with its variables, modules and files; each goes on by itself. Throws
   * `FORK_REFUSED` when it has threads, child processes, sockets or pipes, which a copy would share.
   */
  fork(): Promise<Session>;
  /** A copy that is kept asleep, to go back to as often as wanted. It counts against maxSessions until it is closed. */
  checkpoint(): Promise<Checkpoint>;
  /** Goes on where the checkpoint was made, also after the session has ended. What came since is lost. */
  restore(checkpoint: Checkpoint): Promise<void>;
  /** What the session's variables are, without those of Python itself; at most 1,000. */
  vars(): Promise<readonly SessionVariable[]>;
  /** The value of a variable, by the rules of `result`. Throws `RunFailed` when there is none, or it cannot travel. */
  get(name: string): Promise<unknown>;
  /** Gives a variable a value, by the rules of input data. */
  set(name: string, value: unknown): Promise<void>;
  readonly files: SessionFiles;
  /** Whether it takes steps. */
  readonly state: 'alive' | 'ended';
  /** `drain`, the default, waits for the steps that were asked for; `kill` ends them as `cancelled`. */
  close(how?: 'drain' | 'kill'): Promise<void>;
}

/** A session as it was. It ends with its runner. */
export interface Checkpoint extends AsyncDisposable {
  close(): Promise<void>;
}

/** What the code of a session says of a variable: to be shown, not to be trusted. */
export interface SessionVariable {
  readonly name: string;
  /** Python class name. */
  readonly type: string;
  /** Python's `repr`, at most 200 characters. */
  readonly repr: string;
  /** Of the object alone, without what it refers to; `null` when it does not say. */
  readonly sizeBytes: number | null;
}
