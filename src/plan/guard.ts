import type { Allow } from '../policy/allow-rules.js';
import { CURATED_CALLABLES, type CuratedRule } from '../policy/curated-callables.js';
import type { GuardEntry, GuardMember, GuardOrders } from './plan.js';

/** The caller's entries come last, so that a rule of theirs holds over the curated list. */
export function orderGuard(allow: Allow): GuardOrders {
  return { everything: allow.everything, entries: [...curated(), ...allow.entries] };
}

function curated(): readonly GuardEntry[] {
  return CURATED_CALLABLES.map(({ name, members, rules }) => ({
    name,
    members: members === 'all' ? 'all' : [...members.map(plain), ...Object.entries(rules ?? {}).map(ruled)],
  }));
}

function plain(name: string): GuardMember {
  return { name, rule: null };
}

function ruled([name, { kind, pos, kw }]: [string, CuratedRule]): GuardMember {
  return { name, rule: { kind, pos: pos ?? null, kw: kw ?? null, allow: [] } };
}
