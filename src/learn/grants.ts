import { PungiError } from '../errors/pungi-error.js';
import { nearest } from '../policy/nearest.js';
import { resolvePolicy } from '../policy/resolve-policy.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import type { PolicyKey, RunnerPolicy } from '../policy/schema.js';

/** What may be said of a run from which a policy is learnt: how far it may reach, and its limits. */
export const GRANT_KEYS = [
  'timeoutSeconds',
  'cpuSeconds',
  'memoryLimitMb',
  'maxProcesses',
  'maxOpenFiles',
  'diskLimitMb',
  'maxOutputKb',
  'maxResultKb',
  'allowNetwork',
  'allowSubprocess',
  'writablePaths',
  'readablePaths',
  'env',
  'pythonExecutable',
] as const satisfies readonly PolicyKey[];

export type LearnGrants = Pick<RunnerPolicy, (typeof GRANT_KEYS)[number]>;

const LONGEST_SECONDS = 3600;
const CPUS = 4;

/** Limits far above what most programs need; the reach is what the caller grants, and no more. */
const GENEROUS = {
  timeoutSeconds: 60,
  memoryLimitMb: 2048,
  maxProcesses: 256,
  maxOpenFiles: 1024,
  diskLimitMb: 512,
  maxOutputKb: 8192,
  maxResultKb: 8192,
} as const satisfies LearnGrants;

/** The policy of the run that is watched: nothing of the language is refused, and level `full` is asked for. */
export function widePolicy(grants: LearnGrants): RunnerPolicy {
  const given = { ...GENEROUS, ...grants };
  const timeoutSeconds = given.timeoutSeconds ?? GENEROUS.timeoutSeconds;
  return {
    cpuSeconds: Math.min(LONGEST_SECONDS, Math.ceil(timeoutSeconds * CPUS)),
    ...given,
    blockedImports: [],
    isolation: 'full',
  };
}

/** Checks what was given, and refuses what is to be learnt. */
export function checkGrants(grants: unknown): ResolvedPolicy {
  const resolved = resolvePolicy(grants);
  const known: readonly string[] = GRANT_KEYS;
  const other = Object.keys(Object(grants)).find((key) => !known.includes(key));
  if (other === undefined) return resolved;
  const meant = nearest(other, known);
  throw new PungiError(
    'INVALID_POLICY',
    `\`${other}\` cannot be given to learn from; it is learnt, or left as it is.`,
    {
      details: { key: other },
      hint: meant === null ? `Give only: ${known.join(', ')}.` : `Did you mean \`${meant}\`?`,
    },
  );
}
