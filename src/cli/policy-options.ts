import { type Command, Option } from 'commander';
import { textKind } from '../policy/files/policy-text.js';
import { optionWords } from '../policy/policy-names.js';
import { fieldDoc, isPolicyKey, POLICY_KEYS, type PolicyKey } from '../policy/schema.js';

const GROUP = 'Policy options, each a key of docs/policy.md:';

/** What `--python` takes, of whatever command. */
export const PYTHON_TEXT = 'a Python, the directory of a virtual environment, or env:NAME';

/** The keys whose options are shorter than their names. */
const SHORT = {
  timeoutSeconds: {
    name: 'timeout',
    flags: '-t, --timeout <SECONDS>',
    text: 'wall-clock limit (default: 5)',
  },
  memoryLimitMb: {
    name: 'memory',
    flags: '-m, --memory <SIZE>',
    text: 'memory limit, such as 256m or 1g (default: 256m)',
  },
  pythonExecutable: {
    name: 'python',
    flags: '--python <PATH>',
    text: PYTHON_TEXT,
  },
} as const satisfies Partial<Record<PolicyKey, { name: string; flags: string; text: string }>>;

const METAVARS = { list: '<A,B>', record: '<JSON>', value: '<VALUE>' } as const;

type ShortKey = keyof typeof SHORT;
export type FlagName = Exclude<PolicyKey, ShortKey> | (typeof SHORT)[ShortKey]['name'];
export type FlagValue = string | boolean | readonly string[];

/** What commander reads of the options that `addPolicyOptions` adds. */
export type PolicyFlags = Readonly<Partial<Record<FlagName, FlagValue>>> & {
  readonly preset?: string;
  readonly policy?: string;
  readonly dotenv?: string;
  /** `false` by `--no-config`. */
  readonly config?: boolean;
};

export function flagName(key: PolicyKey): FlagName {
  return isShort(key) ? SHORT[key].name : key;
}

/** `--max-files` for `maxFiles`. */
export function optionName(key: PolicyKey): string {
  return `--${optionWords(flagName(key))}`;
}

/** Every key of the policy as an option, and the places that a policy can come from. */
export function addPolicyOptions(command: Command): Command {
  command
    .option('-p, --policy <FILE>', 'a policy in JSON or TOML (docs/policy-files.md); options win over it')
    .option('--preset <NAME>', 'agent, strict, teaching or data; lies beneath all other settings')
    // Not `--env-file`: Node looks for that one among the words of every program that it runs.
    .option('--dotenv <FILE>', 'PUNGI_ variables from a .env file; those of the environment win over it')
    .option('--no-config', "leave out the user's own config file");
  return addPolicyKeys(command, POLICY_KEYS.filter(isPolicyKey), GROUP);
}

/** The options of some keys. */
export function addPolicyKeys(command: Command, keys: readonly PolicyKey[], group: string): Command {
  for (const key of keys) {
    for (const option of optionsOf(key, group)) command.addOption(option);
  }
  return command;
}

function optionsOf(key: PolicyKey, group: string): readonly Option[] {
  if (isShort(key)) return [new Option(SHORT[key].flags, SHORT[key].text)];
  const { description } = fieldDoc(key);
  const kind = textKind(key);
  if (kind === 'flag') {
    const on = new Option(optionName(key), description);
    const off = new Option(`--no-${optionWords(key)}`, 'the opposite, over a policy that says so').hideHelp();
    return [on.helpGroup(group), off];
  }
  const option = key === 'env' ? new Option('--env <NAME=VALUE>', `${description} May be repeated.`) : null;
  const made = option ?? new Option(`${optionName(key)} ${METAVARS[kind]}`, description);
  if (kind === 'list' || key === 'env') made.argParser(collect);
  return [made.helpGroup(group)];
}

export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function isShort(key: PolicyKey): key is ShortKey {
  return Object.hasOwn(SHORT, key);
}
