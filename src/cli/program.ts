import { Command } from 'commander';
import type { DescribeFlags } from './describe-command.js';
import type { DoctorFlags } from './doctor-command.js';
import type { EnvCreateFlags, EnvFlags } from './env-command.js';
import { EXIT_CODES } from './exit-codes.js';
import type { LearnFlags } from './learn-flags.js';
import { addLearn } from './learn-program.js';
import type { ExplainFlags, ShowFlags } from './policy-command.js';
import { addPolicyOptions, collect, PYTHON_TEXT } from './policy-options.js';
import { refuseRepeats } from './refuse-repeats.js';
import type { ReplFlags } from './repl/repl-command.js';
import type { RunFlags } from './run-flags.js';
import type { ValidateFlags } from './validate-command.js';

export interface Actions {
  run(file: string | undefined, flags: RunFlags): Promise<void>;
  repl(flags: ReplFlags): Promise<void>;
  doctor(flags: DoctorFlags): Promise<void>;
  validate(file: string | undefined, flags: ValidateFlags): Promise<void>;
  describe(flags: DescribeFlags): Promise<void>;
  learn(file: string, flags: LearnFlags): Promise<void>;
  policyShow(flags: ShowFlags): void;
  policyExplain(key: string, flags: ExplainFlags): void;
  policySchema(flags: ExplainFlags): void;
  envCreate(name: string, packages: readonly string[], flags: EnvCreateFlags): Promise<void>;
  envList(flags: EnvFlags): void;
  envRemove(name: string, flags: EnvFlags): Promise<void>;
  completion(shell: string, program: Command): void;
}

/** A column of help that is less wide is not wrapped: commander leaves it to the terminal, which cuts words. */
const NARROWEST_COLUMN = 24;

/** The commands, their options and their help. Faults are thrown as commander's own error, never an exit. */
export function createProgram(version: string, actions: Actions): Command {
  const program = new Command('pungi')
    .description('Runs Python that you did not write, in a real CPython inside a kernel sandbox.')
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [COMMAND]', 'show help of a command')
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: false, minWidthToWrap: NARROWEST_COLUMN })
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .addHelpText('after', HELP);
  addRun(program, actions);
  addRepl(program, actions);
  addValidate(program, actions);
  addDescribe(program, actions);
  addLearn(program, actions.learn);
  addPolicy(program, actions);
  addEnv(program, actions);
  addDoctor(program, actions);
  addCompletion(program, actions);
  refuseRepeats(program);
  return program;
}

function addRun(program: Command, actions: Actions): void {
  const run = program
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
    .option('--json', 'print the whole result as one JSON object, and nothing else')
    .option('-q, --quiet', 'only what the program itself prints, and errors')
    .option('--stdin', 'give it standard input (default: when its text speaks of it)')
    .option('--no-stdin', 'give it none')
    .addHelpText('after', RUN_HELP)
    .action((file: string | undefined, flags: RunFlags) => actions.run(file, flags));
  addPolicyOptions(run);
}

function addRepl(program: Command, actions: Actions): void {
  const repl = program
    .command('repl')
    .summary('a session at a prompt')
    .description(
      'A living interpreter in the sandbox, one step for each entry. Ctrl-C interrupts a step and keeps what was ' +
        'defined; %fork keeps a copy to which %restore goes back; pictures are saved, and drawn where the terminal ' +
        'can. Standard input that is no terminal is read as a script.',
    )
    .helpOption('-h, --help', 'show help')
    .option('--preload <A,B>', 'modules to import before the first step; may be repeated', collect)
    .option('--json', 'print the result of each entry as one JSON object on a line of its own')
    .action((flags: ReplFlags) => actions.repl(flags));
  addPolicyOptions(repl);
}

function addValidate(program: Command, actions: Actions): void {
  const { ok, error, usage, blocked } = EXIT_CODES;
  const validate = program
    .command('validate')
    .summary('say what keeps a program from running, without running it')
    .description(
      'Reads a file, -c CODE, or the code on standard input under the policy. Nothing of it is run.',
    )
    .argument('[FILE]', 'the program; - reads it from standard input')
    .helpOption('-h, --help', 'show help')
    .option('-c, --code <CODE>', 'the program itself')
    .option('--json', 'print the answer as one JSON object')
    .addHelpText(
      'after',
      `\nExits with ${ok.code} when the program may start, ${blocked.code} when the policy refuses it,\n${error.code} when it is no Python, ${usage.code} on bad usage.`,
    )
    .action((file: string | undefined, flags: ValidateFlags) => actions.validate(file, flags));
  addPolicyOptions(validate);
}

