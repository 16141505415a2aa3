import type { STOP_REASONS } from '../protocol/messages.js';
import type { CallRecord } from './call-record.js';
import type {
  Denial,
  Display,
  Exports,
  IsolationReport,
  OutputFile,
  SessionState,
  StreamTruncation,
} from './run-result.js';

/** What ended a run, as the race of Node and supervisor decided it. The worker has no say in this word. */
export type StopReason = (typeof STOP_REASONS)[number];

/** All facts of one finished run, before anything is concluded from them: the input of `classify` and `buildResult`. */
export interface Ending {
  readonly stop: StopReason;
  /** What the supervisor saw; `null` when it was lost. */
  readonly end: EndReport | null;
  /** What the worker claims, schema-checked and with values decoded; `null` when nothing came. */
  readonly outcome: Outcome | InvalidOutcome | null;
  readonly streams: { readonly stdout: CapturedStream; readonly stderr: CapturedStream };
  readonly files: ReadonlyMap<string, OutputFile>;
  /** What the host left out, beside `end.filesLeftOut`. */
  readonly filesLeftOut: readonly LeftOutFile[];
  readonly displays: readonly Display[];
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What the host left out of displays, metadata and calls, in words. */
  readonly displayNotes: readonly string[];
  readonly calls: readonly CallRecord[];
  readonly isolation: IsolationReport;
  readonly waitMs: number;
  /** By Node's clock, from the job sent to the end; reported only when the supervisor was lost. */
  readonly wallMs: number;
  readonly limits: EndingLimits;
  /** Of a step: what became of its session. */
  readonly session: SessionState | null;
}

/** The `end` frame of docs/architecture.md. */
export interface EndReport {
  readonly reason: StopReason;
  /** As waitpid gives it: the signal in the low seven bits, the exit code above the low byte. */
  readonly waitStatus: number | null;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMemoryKb: number;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  readonly filesLeftOut: readonly LeftOutFile[];
  readonly diskFull: boolean;
  readonly oomKilled: boolean;
}

/** The `outcome` frame of docs/architecture.md, `result` decoded. */
export interface Outcome {
  readonly ending: 'ok' | 'error' | 'blocked' | 'exit';
  readonly result: unknown;
  readonly hasResult: boolean;
  readonly resultRepr: string | null;
  readonly notes: readonly string[];
  readonly error: OutcomeError | null;
  readonly exitCode: number;
  readonly denials: readonly Denial[];
  /** There when the run was asked for them. */
  readonly exports?: Exports;
  /** What the run asked for, where the plan orders that it be noted. */
  readonly seen?: Seen;
}

export interface Seen {
  readonly imports: readonly string[];
  readonly builtins: readonly string[];
  /** Absolute paths, existing or not, allowed or not; without those of Python's own libraries. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly programs: readonly string[];
  readonly hosts: readonly string[];
  readonly workdir: string;
  /** The most that were alive at once, as far as Python could tell. */
  readonly processes: number;
  readonly openFiles: number;
  readonly diskBytes: number;
  /** Of what did not fit in these lists. */
  readonly dropped: number;
}

export interface InvalidOutcome {
  /** Why the frame was refused, in words. */
  readonly invalid: string;
}

export interface OutcomeError {
  readonly type: string;
  readonly message: string;
  readonly traceback: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly excerpt: string | null;
  readonly suggestion: string | null;
  readonly errno: number | null;
}

export interface CapturedStream {
  readonly text: string;
  readonly totalBytes: number;
  readonly truncation: StreamTruncation | null;
}

export interface LeftOutFile {
  readonly name: string;
  readonly reason: string;
}

export interface EndingLimits {
  readonly memoryBytes: number;
  readonly cpuSeconds: number;
  readonly timeoutMs: number;
  readonly diskBytes: number;
  readonly maxProcesses: number;
  readonly maxOutputBytes: number;
}
