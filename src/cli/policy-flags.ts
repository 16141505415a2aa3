import { PungiError } from '../errors/pungi-error.js';
import { type MergedPolicy, mergeLayers } from '../policy/files/merge-layers.js';
import { layerOf, type PolicyLayer, readPresetName } from '../policy/files/policy-layer.js';
import { readPolicyText } from '../policy/files/policy-text.js';
import { TextFault } from '../policy/files/text-fault.js';
import { readDotEnvLayers } from '../policy/from-dot-env.js';
import { ENV_PREFIX, readEnvLayers } from '../policy/from-env.js';
import { readPolicyFile } from '../policy/from-file.js';
import { isPolicyKey, POLICY_KEYS, type PolicyKey } from '../policy/schema.js';
import { configDirectory, readUserConfig } from '../policy/user-config.js';
import { type FlagValue, flagName, optionName, type PolicyFlags } from './policy-options.js';
import { refuseOwnPolicy } from './refuse-own-policy.js';
import { UsageError } from './usage-error.js';

/** Where settings are looked for beside the options. */
export interface PolicyPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Told of what is wrong with the user's config file, which is then left out. */
  readonly warn: (text: string) => void;
}

/**
 * The policy of a command. Options win over `--policy`, then the environment, `--dotenv`, the config file, the preset
 * and the defaults.
 */
export function readPolicyFlags(flags: PolicyFlags, { env, home, warn }: PolicyPlaces): MergedPolicy {
  return asUsage(() => {
    const { policy, dotenv } = flags;
    const stated = [
      ...readOptions(flags),
      ...(policy === undefined ? [] : [readPolicyFile(policy, `--policy: '${policy}'`)]),
      ...readEnvLayers(env, ENV_PREFIX),
      ...(dotenv === undefined ? [] : readDotEnvLayers(dotenv, ENV_PREFIX, `--dotenv: '${dotenv}'`)),
    ];
    const named = [policy, dotenv].filter((file) => file !== undefined);
    if (flags.config === false) return guarded(mergeLayers(stated), named, home);
    const config = readUserConfig(home, env);
    if (config.warning !== null) warn(`${config.warning.message} It is left out.`);
    const merged = mergeLayers(config.layer === null ? stated : [...stated, config.layer]);
    return guarded(merged, [...named, configDirectory(home, env)], home);
  });
}

function guarded(merged: MergedPolicy, read: readonly string[], home: string): MergedPolicy {
  refuseOwnPolicy(merged.policy, read, home);
  return merged;
}

function readOptions(flags: PolicyFlags): readonly PolicyLayer[] {
  const given = POLICY_KEYS.filter(isPolicyKey).flatMap((key) => {
    const value = flags[flagName(key)];
    return value === undefined ? [] : [readOption(key, value)];
  });
  if (flags.preset === undefined) return given;
  return [...given, { source: '--preset', preset: readPresetName('--preset', flags.preset), policy: {} }];
}

/** One key of the policy from one option, checked alone, so that the message can name the option. */
function readOption(key: PolicyKey, value: FlagValue): PolicyLayer {
  const source = optionName(key);
  try {
    return layerOf(source, { [key]: readFlagValue(key, value) });
  } catch (cause) {
    if (!(cause instanceof TextFault)) throw cause;
    throw new UsageError(`${source} is not valid JSON: ${cause.message}.`, null, cause);
  }
}

function readFlagValue(key: PolicyKey, value: FlagValue): unknown {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return readPolicyText(key, value);
  if (key === 'env') return readVariables(value);
  const lists = value.map((text) => readPolicyText(key, text));
  return lists.length === 1 ? lists[0] : lists.flat();
}

function readVariables(pairs: readonly string[]): Readonly<Record<string, string>> {
  const variables = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) {
      throw new UsageError(
        `--env '${pair}' is not of the form NAME=VALUE.`,
        'Write for example --env TZ=UTC.',
      );
    }
    if (variables.has(pair.slice(0, at))) {
      throw new UsageError(`--env gives the name '${pair.slice(0, at)}' twice.`);
    }
    variables.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return Object.fromEntries(variables);
}

function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof PungiError)) throw cause;
    throw new UsageError(cause.message, hintOf(cause), cause);
  }
}

/** A message that says what is allowed, or names the place in a file, needs no second line. */
function hintOf({ message, hint, details }: PungiError): string | null {
  if (hint.startsWith('Did you mean')) return hint;
  return message.includes('; allowed: ') || details['path'] !== undefined ? null : hint;
}
