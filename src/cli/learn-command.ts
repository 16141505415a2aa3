import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { FileInput } from '../job/run-options.js';
import { widePolicy } from '../learn/grants.js';
import { type LearnOptions, learnPolicy } from '../learn/learn-policy.js';
import type { Learning } from '../learn/learning.js';
import { EXIT_CODES, exitCodeOf } from './exit-codes.js';
import type { Interruption } from './interruption.js';
import { jsonLine } from './json-line.js';
import { type LearnFlags, readFormat, readGrants } from './learn-flags.js';
import { showLearning } from './learn-summary.js';
import { type LiveLine, startLiveLine } from './live-line.js';
import type { PolicyPlaces } from './policy-flags.js';
import { policyText } from './policy-text.js';
import { readProgramStdin } from './read-stdin.js';
import { readBytes } from './read-text.js';
import { readsStdin } from './reads-stdin.js';
import { readFiles, readInput, refuseNameOf } from './run-flags.js';
import type { Screen } from './screen.js';
import { scriptDirectory } from './script-directory.js';
import { UsageError } from './usage-error.js';

export interface LearnCommand {
  readonly file: string;
  readonly flags: LearnFlags;
  /** What stands after `--`. */
  readonly argv: readonly string[];
  readonly stdin: NodeJS.ReadStream;
  readonly places: PolicyPlaces;
  readonly screen: Screen;
  readonly interruption: Interruption;
}

/** `pungi learn`: watches a program, prints its policy, proves it. Gives the exit code. */
export async function learnCommand(command: LearnCommand): Promise<number> {
  const { file, flags, screen, interruption } = command;
  const format = readFormat(flags);
  if (flags.output !== undefined) checkOutput(flags.output);
  const grants = readGrants(flags, command.places);
  const inputData = flags.input === undefined ? undefined : await readInput(flags.input);
  const options = await readOptions(command);
  if (options === null) return EXIT_CODES.cancelled.code;
  const isQuiet = flags.quiet === true || flags.json === true;
  const line: LiveLine | null = isQuiet ? null : startLiveLine(screen, widePolicy(grants));
  const learning = await learnPolicy('', inputData, grants, { ...options, onUsage: line?.onUsage }).finally(
    () => {
      line?.end();
      screen.programEnd();
    },
  );
  if (interruption.reason() !== null) return EXIT_CODES.cancelled.code;
  if (flags.json === true) screen.answer(jsonLine(learning));
  if (learning.policy !== null)
    await writePolicy(policyText(learning.policy, learning.needs, format), command);
  if (flags.json !== true) showLearning(learning, { file, flags, argv: command.argv, screen });
  return exitCode(learning);
}

async function readOptions(command: LearnCommand): Promise<LearnOptions | null> {
  const { file, flags, argv, screen, interruption } = command;
  const name = basename(file);
  const content = await readBytes(file, 'The program');
  const given = readFiles(flags.file ?? []);
  refuseNameOf(name, given);
  const beside: Readonly<Record<string, FileInput>> = flags.alone === true ? {} : await scriptDirectory(file);
  const wantsStdin = flags.stdin ?? readsStdin({ kind: 'file', name, content });
  const stdin =
    wantsStdin && command.stdin.isTTY !== true ? await readProgramStdin(command) : new Uint8Array();
  if (stdin === null) return null;
  const isLive = flags.json !== true && flags.quiet !== true;
  // Standard output is for the policy alone.
  const onText = (text: string): void => screen.program('stderr', text);
  return {
    files: { ...beside, ...given, [name]: content },
    entrypoint: name,
    argv,
    stdin,
    signal: interruption.signal,
    verify: flags.verify !== false,
    ...(isLive ? { onStdout: onText, onStderr: onText } : {}),
  };
}

async function writePolicy(text: string, { flags, screen }: LearnCommand): Promise<void> {
  if (flags.output === undefined) {
    if (flags.json !== true) screen.answer(text);
    return;
  }
  try {
    await writeFile(flags.output, `${text}\n`);
  } catch (cause) {
    throw notWritten(flags.output, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** Before the program runs, so that nothing is learnt in vain. */
function checkOutput(path: string): void {
  const directory = dirname(path);
  if (!existsSync(directory)) throw notWritten(path, `there is no directory '${directory}'`);
  const isThere = existsSync(path);
  if (isThere && statSync(path).isDirectory()) throw notWritten(path, 'it is a directory');
  try {
    accessSync(isThere ? path : directory, constants.W_OK);
  } catch (cause) {
    throw notWritten(path, 'this user may not write there', cause);
  }
}

function notWritten(path: string, reason: string, cause?: unknown): UsageError {
  return new UsageError(`--output: '${path}' cannot be written: ${reason}.`, null, cause);
}

function exitCode({ result, verification }: Learning): number {
  if (!result.ok) return exitCodeOf(result);
  return verification.state === 'failed' ? EXIT_CODES.error.code : EXIT_CODES.ok.code;
}
