import { PungiError } from '../errors/pungi-error.js';
import { mergeLayers } from './files/merge-layers.js';
import { invalid, layerOf, type PolicyLayer, readPresetName } from './files/policy-layer.js';
import { readPolicyText } from './files/policy-text.js';
import { SEED_PREFIX, seedValue, seedVariables } from './files/seed-variables.js';
import { TextFault } from './files/text-fault.js';
import { nearest } from './nearest.js';
import { variableWords } from './policy-names.js';
import { type PolicyProblem, policyError } from './policy-problem.js';
import { isPolicyKey, POLICY_KEYS, type PolicyKey, type RunnerPolicy } from './schema.js';

export type Variables = Readonly<Record<string, string | undefined>>;

export const ENV_PREFIX = 'PUNGI_';
/** No key of a policy. */
export const LOG_VARIABLE = 'PUNGI_LOG_LEVEL';
const PRESET = 'PRESET';
const KEYS: ReadonlyMap<string, PolicyKey> = new Map(
  POLICY_KEYS.filter(isPolicyKey).map((key) => [variableWords(key), key]),
);

/**
 * The policy that variables give: `PUNGI_TIMEOUT_SECONDS=2`, `PUNGI_PRESET=strict`, lists with commas, JSON for values
 * with parts. An unknown name with the prefix is an error, all of which are in `details.problems`. Default: the
 * environment of this process, prefix `PUNGI_`.
 *
 * @example
 * policyFromEnv({ PUNGI_TIMEOUT_SECONDS: '2', PUNGI_ALLOW_NETWORK: 'yes' }); // { timeoutSeconds: 2, allowNetwork: true }
 */
export function policyFromEnv(env: Variables = process.env, prefix: string = ENV_PREFIX): RunnerPolicy {
  return mergeLayers(readEnvLayers(env, prefix)).policy;
}

/** The same as one layer for each variable; `place` is added to their names in messages. */
export function readEnvLayers(env: Variables, prefix: string, place = ''): readonly PolicyLayer[] {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix)) {
    throw invalid(
      `The prefix of variables is '${prefix}'; allowed: letters, digits and \`_\`.`,
      'Use for example PUNGI_.',
    );
  }
  const layers: PolicyLayer[] = [];
  const problems: PolicyProblem[] = [];
  const add = (name: string, read: () => PolicyLayer): void => {
    try {
      layers.push(read());
    } catch (error) {
      problems.push(problemOf(name, error));
    }
  };
  for (const [name, text] of Object.entries(env)) {
    if (text === undefined || !name.startsWith(prefix) || isNoKey(name, prefix)) continue;
    add(name, () => readVariable(name, text, prefix, place));
  }
  // The names of older systems come last: ours win over them.
  for (const name of prefix === ENV_PREFIX || prefix === SEED_PREFIX ? seedVariables : []) {
    const text = env[name];
    if (text !== undefined) add(name, () => layerOf(name + place, seedValue(name, text)));
  }
  const [first, ...others] = problems;
  if (first !== undefined) throw policyError([first, ...others]);
  return layers;
}

function isNoKey(name: string, prefix: string): boolean {
  return name === LOG_VARIABLE || (prefix === SEED_PREFIX && seedVariables.has(name));
}

function readVariable(name: string, text: string, prefix: string, place: string): PolicyLayer {
  const words = name.slice(prefix.length);
  const source = name + place;
  if (words === PRESET) return { source, preset: readPresetName(source, text), policy: {} };
  const key = KEYS.get(words);
  if (key === undefined) throw unknownVariable(words, prefix, place);
  try {
    return layerOf(source, { [key]: readPolicyText(key, text) });
  } catch (cause) {
    if (!(cause instanceof TextFault)) throw cause;
    throw invalid(
      `${source} is not valid JSON: ${cause.message}.`,
      `Correct the value of ${name}.`,
      {},
      cause,
    );
  }
}

function unknownVariable(words: string, prefix: string, place: string): PungiError {
  const known = [...KEYS.keys(), PRESET];
  const meant = nearest(words, known);
  const unknown = `Unknown variable ${prefix}${words}${place}.`;
  return meant === null
    ? invalid(unknown, `Use one of ${known.map((name) => prefix + name).join(', ')}.`)
    : invalid(`${unknown} Did you mean ${prefix}${meant}?`, `Write ${prefix}${meant} instead.`);
}

function problemOf(name: string, error: unknown): PolicyProblem {
  if (!(error instanceof PungiError)) throw error;
  return { key: name, message: error.message, hint: error.hint };
}
