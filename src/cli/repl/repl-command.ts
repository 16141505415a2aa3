import { createInterface, type Interface } from 'node:readline';
import { createRunner } from '../../create-runner.js';
import { PungiError } from '../../errors/pungi-error.js';
import type { RunOptions } from '../../job/run-options.js';
import { isModuleName } from '../../policy/python-names.js';
import type { Session } from '../../session/session.js';
import { exitCodeOf } from '../exit-codes.js';
import type { Interruption } from '../interruption.js';
import { type PolicyPlaces, readPolicyFlags } from '../policy-flags.js';
import type { PolicyFlags } from '../policy-options.js';
import type { Screen } from '../screen.js';
import { UsageError } from '../usage-error.js';
import { isQuit, type ReplState, runReplCommand } from './commands.js';
import { historyFile, keepHistory, readHistory } from './history.js';
import { isComplete } from './is-complete.js';
import { createLineQueue, type LineQueue } from './line-queue.js';
import { createPictures, type Pictures } from './pictures.js';
import { showStep } from './show-step.js';

export interface ReplFlags extends PolicyFlags {
  readonly json?: boolean;
  readonly preload?: readonly string[];
}

export interface ReplCommandInput {
  readonly flags: ReplFlags;
  readonly places: PolicyPlaces;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Where directories for pictures are made. */
  readonly temporary: string;
  readonly screen: Screen;
  readonly interruption: Interruption;
}

// Theory of operation. readline reads lines all the time, so that Ctrl-C is heard while a step goes on: in a terminal
// that readline holds it is a key, not a signal. Lines typed ahead wait in the queue. Without a terminal the same loop
// reads a script: no prompts, no history, and the exit code is that of the last step.

/** `pungi repl`: a session at a prompt. Gives the exit code. */
export async function replCommand(input: ReplCommandInput): Promise<number> {
  const { flags, places } = input;
  const { policy } = readPolicyFlags(flags, places);
  const preload = readPreload(flags.preload ?? []);
  const runner = await createRunner({ policy, warm: { size: 1, preload } });
  try {
    const session = await runner.session({ idleSeconds: IDLE_SECONDS });
    return await converse(input, session);
  } finally {
    await runner.close('kill');
  }
}

function readPreload(given: readonly string[]): readonly string[] {
  const names = given.flatMap((text) => text.split(',')).map((name) => name.trim());
  const wrong = names.find((name) => !isModuleName(name));
  if (wrong === undefined) return names;
  throw new UsageError(
    `--preload: '${wrong}' is no name of a module.`,
    'Write for example --preload numpy,pandas.',
  );
}

async function converse(input: ReplCommandInput, session: Session): Promise<number> {
  const { places, screen, interruption } = input;
  const isTerminal = input.stdin.isTTY === true && input.stdout.isTTY === true;
  const file = historyFile(places.home, places.env);
  const lines = createLineQueue();
  const reader = openReader(input, isTerminal, isTerminal ? readHistory(file) : []);
  const running: { abort: (() => void) | null } = { abort: null };
  reader.on('line', (line) => lines.push(line));
  reader.on('close', () => lines.end());
  reader.on('SIGINT', () => {
    if (running.abort === null) lines.interrupt();
    else running.abort();
  });
  interruption.signal.addEventListener('abort', () => {
    running.abort?.();
    reader.close();
  });
  if (isTerminal) screen.note('hint', 'Python in the sandbox; %help lists commands, Ctrl-D leaves.');
  const pictures = createPictures(input.temporary, isTerminal, places.env);
  try {
    return await loop({
      state: { session, kept: new Map(), json: input.flags.json === true },
      lines,
      reader,
      running,
      pictures,
      screen,
      isTerminal,
    });
  } finally {
    reader.close();
    const problem = isTerminal ? keepHistory(file, historyOf(reader)) : null;
    if (problem !== null) screen.note('warning', `the history could not be kept: ${problem}`);
  }
}

/** Longer than anybody leaves a prompt open. */
const IDLE_SECONDS = 24 * 3600;

interface Repl {
  readonly state: ReplState;
  readonly lines: LineQueue;
  readonly reader: Interface;
  readonly running: { abort: (() => void) | null };
  readonly pictures: Pictures;
  readonly screen: Screen;
  readonly isTerminal: boolean;
}

function openReader({ stdin, stdout }: ReplCommandInput, terminal: boolean, history: string[]): Interface {
  const output = terminal ? { output: stdout } : {};
  return createInterface({ input: stdin, ...output, terminal, history, historySize: 1000, tabSize: 4 });
}

function historyOf(reader: Interface): readonly string[] {
  const history: unknown = Reflect.get(reader, 'history');
  return Array.isArray(history) ? history.filter((line) => typeof line === 'string') : [];
}

async function loop(repl: Repl): Promise<number> {
  let exitCode = 0;
  for (;;) {
    const cell = await readCell(repl);
    if (cell === null || isQuit(cell)) return repl.isTerminal ? 0 : exitCode;
    if (cell.trim() !== '') exitCode = await answer(cell, repl);
  }
}

/** One entry; what is wrong with it is said, and the next one comes. */
async function answer(cell: string, repl: Repl): Promise<number> {
  try {
    return await runCell(cell, repl);
  } catch (error) {
    if (!(error instanceof PungiError)) throw error;
    const isOver = error.code === 'SESSION_ENDED';
    repl.screen.note('error', error.message);
    repl.screen.note('hint', `hint: ${isOver ? '%reset goes on with an empty session' : error.hint}`);
    return error.exitCode;
  }
}

/** The lines of one entry; `null` when there are no more. */
async function readCell(repl: Repl): Promise<string | null> {
  let cell: string[] = [];
  for (;;) {
    prompt(repl, cell.length === 0 ? '>>> ' : '... ');
    const taken = await repl.lines.next();
    if (taken.kind === 'end') return cell.length === 0 ? null : cell.join('\n');
    if (taken.kind === 'line') cell.push(taken.text);
    else {
      giveUpLine(repl);
      cell = [];
    }
    if (isWhole(cell)) return cell.join('\n');
  }
}

function prompt({ reader, isTerminal }: Repl, text: string): void {
  if (!isTerminal) return;
  reader.setPrompt(text);
  reader.prompt();
}

/** As Python's prompt does on Ctrl-C: what was typed is gone. */
function giveUpLine({ reader, screen }: Repl): void {
  reader.write(null, { ctrl: true, name: 'e' });
  reader.write(null, { ctrl: true, name: 'u' });
  screen.answer('');
}

function isWhole(cell: readonly string[]): boolean {
  const [first] = cell;
  if (first === undefined) return false;
  return (cell.length === 1 && /^\s*(%|$)/.test(first)) || isComplete(cell);
}

async function runCell(cell: string, { state, running, pictures, screen }: Repl): Promise<number> {
  if (/^\s*%/.test(cell)) {
    await runReplCommand(cell, state, screen);
    return 0;
  }
  const controller = new AbortController();
  running.abort = () => controller.abort();
  try {
    const result = await state.session.run(cell, undefined, {
      signal: controller.signal,
      ...(state.json ? {} : live(screen)),
    });
    screen.programEnd();
    if (state.json) screen.answer(JSON.stringify(result));
    else showStep(result, screen, pictures);
    return exitCodeOf(result);
  } finally {
    running.abort = null;
  }
}

function live(screen: Screen): Pick<RunOptions, 'onStdout' | 'onStderr'> {
  return {
    onStdout: (text) => screen.program('stdout', text),
    onStderr: (text) => screen.program('stderr', text),
  };
}
