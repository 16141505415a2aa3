import type { LearnGrants } from '../learn/grants.js';
import { configDirectory } from '../policy/user-config.js';
import type { PolicyPlaces } from './policy-flags.js';
import { readPolicyFlags } from './policy-flags.js';
import type { PolicyFlags } from './policy-options.js';
import { refuseOwnPolicy } from './refuse-own-policy.js';
import { UsageError } from './usage-error.js';

/** The options of `pungi learn` as commander reads them: text, or absent. */
export interface LearnFlags extends PolicyFlags {
  readonly input?: string;
  readonly file?: readonly string[];
  readonly alone?: boolean;
  readonly output?: string;
  readonly toml?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** `false` by `--no-verify`. */
  readonly verify?: boolean;
  /** Absent: when the program speaks of it. */
  readonly stdin?: boolean;
}

export type PolicyFormat = 'json' | 'toml';

/** What the options grant. Variables and the config file are left out: what they allow would be learnt as needed. */
export function readGrants(flags: LearnFlags, places: PolicyPlaces): LearnGrants {
  const grants = readPolicyFlags({ ...flags, config: false }, { ...places, env: {} }).policy;
  const { output } = flags;
  const later = [...(output === undefined ? [] : [output]), configDirectory(places.home, places.env)];
  refuseOwnPolicy(grants, later, places.home);
  return grants;
}

/** How the policy is written: by `--toml`, else by the name of the file. */
export function readFormat({ toml, json, output }: LearnFlags): PolicyFormat {
  if (toml === true && json === true) {
    throw new UsageError('Both --toml and --json are given; allowed: one of them.');
  }
  if (output === undefined) return toml === true ? 'toml' : 'json';
  const format = /\.(json|toml)$/i.exec(output)?.[1]?.toLowerCase();
  if (format !== 'json' && format !== 'toml') {
    throw new UsageError(
      `--output '${output}' has a name that ends in neither .json nor .toml.`,
      'Name the file after what is in it: policy.json or policy.toml.',
    );
  }
  if (toml === true && format === 'json') {
    throw new UsageError(`--toml is given, and --output '${output}' ends in .json; allowed: one of them.`);
  }
  return format;
}
