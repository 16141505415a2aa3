import { accessSync, constants, statSync } from 'node:fs';
import type { FileInput } from '../job/run-options.js';
import type { RunnerPolicy } from '../policy/schema.js';
import { parseJsonText } from './parse-json-text.js';
import { type PolicyPlaces, readPolicyFlags } from './policy-flags.js';
import type { PolicyFlags } from './policy-options.js';
import { readText, reasonOf } from './read-text.js';
import { UsageError } from './usage-error.js';

/** The options of `pungi run` as commander reads them: text, or absent. */
export interface RunFlags extends PolicyFlags {
  readonly code?: string;
  readonly json?: boolean;
  readonly input?: string;
  readonly file?: readonly string[];
  readonly output?: string;
  readonly quiet?: boolean;
  /** Absent: when the program speaks of it. */
  readonly stdin?: boolean;
}

export interface CheckedFlags {
  /** Checked; given as it is, so that `runCode` resolves it once more itself. */
  readonly policy: RunnerPolicy;
  readonly inputData: unknown;
  readonly files: Readonly<Record<string, FileInput>>;
}

/** Reads and checks what the options say, before anything is started. Each fault is one line that names the option. */
export async function checkFlags(flags: RunFlags, places: PolicyPlaces): Promise<CheckedFlags> {
  return {
    policy: readPolicyFlags(flags, places).policy,
    inputData: flags.input === undefined ? undefined : await readInput(flags.input),
    files: readFiles(flags.file ?? []),
  };
}

export async function readInput(text: string): Promise<unknown> {
  if (!text.startsWith('@')) return parseJsonText(text, '--input');
  const path = text.slice(1);
  return parseJsonText(await readText(path, '--input: the file'), `--input: '${path}'`);
}

export function readFiles(given: readonly string[]): Readonly<Record<string, FileInput>> {
  const files = new Map<string, FileInput>();
  for (const pair of given) {
    const at = pair.indexOf('=');
    const [name, path] = [pair.slice(0, at), pair.slice(at + 1)];
    if (at < 1 || path === '') {
      throw new UsageError(
        `--file '${pair}' is not of the form NAME=PATH.`,
        'Write for example --file data.csv=./data.csv.',
      );
    }
    if (files.has(name)) throw new UsageError(`--file gives the name '${name}' twice.`);
    checkReadable(name, path);
    files.set(name, { path });
  }
  return Object.fromEntries(files);
}

/** A file that would take the place of the program. */
export function refuseNameOf(program: string, files: Readonly<Record<string, FileInput>>): void {
  if (!Object.hasOwn(files, program)) return;
  throw new UsageError(`--file gives the name '${program}', which is that of the program.`);
}

function checkReadable(name: string, path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (cause) {
    throw new UsageError(`--file ${name}: '${path}' cannot be read: ${reasonOf(cause)}.`, null, cause);
  }
  if (!statSync(path).isFile()) throw new UsageError(`--file ${name}: '${path}' is not a regular file.`);
}
