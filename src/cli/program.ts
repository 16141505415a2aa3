import { Command } from 'commander';
import type { DoctorFlags } from './doctor-command.js';
import { EXIT_CODES } from './exit-codes.js';
import type { RunFlags } from './run-flags.js';

export interface Actions {
  run(file: string | undefined, flags: RunFlags): Promise<void>;
  doctor(flags: DoctorFlags): Promise<void>;
}

/** The commands, their options and their help. Faults are thrown as commander's own error, never an exit. */
export function createProgram(version: string, actions: Actions): Command {
  const program = new Command('pungi')
    .description('Runs Python that you did not write, in a real CPython inside a kernel sandbox.')
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .addHelpText('after', HELP);
  addRun(program, actions);
  addDoctor(program, actions);
  return program;
}

function addRun(program: Command, actions: Actions): void {
  program
    .command('run')
    .summary('run a program in the sandbox')
    .description(
      'Runs a file, -c CODE, or the code on standard input. Shows what it prints while it prints, then its result: ' +
        'the variable `result`, else the value of the last expression. What follows -- is its sys.argv.',
    )
    .argument('[FILE]', 'the program; - reads it from standard input')
    .helpOption('-h, --help', 'show help')
    .option('-c, --code <CODE>', 'the program itself')
    .option('-i, --input <JSON>', '`input_data` of the program, or @file.json')
    .option('-f, --file <NAME=PATH>', 'put a copy of a file into its directory; may be repeated', collect)
    .option('-o, --output <DIRECTORY>', 'save the files that it makes or changes')
    .option('-p, --policy <FILE.json>', 'the policy, as docs/policy.md has it; the options below win over it')
    .option('-t, --timeout <SECONDS>', 'wall-clock limit (default: 5)')
    .option('-m, --memory <SIZE>', 'memory limit, such as 256m or 1g (default: 256m)')
    .option(
      '--isolation <LEVEL>',
      'the least that is accepted: full, kernel, process, or exactly:LEVEL (default: kernel)',
    )
    .option('--python <PATH>', 'a Python, or the directory of a virtual environment')
    .option('--json', 'print the whole result as one JSON object, and nothing else')
    .option('-q, --quiet', 'only what the program itself prints, and errors')
    .option('--stdin', 'give it standard input (default: when its text speaks of it)')
    .option('--no-stdin', 'give it none')
    .addHelpText('after', RUN_HELP)
    .action((file: string | undefined, flags: RunFlags) => actions.run(file, flags));
}

function addDoctor(program: Command, actions: Actions): void {
  program
    .command('doctor')
    .summary('say what this machine offers, and how to get what it lacks')
    .description('Looks at Python and the kernel, then proves each isolation level by a real run.')
    .helpOption('-h, --help', 'show help')
    .option('--python <PATH>', 'a Python, or the directory of a virtual environment')
    .option('--json', 'print the report as one JSON object')
    .addHelpText(
      'after',
      `\nExits with 0 when level kernel or better works, else with ${EXIT_CODES.sandbox.code}.`,
    )
    .action((flags: DoctorFlags) => actions.doctor(flags));
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

const HELP = `
Examples:
  $ pungi run -c 'sum(range(10))'
  $ pungi run program.py --timeout 2 --memory 512m
  $ pungi doctor

\`pungi run --help\` has all options and exit codes.`;

const RUN_HELP = `
Examples:
  $ pungi run -c '6 * 7'
  $ pungi run program.py --input '{"x": 81}'
  $ pungi run report.py --file data.csv=./march.csv --output ./out
  $ cat log.txt | pungi run -c 'import sys; len(sys.stdin.readlines())'
  $ generate-code | pungi run - --json --timeout 2 | jq .status
  $ pungi run tool.py --python ./venv -- --verbose input.txt

Exit codes (a code given to sys.exit is passed on; --json tells them apart by "status"):
${Object.values(EXIT_CODES)
  .map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`)
  .join('\n')}`;
