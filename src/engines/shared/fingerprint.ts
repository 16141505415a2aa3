import type { PathBase } from '../../plan/paths.js';
import type { ResolvedPolicy } from '../../policy/resolved-policy.js';
import { encodeInput } from '../../protocol/encode-input.js';

/** What Node alone obeys, for each run apart; everything else shapes the processes of a pool, or is taken to. */
export const PER_RUN_FIELDS = [
  'timeoutMs',
  'maxCodeBytes',
  'stripFences',
] as const satisfies readonly (keyof ResolvedPolicy)[];

const WITHOUT_PER_RUN = Object.fromEntries(PER_RUN_FIELDS.map((name) => [name, null]));

/** Whom this process acts as: a supervisor keeps the ids that it was started with. */
export type ActingIds = readonly (number | undefined)[];

/**
 * All that a plan is made of beside the facts of the host, as text: two runs with the same text and the same facts
 * have the same plan. A new field of the policy is in it without being named.
 */
export function fingerprintOf(policy: ResolvedPolicy, base: PathBase, ids: ActingIds = actingIds()): string {
  const shaping = {
    ...policy,
    ...WITHOUT_PER_RUN,
    // JSON has no word for some of these values; their wire text is what goes into the plan.
    extraGlobals: encodeInput(policy.extraGlobals),
  };
  return JSON.stringify([base.cwd, base.home, [...(base.places ?? [])], ids, shaping]);
}

function actingIds(): ActingIds {
  return [
    process.getuid?.(),
    process.geteuid?.(),
    process.getgid?.(),
    process.getegid?.(),
    ...(process.getgroups?.() ?? []),
  ];
}
