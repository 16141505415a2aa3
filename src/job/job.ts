import type { FunctionOrders } from '../functions/function-orders.js';

/** One run as Node orders it: checked, absolute, read once. `input` is wire JSON text already. */
export interface Job {
  /**
   * `validate` looks at the code and runs nothing; `describe` tells what the interpreter has; the last
   * three are for the variables of a session.
   */
  readonly purpose: 'run' | 'validate' | 'describe' | 'vars' | 'get' | 'set';
  /** `null`: the run has a worker of its own. */
  readonly step: StepOrders | null;
  readonly code: string;
  /** The name under which the code is compiled: `<user_code>`, or the entrypoint. */
  readonly filename: string;
  /** A name of `files` that is run as the main program; then `code` is empty. */
  readonly entrypoint: string | null;
  readonly argv: readonly string[];
  /** Added to the environment of the policy, for this run. */
  readonly env: Readonly<Record<string, string>>;
  /** `null`: end of file at once. */
  readonly stdin: Uint8Array | null;
  /** The input data as wire JSON text. */
  readonly inputText: string;
  /** Whether the variables that the code defined are asked for. */
  readonly exports: boolean;
  readonly files: readonly JobFile[];
  readonly timeoutMs: number;
  /** matplotlib's list of the fonts of this machine; `null` when it is not known or not needed. */
  readonly fontList: string | null;
  /** The functions of the host that the code may call; `null` when there are none. */
  readonly functions: FunctionOrders | null;
  /** Absolute; `null` keeps output files in memory. */
  readonly outputDirectory: string | null;
}

/** What makes a run a step of a session. */
export interface StepOrders {
  /** Number of the session on the channel. */
  readonly session: number;
  /** How long an interrupted step may go on before the session is ended. */
  readonly graceMs: number;
  /** Whether `input_data` stays what an earlier step had. */
  readonly keepInput: boolean;
}

export interface JobFile {
  /** Relative to the workdir, parts joined by `/`. */
  readonly name: string;
  /** Permission bits. */
  readonly mode: number;
  readonly source: FileSource;
}

export type FileSource =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'path'; readonly path: string; readonly sizeBytes: number };
