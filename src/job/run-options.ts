import type { HostFunctions } from '../functions/host-function.js';
import { nearest } from '../policy/nearest.js';
import { readPlainObject } from '../policy/plain-object.js';
import { showValue } from '../policy/show-value.js';
import type { LiveEvent } from '../result/live-event.js';
import type { LiveUsage } from '../result/live-usage.js';
import type { Display } from '../result/run-result.js';
import { invalidInput } from './invalid-input.js';

/** What one run gets beside code and input data. */
export interface RunOptions {
  /** Files placed in the working directory before the run, by relative name: text, bytes, or a file of the host. */
  readonly files?: Readonly<Record<string, FileInput>> | undefined;
  /** What the code reads on its standard input; without it, end of file at once. */
  readonly stdin?: string | Uint8Array | undefined;
  /** `sys.argv` after the program's own name. */
  readonly argv?: readonly string[] | undefined;
  /** A name of `files` to run as the main program instead of code; modules beside it can be imported. */
  readonly entrypoint?: string | undefined;
  /** Environment variables of this run, added to those of the policy. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Ends the run as `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Called with each piece of stdout while the run goes on; characters are never cut. */
  readonly onStdout?: ((text: string) => void) | undefined;
  /** Called with each piece of stderr while the run goes on; characters are never cut. */
  readonly onStderr?: ((text: string) => void) | undefined;
  /** Called with each thing that is shown while the run goes on. */
  readonly onDisplay?: ((display: Display) => void) | undefined;
  /** Called with all that happens while the run goes on: output, displays, progress, metadata, calls. */
  readonly onEvent?: ((event: LiveEvent) => void) | undefined;
  /** Called some ten times a second with what the run has used, once it has lasted for 50 ms. */
  readonly onUsage?: ((usage: LiveUsage) => void) | undefined;
  /** `true` gives back the variables that the code defined, as `result.exports`. */
  readonly exports?: boolean | undefined;
  /** Functions of this process that the code may call by name; objects are namespaces. */
  readonly functions?: HostFunctions | undefined;
  /** `true` holds the time that functions take against `timeoutSeconds`; by default the clock stands meanwhile. */
  readonly countHostTime?: boolean | undefined;
  /** A directory in which output files are saved, instead of keeping them in memory. */
  readonly outputDirectory?: string | undefined;
  /** A shorter wall-clock limit than the policy's, in seconds. */
  readonly timeoutSeconds?: number | undefined;
  /** For `runCode` alone: `true` gives the run a process tree of its own, of which nothing is left when it ends. */
  readonly oneshot?: boolean | undefined;
}

export type FileInput = string | Uint8Array | { readonly path: string };

// A record, so that an option without its row does not compile.
const OPTION_ROWS: Readonly<Record<keyof RunOptions, true>> = {
  files: true,
  stdin: true,
  argv: true,
  entrypoint: true,
  env: true,
  signal: true,
  onStdout: true,
  onStderr: true,
  onDisplay: true,
  onEvent: true,
  onUsage: true,
  exports: true,
  functions: true,
  countHostTime: true,
  outputDirectory: true,
  timeoutSeconds: true,
  oneshot: true,
};

export const OPTION_NAMES: readonly string[] = Object.keys(OPTION_ROWS);

/** Options as they were given: known names only, each read once; the values are not checked yet. */
export type OptionsReading = ReadonlyMap<string, unknown>;

const NO_OPTIONS: OptionsReading = new Map();

/** Reads own keys once and refuses unknown ones. `undefined` counts as absent. */
export function readOptions(options: unknown): OptionsReading {
  if (options === undefined) return NO_OPTIONS;
  const read = readPlainObject(options);
  if (!read.ok) {
    const message = `The options are ${read.reason}; allowed: a plain object.`;
    throw invalidInput(message, 'Pass a plain object such as { stdin: "text" }.', 'options', read.cause);
  }
  for (const name of read.entries.keys()) {
    if (!OPTION_NAMES.includes(name)) throw unknownOption(name);
  }
  return new Map([...read.entries].filter(([, value]) => value !== undefined));
}

/** What is wrong with the value of an option, in one form for all of them. */
export function badOption(name: string, value: unknown, allowed: string): Error {
  const message = `Option \`${name}\` is ${showValue(value)}; allowed: ${allowed}.`;
  return invalidInput(message, `Set \`${name}\` to: ${allowed}.`, name);
}

function unknownOption(name: string): Error {
  const meant = nearest(name, OPTION_NAMES);
  const unknown = `Unknown option \`${name}\`.`;
  return meant === null
    ? invalidInput(unknown, `Use one of the known options: ${OPTION_NAMES.join(', ')}.`, name)
    : invalidInput(`${unknown} Did you mean \`${meant}\`?`, `Write \`${meant}\` instead.`, name);
}
