import { isModuleName, isPythonName } from '../policy/python-names.js';
import type { RunResult, RunStatus } from '../result/run-result.js';
import type { Candidate } from './candidate.js';
import { narrowImports } from './narrow-imports.js';
import type { LimitKey, Limits } from './narrow-limits.js';
import type { Reach } from './narrow-paths.js';

/** What the watched run had, which was enough. */
export interface Ceiling {
  readonly limits: Limits;
  readonly reach: Reach;
}

const TIGHT: Readonly<Partial<Record<RunStatus, readonly LimitKey[]>>> = {
  // OpenBLAS waits for ever where it is given too little memory.
  timeout: ['memoryLimitMb', 'timeoutSeconds'],
  cpu_limit: ['cpuSeconds', 'timeoutSeconds'],
  memory_limit: ['memoryLimitMb'],
  process_limit: ['maxProcesses'],
  disk_limit: ['diskLimitMb'],
  output_limit: ['maxOutputKb'],
};

/** How much more a round gives; a round that ends by the clock is slow, so that few are to be needed. */
const FACTORS: Readonly<Partial<Record<LimitKey, number>>> = { memoryLimitMb: 4 };

/** A want of these can look like any error: a library that finds no memory for its threads, a name that is refused. */
const HIDDEN: readonly LimitKey[] = ['memoryLimitMb', 'maxProcesses', 'maxOpenFiles', 'diskLimitMb'];

/** The next wider candidate after a run under this one ended otherwise than the watched run; `null` at the ceiling. */
export function widen(candidate: Candidate, result: RunResult, ceiling: Ceiling): Candidate | null {
  const named = addNames(candidate, result);
  if (named !== null) return named;
  const limits = raise(candidate.limits, TIGHT[result.status] ?? HIDDEN, ceiling.limits);
  const isTold = TIGHT[result.status] !== undefined;
  const reach = isTold ? candidate.reach : ceiling.reach;
  const isWider = limits !== null || keyOf(reach) !== keyOf(candidate.reach);
  return isWider ? { ...candidate, reach, limits: limits ?? candidate.limits } : null;
}

/** Names of which the run itself said that the language layer refused them. The kernel layers do not depend on them. */
function addNames(candidate: Candidate, { denials }: RunResult): Candidate | null {
  const refused = denials.filter(({ layer }) => layer === 'language');
  const targets = (action: string, isName: (name: string) => boolean): readonly string[] =>
    refused.filter((denial) => denial.action === action && isName(denial.target)).map(({ target }) => target);
  const imports = narrowImports([...candidate.imports, ...targets('import', isModuleName)]);
  const builtins = [...new Set([...candidate.builtins, ...targets('builtin', isPythonName)])].sort();
  const isSame = imports.join() === candidate.imports.join() && builtins.join() === candidate.builtins.join();
  return isSame ? null : { ...candidate, imports, builtins };
}

function raise(limits: Limits, keys: readonly LimitKey[], ceiling: Limits): Limits | null {
  const raised = keys.filter((key) => limits[key] < ceiling[key]);
  if (raised.length === 0) return null;
  return {
    ...limits,
    ...Object.fromEntries(
      raised.map((key) => [key, Math.min(limits[key] * (FACTORS[key] ?? 2), ceiling[key])]),
    ),
  };
}

function keyOf({ readablePaths, writablePaths }: Reach): string {
  return JSON.stringify([readablePaths, writablePaths]);
}
