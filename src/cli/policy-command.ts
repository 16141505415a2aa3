import { ENV_PREFIX } from '../policy/from-env.js';
import { policyJsonSchema } from '../policy/json-schema.js';
import { nearest } from '../policy/nearest.js';
import { variableWords } from '../policy/policy-names.js';
import { describePolicy, type PolicyRow } from '../policy/policy-table.js';
import { isPolicyKey, POLICY_KEYS, type PolicyKey } from '../policy/schema.js';
import { jsonLine } from './json-line.js';
import { type PolicyPlaces, readPolicyFlags } from './policy-flags.js';
import { optionName, type PolicyFlags } from './policy-options.js';
import type { Screen } from './screen.js';
import { UsageError } from './usage-error.js';

export type ShowFlags = PolicyFlags & { readonly json?: boolean };
export interface ExplainFlags {
  readonly json?: boolean;
}

/** `pungi policy show`: the policy that a run would have, and where each key of it is from. */
export function policyShow(flags: ShowFlags, places: PolicyPlaces, screen: Screen): void {
  const { policy, preset, sources } = readPolicyFlags(flags, places);
  if (flags.json === true) {
    screen.answer(jsonLine({ policy, preset, sources: Object.fromEntries(sources) }));
    return;
  }
  const given = new Map<string, unknown>(Object.entries(policy));
  for (const { key, defaultText } of describePolicy()) {
    const source = sources.get(key);
    const value = source === undefined ? defaultText.replaceAll('`', '') : jsonLine(given.get(key));
    screen.answer(`${screen.styles.stdout('bold', key)} = ${value}  (${source ?? 'default'})`);
  }
}

/** `pungi policy explain KEY`: one key, and every way to set it. */
export function policyExplain(key: string, flags: ExplainFlags, screen: Screen): void {
  if (!isPolicyKey(key)) {
    const meant = nearest(key, POLICY_KEYS);
    throw new UsageError(
      `Unknown policy key '${key}'.${meant === null ? '' : ` Did you mean '${meant}'?`}`,
      meant === null ? '`pungi policy show` lists all keys.' : `Type \`pungi policy explain ${meant}\`.`,
    );
  }
  const row = rowOf(key);
  const variable = ENV_PREFIX + variableWords(key);
  if (flags.json === true) {
    screen.answer(jsonLine({ ...row, option: optionName(key), variable }));
    return;
  }
  screen.answer(
    [
      screen.styles.stdout('bold', key),
      row.description,
      `  default:  ${row.defaultText.replaceAll('`', '')}`,
      `  allowed:  ${row.allowed}`,
      `  option:   ${optionName(key)}`,
      `  variable: ${variable}`,
    ].join('\n'),
  );
}

/** `pungi policy schema`: what an editor needs to check and complete a policy file. */
export function policySchemaCommand(flags: ExplainFlags, screen: Screen): void {
  const schema = policyJsonSchema();
  screen.answer(flags.json === true ? JSON.stringify(schema) : JSON.stringify(schema, null, 2));
}

function rowOf(key: PolicyKey): PolicyRow {
  const row = describePolicy().find((known) => known.key === key);
  if (row === undefined) throw new TypeError(`the table of the policy has no row for ${key}`);
  return row;
}
