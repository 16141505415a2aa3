import { badValueProblem, type PolicyProblem } from './policy-problem.js';
import { SAFE_BUILTINS } from './safe-builtins.js';
import type { CheckedPolicy } from './schema.js';
import { showValue } from './show-value.js';

type Lists = Pick<CheckedPolicy, 'allowedImports' | 'allowedBuiltins' | 'allowedGlobals'>;

const BLOCK_LISTS = ['blockedImports', 'blockedBuiltins', 'blockedGlobals'] as const;

/** What mode `'allow'` leaves where no list is given. */
const LEFT: Readonly<Record<keyof Lists, readonly string[]>> = {
  allowedImports: [],
  allowedBuiltins: SAFE_BUILTINS,
  allowedGlobals: [],
};

/** The policy with the allow lists that its mode gives it. */
export function applyMode(policy: CheckedPolicy, isGiven: (key: string) => boolean): CheckedPolicy {
  if (policy.mode === 'restrict') return policy;
  const list = <K extends keyof Lists>(key: K): Lists[K] => (isGiven(key) ? policy[key] : LEFT[key]);
  return {
    ...policy,
    allowedImports: list('allowedImports'),
    allowedBuiltins: list('allowedBuiltins'),
    allowedGlobals: list('allowedGlobals'),
  };
}

/** Keys that say the opposite of mode `'allow'`. */
export function modeConflicts(
  policy: CheckedPolicy,
  isGiven: (key: string) => boolean,
): readonly PolicyProblem[] {
  if (policy.mode === 'restrict') return [];
  const blocked = BLOCK_LISTS.filter((key) => isGiven(key) && policy[key].length > 0).map((key) =>
    badValueProblem(
      key,
      showValue(policy[key]),
      "an empty list in mode 'allow', where what is not allowed is refused",
    ),
  );
  const any = (['allowedImports', 'allowedBuiltins', 'allowedGlobals'] as const)
    .filter((key) => policy[key] === 'any')
    .map((key) => badValueProblem(key, showValue('any'), "a list of names in mode 'allow'"));
  return [...blocked, ...any];
}
