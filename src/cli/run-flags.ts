import { PungiError } from '../errors/pungi-error.js';
import type { FileInput } from '../job/run-options.js';
import { readPlainObject } from '../policy/plain-object.js';
import { resolvePolicy } from '../policy/resolve-policy.js';
import { parseJsonText } from './parse-json-text.js';
import { readText } from './read-text.js';
import { UsageError } from './usage-error.js';

/** The options of `pungi run` as commander reads them: text, or absent. */
export interface RunFlags {
  readonly code?: string;
  readonly json?: boolean;
  readonly input?: string;
  readonly policy?: string;
  readonly timeout?: string;
  readonly memory?: string;
  readonly isolation?: string;
  readonly python?: string;
  readonly file?: readonly string[];
  readonly output?: string;
  readonly quiet?: boolean;
  /** Absent: when the program speaks of it. */
  readonly stdin?: boolean;
}

export interface CheckedFlags {
  /** Checked by `resolvePolicy`; given as it is, so that `runCode` resolves it once more itself. */
  readonly policy: Readonly<Record<string, unknown>>;
  readonly inputData: unknown;
  readonly files: Readonly<Record<string, FileInput>>;
}

/** Reads and checks what the options say, before anything is started. Each fault is one line that names the option. */
export async function checkFlags(flags: RunFlags): Promise<CheckedFlags> {
  return {
    policy: await readPolicyFlags(flags),
    inputData: flags.input === undefined ? undefined : await readInput(flags.input),
    files: readFiles(flags.file ?? []),
  };
}

async function readPolicyFlags(flags: RunFlags): Promise<Readonly<Record<string, unknown>>> {
  const overrides = {
    ...fromFlag('--timeout', 'timeoutSeconds', flags.timeout, readNumber),
    ...fromFlag('--memory', 'memoryLimitMb', flags.memory, readNumber),
    ...fromFlag('--isolation', 'isolation', flags.isolation, readIsolation),
    ...fromFlag('--python', 'pythonExecutable', flags.python, (text) => text),
  };
  if (flags.policy === undefined) return overrides;
  const what = `--policy: '${flags.policy}'`;
  const value = parseJsonText(await readText(flags.policy, '--policy: the file'), what);
  check(what, value);
  const read = readPlainObject(value);
  return { ...(read.ok ? Object.fromEntries(read.entries) : {}), ...overrides };
}

/** One key of the policy from one option, checked alone, so that the message can name the option. */
function fromFlag(
  flag: string,
  key: string,
  text: string | undefined,
  read: (text: string) => unknown,
): Readonly<Record<string, unknown>> {
  if (text === undefined) return {};
  const policy = { [key]: read(text) };
  check(flag, policy);
  return policy;
}

function check(source: string, policy: unknown): void {
  try {
    resolvePolicy(policy);
  } catch (cause) {
    if (!(cause instanceof PungiError)) throw cause;
    // A message that says what is allowed needs no second line.
    const hint = cause.message.includes('; allowed: ') ? null : cause.hint;
    throw new UsageError(`${source}: ${cause.message}`, hint, cause);
  }
}

/** Text that is no number stays text, which the policy then refuses with what is allowed. */
function readNumber(text: string): number | string {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
}

function readIsolation(text: string): unknown {
  return text.startsWith('exactly:') ? { exactly: text.slice('exactly:'.length) } : text;
}

async function readInput(text: string): Promise<unknown> {
  if (!text.startsWith('@')) return parseJsonText(text, '--input');
  const path = text.slice(1);
  return parseJsonText(await readText(path, '--input: the file'), `--input: '${path}'`);
}

function readFiles(given: readonly string[]): Readonly<Record<string, FileInput>> {
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
    files.set(name, { path });
  }
  return Object.fromEntries(files);
}