function addDescribe(program: Command, actions: Actions): void {
  const describe = program
    .command('describe')
    .summary('say in words what is true of every run, for a system prompt')
    .description('What is installed, what is refused, where files can be written, which limits hold.')
    .helpOption('-h, --help', 'show help')
    .option('--json', 'print it as one JSON object')
    .action((flags: DescribeFlags) => actions.describe(flags));
  addPolicyOptions(describe);
}

function addPolicy(program: Command, actions: Actions): void {
  const policy = program
    .command('policy')
    .summary('show the policy, explain a key of it')
    .description('What a policy says, where it is from, and what can be said in one.')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false);
  const show = policy
    .command('show')
    .summary('the policy that a run would have, and where each key of it is from')
    .description('The policy that a run with the same options would have, and where each key of it is from.')
    .helpOption('-h, --help', 'show help')
    .option('--json', 'print it as one JSON object')
    .action((flags: ShowFlags) => actions.policyShow(flags));
  addPolicyOptions(show);
  policy
    .command('explain')
    .summary('one key: what it does, what it takes, how to set it')
    .description('What a key of the policy does, what it takes, and how to set it.')
    .argument('<KEY>', 'a key such as timeoutSeconds')
    .helpOption('-h, --help', 'show help')
    .option('--json', 'print it as one JSON object')
    .action((key: string, flags: ExplainFlags) => actions.policyExplain(key, flags));
  policy
    .command('schema')
    .summary('the JSON Schema of policy files, for editors')
    .description('The JSON Schema of policy files, for editors.')
    .helpOption('-h, --help', 'show help')
    .option('--json', 'print it on one line')
    .action((flags: ExplainFlags) => actions.policySchema(flags));
}

function addEnv(program: Command, actions: Actions): void {
  const env = program
    .command('env')
    .summary('make, list and remove virtual environments with pinned packages')
    .description('Virtual environments with pinned packages, used by --python env:NAME.')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false);
  env
    .command('create')
    .summary('make one; the same again is there already')
    .description('Makes a virtual environment and installs wheels of exactly these versions.')
    .argument('<NAME>', 'letters, digits, . _ and -')
    .argument('[PACKAGE==VERSION...]', 'what is installed, with what it depends on')
    .helpOption('-h, --help', 'show help')
    .option('--python <PATH>', 'the Python that it is made of')
    .option('--json', 'print it as one JSON object')
    .action((name: string, packages: readonly string[], flags: EnvCreateFlags) =>
      actions.envCreate(name, packages, flags),
    );
  env
    .command('list')
    .summary('all of them, with what is installed')
    .description('Each environment with its Python and all that is installed in it.')
    .helpOption('-h, --help', 'show help')
    .option('--json', 'print them as one JSON object')
    .action((flags: EnvFlags) => actions.envList(flags));
  env
    .command('remove')
    .summary('remove one')
    .description('Removes an environment with all that is in it.')
    .argument('<NAME>', 'as `pungi env list` has it')
    .helpOption('-h, --help', 'show help')
    .option('--json', 'print what was removed as one JSON object')
    .action((name: string, flags: EnvFlags) => actions.envRemove(name, flags));
}

function addCompletion(program: Command, actions: Actions): void {
  program
    .command('completion')
    .summary('the completion script of a shell')
    .description('Prints what teaches a shell the commands and options: eval "$(pungi completion bash)".')
    .argument('<SHELL>', 'bash, zsh or fish')
    .helpOption('-h, --help', 'show help')
    .action((shell: string) => actions.completion(shell, program));
}

function addDoctor(program: Command, actions: Actions): void {
  program
    .command('doctor')
    .summary('say what this machine offers, and how to get what it lacks')
    .description('Looks at Python and the kernel, then proves each isolation level by a real run.')
    .helpOption('-h, --help', 'show help')
    .option('--python <PATH>', PYTHON_TEXT)
    .option('--json', 'print the report as one JSON object')
    .addHelpText(
      'after',
      `\nExits with 0 when level kernel or better works, else with ${EXIT_CODES.sandbox.code}.`,
    )
    .action((flags: DoctorFlags) => actions.doctor(flags));
}

const HELP = `
Examples:
  $ pungi run -c 'sum(range(10))'
  $ pungi run program.py --timeout 2 --memory 512m
  $ pungi validate program.py --preset strict
  $ pungi policy explain timeoutSeconds
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
  $ pungi run program.py --preset strict --blocked-imports re,json

Exit codes; one that the program gives to sys.exit is passed on, and may be any
of these: --json tells them apart by "status".
${Object.values(EXIT_CODES)
  .map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`)
  .join('\n')}`;
