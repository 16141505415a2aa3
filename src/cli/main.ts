#!/usr/bin/env node
import { CommanderError } from 'commander';
import { PungiError } from '../errors/pungi-error.js';
import { doctorCommand } from './doctor-command.js';
import { EXIT_CODES, signalExitCode } from './exit-codes.js';
import { watchInterruption } from './interruption.js';
import { createProgram } from './program.js';
import { runCommand } from './run-command.js';
import { createScreen, type Screen } from './screen.js';
import { UsageError } from './usage-error.js';
import { readVersion } from './version.js';

async function main(): Promise<void> {
  // A second Ctrl-C does not wait; the parent-death signal ends what was started.
  const interruption = watchInterruption(process, (signal) => process.exit(signalExitCode(signal)));
  const screen = createScreen(process);
  const [own, argv] = splitArguments(process.argv.slice(2));
  const program = createProgram(readVersion(), {
    async run(file, flags) {
      const { stdin } = process;
      process.exitCode = await runCommand({ file, flags, argv, stdin, screen, interruption });
    },
    async doctor(flags) {
      process.exitCode = await doctorCommand(flags, screen);
    },
  });
  try {
    await program.parseAsync(own, { from: 'user' });
  } catch (error) {
    process.exitCode = explain(error, screen);
  }
  const signal = interruption.reason();
  if (signal !== null) process.exitCode = signalExitCode(signal);
  interruption.end();
}

/** What stands after the first `--` belongs to the program that is run, dashes and all. */
function splitArguments(all: readonly string[]): readonly [own: readonly string[], argv: readonly string[]] {
  const at = all.indexOf('--');
  return at === -1 ? [all, []] : [all.slice(0, at), all.slice(at + 1)];
}

function explain(error: unknown, screen: Screen): number {
  if (error instanceof CommanderError) return explainUsage(error, screen);
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

function explainUsage({ code, exitCode, message }: CommanderError, screen: Screen): number {
  // Help and version were asked for and are printed already.
  if (exitCode === 0) return 0;
  if (code === 'commander.help') return EXIT_CODES.usage.code;
  const hint =
    code === 'commander.excessArguments'
      ? 'Arguments of the program go after --.'
      : '`pungi run --help` shows the options.';
  tell(screen, message.replace(/^error: /, '').replaceAll('\n', ' '), hint);
  return EXIT_CODES.usage.code;
}

function tell(screen: Screen, message: string, hint: string | null): void {
  screen.note('error', message);
  if (hint !== null) screen.note('hint', `hint: ${hint}`);
}

await main();
