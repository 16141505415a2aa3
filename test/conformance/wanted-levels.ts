import type { IsolationLevel } from '../../src/policy/isolation-level.js';

const ALL = ['full', 'kernel', 'process'] as const satisfies readonly IsolationLevel[];

// Read at once: tests of the command line take such variables out of the environment.
const asked = process.env['PUNGI_LEVELS'];

/**
 * The levels that this run of the suite is about: all, or those of PUNGI_LEVELS, such as `full,kernel`. They differ in
 * what Python and the kernel do, not in what Node does: under a second and a third Node one is enough.
 */
export function wantedLevels(): readonly IsolationLevel[] {
  if (asked === undefined) return ALL;
  const names = asked.split(',');
  const unknown = names.filter((name) => !ALL.some((level) => level === name));
  if (unknown.length > 0)
    throw new TypeError(`PUNGI_LEVELS names '${unknown.join("', '")}'; allowed: ${ALL.join(', ')}.`);
  return ALL.filter((level) => names.includes(level));
}

/** Those with a jail. */
export function wantedJails(): readonly ('full' | 'kernel')[] {
  return (['full', 'kernel'] as const).filter((level) => wantedLevels().includes(level));
}
