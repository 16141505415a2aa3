import { mkdir } from 'node:fs/promises';
import type { RunOptions } from '../job/run-options.js';
import { formatBytes } from '../result/quantities.js';
import type { RunResult } from '../result/run-result.js';
import { runCode } from '../runner.js';
import { EXIT_CODES, exitCodeOf } from './exit-codes.js';
import type { Interruption } from './interruption.js';
import { type LiveLine, startLiveLine } from './live-line.js';
import type { PolicyPlaces } from './policy-flags.js';
import { type Program, readCode } from './read-code.js';
import { readProgramStdin } from './read-stdin.js';
import { reasonOf } from './read-text.js';
import { readsStdin } from './reads-stdin.js';
import { type CheckedFlags, checkFlags, type RunFlags, refuseNameOf } from './run-flags.js';
import type { Screen } from './screen.js';
import { UsageError } from './usage-error.js';

export interface RunCommand {
  readonly file: string | undefined;
  readonly flags: RunFlags;
  /** What stands after `--`. */
  readonly argv: readonly string[];
  readonly stdin: NodeJS.ReadStream;
  readonly places: PolicyPlaces;
  readonly screen: Screen;
  readonly interruption: Interruption;
}

/** `pungi run`: reads everything, runs it once, shows it. Gives the exit code. */
export async function runCommand(command: RunCommand): Promise<number> {
  const { flags, screen, interruption } = command;
  const checked = await checkFlags(flags, command.places);
  const program = await readCode({
    file: command.file,
    code: flags.code,
    stdinIsTerminal: command.stdin.isTTY === true,
    readStdin: () => readProgramStdin(command),
  });
  if (program === null) return EXIT_CODES.cancelled.code;
  const stdin = takesStdin(command, program) ? await readProgramStdin(command) : new Uint8Array();
  if (stdin === null) return EXIT_CODES.cancelled.code;
  const options = { ...(await makeOptions(command, checked, program)), stdin };
  const result = await runOnScreen(command, checked, program, options);
  if (flags.json === true) screen.answer(JSON.stringify(result));
  // Who pressed Ctrl-C knows how the run ended, and a reader that went away wants to hear no more.
  else if (interruption.reason() === null) show(result, command);
  return exitCodeOf(result);
}

async function runOnScreen(
  { flags, screen }: RunCommand,
  { policy, inputData }: CheckedFlags,
  program: Program,
  options: RunOptions,
): Promise<RunResult> {
  const isQuiet = flags.quiet === true || flags.json === true;
  const line: LiveLine | null = isQuiet ? null : startLiveLine(screen, policy);
  try {
    const code = program.kind === 'code' ? program.code : '';
    return await runCode(code, inputData, policy, { ...options, onUsage: line?.onUsage });
  } finally {
    line?.end();
    screen.programEnd();
  }
}

function takesStdin({ flags, stdin }: RunCommand, program: Program): boolean {
  if (stdin.isTTY === true || (program.kind === 'code' && program.stdin === 'used')) return false;
  return flags.stdin ?? readsStdin(program);
}

async function makeOptions(
  { flags, argv, screen, interruption }: RunCommand,
  { files }: CheckedFlags,
  program: Program,
): Promise<RunOptions> {
  if (program.kind === 'file') refuseNameOf(program.name, files);
  const live = flags.json !== true;
  return {
    files: program.kind === 'file' ? { ...files, [program.name]: program.content } : files,
    ...(program.kind === 'file' ? { entrypoint: program.name } : {}),
    argv,
    // One run: whatever were kept for the next would only be ended.
    oneshot: true,
    signal: interruption.signal,
    ...(flags.output === undefined ? {} : { outputDirectory: await makeDirectory(flags.output) }),
    ...(live ? { onStdout: (text: string) => screen.program('stdout', text) } : {}),
    ...(live ? { onStderr: (text: string) => screen.program('stderr', text) } : {}),
  };
}

async function makeDirectory(path: string): Promise<string> {
  if (path === '') throw new UsageError('--output names no directory.');
  try {
    await mkdir(path, { recursive: true });
    return path;
  } catch (cause) {
    const isFile = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    const reason = isFile ? 'it is no directory' : reasonOf(cause);
    throw new UsageError(`--output: '${path}' cannot be made: ${reason}.`, null, cause);
  }
}

function show(result: RunResult, { screen, flags }: RunCommand): void {
  const quiet = flags.quiet === true;
  if (!quiet && result.resultRepr !== null && result.resultRepr !== 'None') screen.answer(result.resultRepr);
  showError(result, screen, quiet);
  if (quiet) return;
  for (const note of result.notes) screen.note('hint', `note: ${note}`);
  for (const { name, reason } of result.truncated.files) screen.note('hint', `left out ${name}: ${reason}`);
  const files = [...result.files.values()].map(
    ({ name, sizeBytes }) => `${name} (${formatBytes(sizeBytes)})`,
  );
  if (files.length === 0) return;
  const place =
    flags.output === undefined ? 'not kept, --output DIRECTORY keeps them' : `saved in ${flags.output}`;
  screen.note('hint', `files ${place}: ${files.join(', ')}`);
}

/** Python prints its own tracebacks, and nothing for `SystemExit`; an ending that it could not see is told here. */
function showError({ error, status, signal }: RunResult, screen: Screen, quiet: boolean): void {
  if (error === null) return;
  if (error.traceback === '')
    screen.note('error', signal === null ? `${status}: ${error.message}` : error.message);
  if (!quiet && error.suggestion !== null) screen.note('hint', `hint: ${error.suggestion}`);
}
