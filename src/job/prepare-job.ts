import { resolve } from 'node:path';
import { PungiError } from '../errors/pungi-error.js';
import { envNameProblem, envValueProblem } from '../policy/env-rules.js';
import { readPlainObject } from '../policy/plain-object.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import { hasLoneSurrogate, textProblem, utf8 } from '../policy/text-rules.js';
import { toMilliseconds } from '../policy/to-milliseconds.js';
import { encodeInput } from '../protocol/encode-input.js';
import { checkFiles } from './check-files.js';
import { invalidInput } from './invalid-input.js';
import type { Job, JobFile } from './job.js';
import { prepareCode } from './prepare-code.js';
import { badOption, readOptions } from './run-options.js';

const CODE_FILENAME = '<user_code>';
const MOST_ARGUMENTS = 1000;

/** Checks all that is sent, before any process starts. Throws `INVALID_INPUT` for the first thing wrong. */
export function prepareJob(code: unknown, inputData: unknown, options: unknown, policy: ResolvedPolicy): Job {
  const read = readOptions(options);
  const files = read.has('files') ? checkFiles(read.get('files'), policy.diskBytes) : [];
  const entrypoint = checkEntrypoint(read.get('entrypoint'), files, policy.maxCodeBytes);
  return Object.freeze({
    purpose: 'run',
    step: null,
    code: prepareCode(code, entrypoint, policy),
    filename: entrypoint ?? CODE_FILENAME,
    entrypoint,
    argv: checkArguments(read.get('argv')),
    env: checkEnvironment(read.get('env')),
    stdin: checkStdin(read.get('stdin')),
    inputText: encode(inputData),
    exports: checkExports(read.get('exports')),
    files,
    timeoutMs: checkTimeout(read.get('timeoutSeconds'), policy.timeoutMs),
    fontList: null,
    functions: null,
    outputDirectory: checkOutputDirectory(read.get('outputDirectory')),
  });
}

function encode(inputData: unknown): string {
  try {
    return encodeInput(inputData === undefined ? {} : inputData);
  } catch (cause) {
    if (cause instanceof PungiError) throw cause;
    throw invalidInput(
      'The input data throws when read.',
      'Pass plain data without getters.',
      'inputData',
      cause,
    );
  }
}

function checkEntrypoint(
  entrypoint: unknown,
  files: readonly JobFile[],
  maxCodeBytes: number,
): string | null {
  if (entrypoint === undefined) return null;
  const file = files.find(({ name }) => name === entrypoint);
  if (file !== undefined) return checkEntrypointSize(file, maxCodeBytes);
  const names = files.slice(0, 10).map((file) => `'${file.name}'`);
  throw badOption(
    'entrypoint',
    entrypoint,
    names.length === 0 ? 'a name of `files`, which is empty' : `a name of \`files\` (${names.join(', ')})`,
  );
}

/** The program that is run is code, wherever it comes from. */
function checkEntrypointSize({ name, source }: JobFile, maxCodeBytes: number): string {
  const bytes = source.kind === 'bytes' ? source.bytes.byteLength : source.sizeBytes;
  if (bytes <= maxCodeBytes) return name;
  throw invalidInput(
    `The entrypoint '${name}' has ${bytes} bytes; allowed: at most ${maxCodeBytes}, the policy's maxCodeBytes.`,
    'Shorten it, or raise maxCodeBytes.',
    'entrypoint',
  );
}

function checkArguments(argv: unknown): readonly string[] {
  if (argv === undefined) return [];
  const allowed = `an array of at most ${MOST_ARGUMENTS} texts without NUL`;
  if (!Array.isArray(argv) || argv.length > MOST_ARGUMENTS) throw badOption('argv', argv, allowed);
  return Array.from(argv, (argument: unknown, index) => {
    if (typeof argument === 'string' && textProblem(argument) === null) return argument;
    throw badOption(`argv[${index}]`, argument, 'text without NUL and lone surrogates');
  });
}

function checkEnvironment(env: unknown): Readonly<Record<string, string>> {
  if (env === undefined) return {};
  const read = readPlainObject(env);
  if (!read.ok) {
    throw invalidInput(
      `Option \`env\` is ${read.reason}; allowed: a plain object.`,
      'Pass { NAME: "value" }.',
      'env',
      read.cause,
    );
  }
  const checked = new Map<string, string>();
  for (const [name, value] of read.entries) {
    const problem = envNameProblem(name) ?? envValueProblem(value);
    if (problem !== null || typeof value !== 'string')
      throw badOption(`env.${name}`, value, problem ?? 'text');
    checked.set(name, value);
  }
  return Object.fromEntries(checked);
}

function checkStdin(stdin: unknown): Uint8Array | null {
  if (stdin === undefined) return null;
  if (stdin instanceof Uint8Array) return stdin;
  if (typeof stdin === 'string' && !hasLoneSurrogate(stdin)) return utf8(stdin);
  throw badOption('stdin', stdin, 'text without lone surrogates, or a Uint8Array');
}

function checkTimeout(seconds: unknown, policyMs: number): number {
  if (seconds === undefined) return policyMs;
  const timeoutMs = typeof seconds === 'number' && seconds > 0 ? toMilliseconds(seconds) : Number.NaN;
  if (timeoutMs <= policyMs) return timeoutMs;
  throw badOption(
    'timeoutSeconds',
    seconds,
    `a number above 0 and at most ${policyMs / 1000}, the policy's timeoutSeconds`,
  );
}

function checkExports(exports: unknown): boolean {
  if (exports === undefined || typeof exports === 'boolean') return exports === true;
  throw badOption('exports', exports, 'true or false');
}

function checkOutputDirectory(directory: unknown): string | null {
  if (directory === undefined) return null;
  if (typeof directory === 'string' && directory !== '' && textProblem(directory) === null)
    return resolve(directory);
  throw badOption('outputDirectory', directory, 'a path without NUL');
}
