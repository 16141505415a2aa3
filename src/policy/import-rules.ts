import { defaultBlockedImports } from './blocked-imports.js';
import { badValueProblem, type PolicyProblem } from './policy-problem.js';
import type { CheckedPolicy } from './schema.js';
import { showValue } from './show-value.js';

/**
 * The imports that are blocked: the caller's list, or the default. An allow list alone needs no block list, since
 * what it does not name is refused already, and what it names is wanted.
 */
export function blockedImportsOf(policy: CheckedPolicy, isGiven: boolean): readonly string[] {
  if (isGiven) return [...new Set(policy.blockedImports)];
  return policy.allowedImports === 'any' ? defaultBlockedImports(policy) : [];
}

/** Entries of `allowedImports` that `blockedImports` takes back: the same name, or one beneath it. */
export function importConflicts(policy: CheckedPolicy, blocked: readonly string[]): readonly PolicyProblem[] {
  if (policy.allowedImports === 'any') return [];
  return policy.allowedImports.flatMap((name, index) => {
    const by = blocked.find((entry) => name === entry || name.startsWith(`${entry}.`));
    if (by === undefined) return [];
    return [
      badValueProblem(
        `allowedImports[${index}]`,
        showValue(name),
        `modules that \`blockedImports\` does not name (it has '${by}')`,
      ),
    ];
  });
}
