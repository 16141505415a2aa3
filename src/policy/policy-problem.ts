import type { z } from 'zod';
import { PungiError } from '../errors/pungi-error.js';
import { nearest } from './nearest.js';
import { fieldDoc, isPolicyKey, POLICY_KEYS } from './schema.js';
import { showValue } from './show-value.js';

/** One thing that is wrong with a policy; all of them are in `details.problems` of the error. */
export interface PolicyProblem {
  /** `timeoutSeconds`, `env.PATH`, `writablePaths[2]`. */
  readonly key: string;
  readonly message: string;
  /** The next thing to type. */
  readonly hint: string;
}

export function unknownKeyProblem(key: string): PolicyProblem {
  const meant = nearest(key, POLICY_KEYS);
  const unknown = `Unknown policy key \`${key}\`.`;
  return meant === null
    ? { key, message: unknown, hint: `Use one of the known keys: ${POLICY_KEYS.join(', ')}.` }
    : { key, message: `${unknown} Did you mean \`${meant}\`?`, hint: `Write \`${meant}\` instead.` };
}

export function badValueProblem(key: string, seen: string, allowed: string): PolicyProblem {
  return {
    key,
    message: `Policy key \`${key}\` is ${seen}; allowed: ${allowed}.`,
    hint: `Set \`${key}\` to: ${allowed}.`,
  };
}

/** Turns what zod saw at one place of the policy into words: the key, the value seen, what is allowed. */
export function issueProblem(issue: z.core.$ZodIssue, policy: object): PolicyProblem {
  const { path, allowed } = deepest(issue, [], policy);
  const name = String(path[0]);
  if (!isPolicyKey(name)) return unknownKeyProblem(name);
  return badValueProblem(pathText(path), showValue(valueAt(policy, path)), allowed ?? fieldDoc(name).allowed);
}

/** The one error for all problems: the first is told, the others are counted. */
export function policyError(
  problems: readonly [PolicyProblem, ...PolicyProblem[]],
  cause?: unknown,
): PungiError {
  const [first, ...others] = problems;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return new PungiError('INVALID_POLICY', `${first.message}${more}`, {
    details: { problems },
    hint: first.hint,
    cause,
  });
}

type Path = readonly PropertyKey[];

// Of a union's branches the one that read furthest is what the caller meant: `['os', 5]` was meant as a list. One that
// misses a key was meant less than one that found it.
function deepest(
  issue: z.core.$ZodIssue,
  base: Path,
  policy: object,
): { readonly path: Path; readonly allowed: string | null } {
  const path = [...base, ...issue.path];
  const here = { path, allowed: allowedBy(issue) };
  if (issue.code !== 'invalid_union') return here;
  const inner = issue.errors.flat().map((nested) => deepest(nested, path, policy));
  const depth = (place: { readonly path: Path }): number =>
    place.path.length + (valueAt(policy, place.path) === undefined ? 0 : 0.5);
  return inner.reduce((best, next) => (depth(next) > depth(best) ? next : best), here);
}

// Checks of our own say what is allowed at their place; zod's own messages are not used, since they can be translated.
function allowedBy(issue: z.core.$ZodIssue): string | null {
  const allowed: unknown = issue.code === 'custom' ? issue.params?.['allowed'] : null;
  return typeof allowed === 'string' ? allowed : null;
}

function pathText(path: Path): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');
}

function valueAt(policy: object, path: Path): unknown {
  let value: unknown = policy;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}
