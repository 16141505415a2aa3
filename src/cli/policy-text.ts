import type { Need } from '../learn/learning.js';
import type { RunnerPolicy } from '../policy/schema.js';
import type { PolicyFormat } from './learn-flags.js';

/** A policy as a file that `--policy` reads. TOML has room for what it would need beside; JSON has no comments. */
export function policyText(policy: RunnerPolicy, needs: readonly Need[], format: PolicyFormat): string {
  if (format === 'json') return JSON.stringify(policy, null, 2);
  const entries = Object.entries(policy).filter(([, value]) => value !== undefined);
  const isTable = ([, value]: readonly [string, unknown]): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const lines = entries.filter((entry) => !isTable(entry)).map(([key, value]) => `${key} = ${toml(value)}`);
  // Tables come last: what follows one belongs to it.
  const tables = entries
    .filter(isTable)
    .flatMap(([key, value]) => [
      '',
      `[${key}]`,
      ...Object.entries(Object(value)).map(([name, each]) => `${toml(name)} = ${toml(each)}`),
    ]);
  const refused = needs.flatMap(({ key, value }) =>
    key === null ? [] : [`# refused while it was learnt: ${key} = ${tomlNeed(value)}`],
  );
  return [...lines, ...refused, ...tables].join('\n');
}

function tomlNeed(value: true | string | null): string {
  return toml(typeof value === 'string' ? [value] : value);
}

function toml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toml).join(', ')}]`;
  // TOML forbids one control character more than JSON escapes.
  return JSON.stringify(value).replaceAll('\u007f', '\\u007f');
}
