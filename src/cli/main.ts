#!/usr/bin/env node
import { tmpdir } from 'node:os';
import { type Command, CommanderError } from 'commander';
import { PungiError } from '../errors/pungi-error.js';
import { homeDirectory } from '../host/surroundings.js';
import { completionScript } from './completion.js';
import { describeCommand } from './describe-command.js';
import { doctorCommand } from './doctor-command.js';
import { envCreate, envList, envRemove } from './env-command.js';
import { EXIT_CODES, signalExitCode } from './exit-codes.js';
import { watchInterruption } from './interruption.js';
import { learnCommand } from './learn-command.js';
import { policyExplain, policySchemaCommand, policyShow } from './policy-command.js';
import type { PolicyPlaces } from './policy-flags.js';
import { createProgram } from './program.js';
import { replCommand } from './repl/repl-command.js';
import { runCommand } from './run-command.js';
import { createScreen, type Screen } from './screen.js';
import { UsageError } from './usage-error.js';
import { validateCommand } from './validate-command.js';
import { readVersion } from './version.js';

async function main(): Promise<void> {
  // A second Ctrl-C does not wait; the parent-death signal ends what was started.
  const interruption = watchInterruption(process, (signal) => process.exit(signalExitCode(signal)));
  const screen = createScreen(process);
  // Whatever ends the command: nothing of its line stays on the terminal.
  process.on('exit', () => screen.status(null));
  const [own, argv] = splitArguments(process.argv.slice(2));
  const { stdin, env } = process;
  const places: PolicyPlaces = {
    env,
    home: homeDirectory(),
    warn: (text) => screen.note('warning', text),
  };
  const program = createProgram(readVersion(), {
    async run(file, flags) {
      process.exitCode = await runCommand({ file, flags, argv, stdin, places, screen, interruption });
    },
    async validate(file, flags) {
      process.exitCode = await validateCommand({ file, flags, stdin, places, screen, interruption });
    },
    async describe(flags) {
      process.exitCode = await describeCommand(flags, places, screen);
    },
    async learn(file, flags) {
      process.exitCode = await learnCommand({ file, flags, argv, stdin, places, screen, interruption });
    },
    policyShow: (flags) => policyShow(flags, places, screen),
    policyExplain: (key, flags) => policyExplain(key, flags, screen),
    policySchema: (flags) => policySchemaCommand(flags, screen),
    async envCreate(name, packages, flags) {
      process.exitCode = await envCreate({ name, packages, flags, places, screen, interruption });
    },
    envList: (flags) => envList(flags, places, screen),
    envRemove: (name, flags) => envRemove(name, flags, places, screen),
    completion: (shell, commands) => screen.answer(completionScript(shell, commands)),
    async repl(flags) {
      const { stdout } = process;
      const temporary = tmpdir();
      process.exitCode = await replCommand({ flags, stdin, stdout, places, temporary, screen, interruption });
    },
    async doctor(flags) {
      process.exitCode = await doctorCommand(flags, screen);
    },
  });
  try {
    refuseUnused(program, own, argv);
    await program.parseAsync(own, { from: 'user' });
  } catch (error) {
    process.exitCode = explain(error, screen, program, own);
  }
  // Whatever a command gave for a run that was cancelled: the signal that came is the exit code.
  const signal = interruption.reason();
  if (signal !== null) process.exitCode = signalExitCode(signal);
  interruption.end();
}

/** What stands after the first `--` belongs to the program that is run, dashes and all. */
function splitArguments(all: readonly string[]): readonly [own: readonly string[], argv: readonly string[]] {
  const at = all.indexOf('--');
  return at === -1 ? [all, []] : [all.slice(0, at), all.slice(at + 1)];
}

const TAKING_WORDS: readonly string[] = ['pungi run', 'pungi learn'];

/** What nobody would read must not look as if it had been heard. */
function refuseUnused(program: Command, own: readonly string[], argv: readonly string[]): void {
  const command = commandOf(program, own);
  if (argv.length === 0 || TAKING_WORDS.includes(command)) return;
  throw new UsageError(
    `What follows -- is for the program that is run; ${command} runs none.`,
    `Leave the -- out.`,
  );
}

function explain(error: unknown, screen: Screen, program: Command, own: readonly string[]): number {
  if (error instanceof CommanderError) return explainUsage(error, screen, commandOf(program, own), own);
  if (error instanceof UsageError) {
    tell(screen, error.message, error.hint);
    return EXIT_CODES.usage.code;
  }
  if (error instanceof PungiError) {
    tell(screen, error.message, error.hint);
    return error.exitCode;
  }
  throw error;
}

/** The command that the words name, as it is typed: `pungi policy show`. */
function commandOf(program: Command, words: readonly string[]): string {
  const [word, ...rest] = words;
  const found = program.commands.find((command) => command.name() === word);
  return found === undefined ? program.name() : `${program.name()} ${commandOf(found, rest)}`;
}

function explainUsage(
  { code, exitCode, message }: CommanderError,
  screen: Screen,
  command: string,
  own: readonly string[],
): number {
  // Help and version were asked for and are printed already.
  if (exitCode === 0) return 0;
  if (code === 'commander.help') return EXIT_CODES.usage.code;
  tell(screen, message.replace(/^error: /, '').replaceAll('\n', ' '), usageHint(code, command, own));
  return EXIT_CODES.usage.code;
}

function usageHint(code: string, command: string, [word = '']: readonly string[]): string {
  if (code === 'commander.excessArguments' && TAKING_WORDS.includes(command)) {
    return 'Arguments of the program go after --.';
  }
  const isUnknown = code === 'commander.unknownCommand';
  if (isUnknown && command === 'pungi' && word.endsWith('.py')) return `Type \`pungi run ${word}\`.`;
  return `\`${command} --help\` shows ${isUnknown ? 'the commands' : 'the options'}.`;
}

function tell(screen: Screen, message: string, hint: string | null): void {
  screen.note('error', message);
  if (hint !== null) screen.note('hint', `hint: ${hint}`);
}

await main();
