import type { RunOptions } from '../job/run-options.js';
import { resolvePolicy } from '../policy/resolve-policy.js';
import type { RunResult } from '../result/run-result.js';
import { type Candidate, policyOf } from './candidate.js';
import { fixedPart, isBlind, limitsOf, notesOf, usedOfRun } from './conclude.js';
import { findNeeds } from './find-needs.js';
import { checkGrants, type LearnGrants, widePolicy } from './grants.js';
import type { Learning, Verification } from './learning.js';
import { narrowImports } from './narrow-imports.js';
import { narrowLimits, usedOf } from './narrow-limits.js';
import { findPlaces, namesOf, narrowPaths, wholeReach } from './narrow-paths.js';
import { runOnce, type Subject } from './run-once.js';
import { type Ceiling, widen } from './widen.js';

/** What one run of `learnPolicy` gets beside code and input data; as in `RunOptions`. */
export type LearnOptions = Pick<
  RunOptions,
  'files' | 'stdin' | 'argv' | 'entrypoint' | 'env' | 'signal' | 'onStdout' | 'onStderr' | 'onUsage'
> & {
  /** Whether to run once more under the policy that was found; `true` by default. */
  readonly verify?: boolean;
};

const MOST_ROUNDS = 6;

/**
 * Runs code at level `full` with nothing of the language refused, notes what it asks for, and makes the narrowest
 * policy of it that lets it pass. What reaches out of the jail is granted only as `grants` says; the rest is in `needs`.
 *
 * @example
 * const { policy, verification } = await learnPolicy('import math\nprint(math.pi)');
 * policy?.allowedImports; // ['math']
 */
export async function learnPolicy(
  code: string,
  inputData?: unknown,
  grants: LearnGrants = {},
  options: LearnOptions = {},
): Promise<Learning> {
  const granted = checkGrants(grants);
  const { verify = true, ...runOptions } = options;
  const subject: Subject = { code, inputData, options: runOptions };
  const wide = widePolicy(grants);
  const places = await findPlaces(granted);
  const { result, seen } = await runOnce(subject, wide, 'record');
  const needs = findNeeds(result.denials, seen, namesOf(places));
  if (seen === null) {
    const used = { files: [], programs: [], hosts: [] };
    return { policy: null, result, used, needs, notes: [], verification: SKIPPED };
  }
  const notes = notesOf(seen, granted);
  const ceiling: Ceiling = { limits: limitsOf(resolvePolicy(wide)), reach: wholeReach(places) };
  const first: Candidate = {
    imports: narrowImports(seen.imports),
    builtins: [...seen.builtins],
    reach: isBlind(seen, granted) ? ceiling.reach : await narrowPaths(seen, places),
    limits: narrowLimits(usedOf(result, seen), ceiling.limits),
    fixed: fixedPart(grants, seen),
  };
  const common = { result, used: usedOfRun(seen, runOptions), needs };
  if (!verify || !result.ok) {
    return { ...common, policy: policyOf(first), notes, verification: SKIPPED };
  }
  const { candidate, verification } = await prove(subject, first, result, ceiling);
  return { ...common, policy: policyOf(candidate), notes, verification };
}

const SKIPPED: Verification = { state: 'skipped', result: null, rounds: 0 };

interface Proof {
  readonly candidate: Candidate;
  readonly verification: Verification;
}

/** Runs under the candidate in a fresh copy, wider each time, until it ends as the watched run did. */
async function prove(
  subject: Subject,
  first: Candidate,
  watched: RunResult,
  ceiling: Ceiling,
): Promise<Proof> {
  const { onStdout: _, onStderr: __, ...quiet } = subject.options;
  let candidate = first;
  for (let rounds = 1; ; rounds += 1) {
    const { result } = await runOnce({ ...subject, options: quiet }, policyOf(candidate), 'enforce');
    if (endsAlike(result, watched)) {
      return { candidate, verification: { state: 'passed', result, rounds } };
    }
    const next =
      rounds < MOST_ROUNDS && result.status !== 'cancelled' ? widen(candidate, result, ceiling) : null;
    if (next === null) return { candidate, verification: { state: 'failed', result, rounds } };
    candidate = next;
  }
}

function endsAlike(one: RunResult, other: RunResult): boolean {
  return (
    one.status === other.status && one.exitCode === other.exitCode && one.notes.length === other.notes.length
  );
}
