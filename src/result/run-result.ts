import type { IsolationLevel } from '../policy/isolation-level.js';
import type { CallRecord } from './call-record.js';
import type { Chart } from './chart.js';

/** How a run ended; decided once, in `classify`. */
export const RUN_STATUSES = [
  'ok',
  'error',
  'blocked',
  'timeout',
  'cpu_limit',
  'memory_limit',
  'output_limit',
  'disk_limit',
  'process_limit',
  'cancelled',
  'crashed',
] as const;

export type RunStatus = (typeof RUN_STATUSES)[number];

/** A limit of the policy ended the run. */
export type LimitStatus = Extract<RunStatus, 'timeout' | `${string}_limit`>;

export function isLimitStatus(status: RunStatus): status is LimitStatus {
  return status === 'timeout' || status.endsWith('_limit');
}

/** The facts of one run. A failing program is a value, never a throw. */
export interface RunResult {
  readonly ok: boolean;
  readonly status: RunStatus;
  /** The variable `result` if assigned, else the value of the last expression; `undefined` when it cannot travel. */
  readonly result: unknown;
  /** Python's `repr` of the result, shortened; `null` when there is none. */
  readonly resultRepr: string | null;
  /** What could not travel and why, each naming its path: `result.rows[3].cb`. */
  readonly notes: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: Truncated;
  readonly error: RunError | null;
  /** What the Python process would have exited with: 0, 1, `SystemExit`'s code, 124 timeout, 137 memory; `null` on a signal. */
  readonly exitCode: number | null;
  /** Name of the signal that ended the worker by its own doing, such as `SIGSEGV`. */
  readonly signal: string | null;
  /** What the code showed, in order: by `display`, by its last expression, by plots. */
  readonly displays: readonly Display[];
  /** What the code set in `pungi.metadata`, by the rules of `result`. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Files that the run created or changed, by name relative to the workdir. */
  readonly files: ReadonlyMap<string, OutputFile>;
  /** Calls of functions of the host, in the order in which they ended. */
  readonly calls: readonly CallRecord[];
  readonly denials: readonly Denial[];
  readonly usage: Usage;
  readonly isolation: IsolationReport;
  /** With `exports: true`, what the code defined; else, and when it did not come to an end, `null`. */
  readonly exports: Exports | null;
  /** Of a step: whether its session takes further steps; `null` for a run that is none. */
  readonly session: SessionState | null;
  /** The bytes of one file of `files`; `undefined` when there is none by that name, or it was saved to `path`. */
  file(name: string): Uint8Array | undefined;
  /** The result as plain JSON data: files as an object, bytes as base64, BigInt and non-finite numbers as text. */
  toJSON(): Record<string, unknown>;
}

/** Names that the code bound: `_x` never, `x_` always, others unless they hide a callable or a module. */
export interface Exports {
  /** By the rules of `result`; what cannot travel is left out, with a note. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Signatures, such as `(a, b=1)`, by name. */
  readonly callables: Readonly<Record<string, string>>;
}

export type SessionState = 'alive' | 'ended';

export interface Truncated {
  readonly stdout: StreamTruncation | null;
  readonly stderr: StreamTruncation | null;
  /** Files left out, each with its reason. */
  readonly files: readonly { readonly name: string; readonly reason: string }[];
}

export interface StreamTruncation {
  readonly totalBytes: number;
  readonly omittedBytes: number;
}

export interface RunError {
  /** Python class name: `ZeroDivisionError`; for endings without an exception a word such as `Timeout`. */
  readonly type: string;
  readonly message: string;
  /** User frames only, with real source lines; empty when no Python exception was seen. */
  readonly traceback: string;
  readonly line: number | null;
  readonly column: number | null;
  /** Source lines around the place, with an arrow and a caret. */
  readonly excerpt: string | null;
  readonly suggestion: string | null;
  /** `Type: message`. */
  toString(): string;
}

export interface OutputFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** Permission bits, without set-id and sticky. */
  readonly mode: number;
  /** The content, unless it was written to `path`. */
  readonly bytes: Uint8Array | null;
  /** Where the content was saved, with `RunOptions.outputDirectory`. */
  readonly path: string | null;
}

/** One thing shown, in all forms that it has; show the richest that can be shown. */
export interface Display {
  /** By MIME type as Jupyter has it: text, base64 for pictures, plain data for JSON types. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** A matplotlib figure as data; `null` for anything else. */
  readonly chart: Chart | null;
}

/** One refusal. */
export interface Denial {
  readonly layer: 'language' | 'filesystem' | 'network' | 'process' | 'seccomp';
  /** What was tried: `import`, `open`, `connect`, ... */
  readonly action: string;
  readonly target: string;
  readonly line: number | null;
  readonly message: string;
  /** How to allow it. */
  readonly hint: string;
}

export interface Usage {
  /** From the job's arrival in the worker to its end. */
  readonly wallMs: number;
  /** Waiting before the worker had the job: start-up, or the queue. */
  readonly waitMs: number;
  /** Of the worker and all processes that it started. */
  readonly cpuMs: number;
  /** Of the largest of them. */
  readonly peakMemoryMb: number;
  readonly outputBytes: number;
}

export interface IsolationReport {
  readonly level: IsolationLevel;
  readonly layers: IsolationLayers;
}

export interface IsolationLayers {
  readonly namespaces: readonly string[];
  /** ABI in force; 0 when not applied. */
  readonly landlock: number;
  readonly seccomp: 'filter' | 'off';
  readonly noNewPrivileges: boolean;
  readonly capabilities: 'none' | 'kept';
  readonly ids: string;
  readonly rlimits: readonly string[];
  readonly cgroup: string | null;
  /** What was proved of the worker before user code, most of it tried from inside and seen refused. */
  readonly proofs: readonly string[];
}
