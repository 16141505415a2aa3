import type { Command } from 'commander';
import { GRANT_KEYS } from '../learn/grants.js';
import { EXIT_CODES } from './exit-codes.js';
import type { LearnFlags } from './learn-flags.js';
import { addPolicyKeys, collect, PYTHON_TEXT } from './policy-options.js';

/** Keys whose options have other defaults here, or are short. */
const OWN_WORDS = {
  timeoutSeconds: 'wall-clock limit while it is watched (default: 60)',
  memoryLimitMb: 'memory limit while it is watched (default: 2g)',
  pythonExecutable: PYTHON_TEXT,
} as const;

/** `pungi learn`: its options and help. */
export function addLearn(program: Command, action: (file: string, flags: LearnFlags) => Promise<void>): void {
  const learn = program
    .command('learn')
    .summary('run a program and print the narrowest policy that lets it pass')
    .description(
      'Runs a program at level full, in a copy of its directory, with nothing of the language refused; prints the ' +
        'narrowest policy that lets it pass, and runs it once more under that policy. What follows -- is its sys.argv.',
    )
    .argument('<SCRIPT>', 'the program, a file')
    .helpOption('-h, --help', 'show help')
    .option('-i, --input <JSON>', '`input_data` of the program, or @file.json')
    .option('-f, --file <NAME=PATH>', 'put a copy of a file into its directory; may be repeated', collect)
    .option('--alone', 'copy the program only, not the directory in which it lies')
    .option('-o, --output <FILE>', 'write the policy to a file, .json or .toml, instead of stdout')
    .option('--toml', 'print the policy as TOML')
    .option('--json', 'print the policy and all that was found as one JSON object')
    .option('-q, --quiet', 'leave out what the program prints, and the summary')
    .option('--no-verify', 'do not run it again under the policy')
    .option('--stdin', 'give it standard input (default: when its text speaks of it)')
    .option('--no-stdin', 'give it none')
    .option('-t, --timeout <SECONDS>', OWN_WORDS.timeoutSeconds)
    .option('-m, --memory <SIZE>', OWN_WORDS.memoryLimitMb)
    .option('--python <PATH>', OWN_WORDS.pythonExecutable)
    .addHelpText('after', HELP)
    .action((file: string, flags: LearnFlags) => action(file, flags));
  const others = GRANT_KEYS.filter((key) => !Object.hasOwn(OWN_WORDS, key));
  addPolicyKeys(learn, others, 'What it may do while it is watched, each a key of docs/policy.md:');
}

const { ok, error, usage, sandbox } = EXIT_CODES;

const HELP = `
Examples:
  $ pungi learn report.py > policy.json
  $ pungi learn report.py -o policy.toml -- --month 3
  $ pungi learn report.py --readable-paths /srv/data --allow-network

Only what is granted here, and used, is in the policy; what was refused is told
with the option that grants it.

Exits with ${ok.code} when the program passes under the policy that is printed, ${error.code} when it
does not, ${usage.code} on bad usage, ${sandbox.code} without level full, and as \`pungi run\` would
when the program fails while it is watched.`;
