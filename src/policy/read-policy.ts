import { readPlainObject } from './plain-object.js';
import { badValueProblem, type PolicyProblem, unknownKeyProblem } from './policy-problem.js';
import { fieldDoc, isPolicyKey } from './schema.js';
import { showValue } from './show-value.js';

/** A policy as it was given: own keys only, each getter read once, without inherited values. */
export interface PolicyReading {
  /** Null-prototype copy; the values of `extraGlobals` are still the caller's. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly problems: readonly PolicyProblem[];
  readonly cause?: unknown;
}

/** Copies the caller's policy, so that no later stage meets a getter, a prototype or a changed value. */
export function readPolicy(policy: unknown): PolicyReading {
  const given: Record<string, unknown> = Object.create(null);
  const read = readPlainObject(policy);
  if (!read.ok) {
    const message = `The policy is ${read.reason}; allowed: a plain object of policy keys.`;
    return {
      given,
      problems: [{ key: '', message, hint: 'Pass a plain object such as { timeoutSeconds: 5 }.' }],
      cause: read.cause,
    };
  }
  const problems: PolicyProblem[] = [];
  for (const [key, value] of read.entries) {
    if (!isPolicyKey(key)) {
      problems.push(unknownKeyProblem(key));
      continue;
    }
    const copy = copyValue(value);
    if (copy.ok) {
      if (copy.value !== undefined) given[key] = copy.value;
    } else {
      problems.push(badValueProblem(`${key}${copy.place}`, copy.seen, fieldDoc(key).allowed));
    }
  }
  return { given, problems };
}

type Copy =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly place: string; readonly seen: string };

// One level is enough: no key of a policy is nested deeper, but for `extraGlobals`, whose values are encoded later.
function copyValue(value: unknown): Copy {
  if (typeof value !== 'object' || value === null) return { ok: true, value };
  if (Array.isArray(value)) return copyList(value);
  const read = readPlainObject(value);
  if (!read.ok) return { ok: false, place: '', seen: read.reason };
  const copy: Record<string, unknown> = Object.create(null);
  for (const [key, child] of read.entries) {
    // zod leaves this key out without a word, and an object that has it is never meant well.
    if (key === '__proto__') return { ok: false, place: '.__proto__', seen: showValue(child) };
    copy[key] = child;
  }
  return { ok: true, value: copy };
}

function copyList(list: readonly unknown[]): Copy {
  try {
    return { ok: true, value: Array.from(list) };
  } catch {
    return { ok: false, place: '', seen: 'an array with an entry that throws when read' };
  }
}
