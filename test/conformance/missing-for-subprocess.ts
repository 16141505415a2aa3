import { hostFacts } from '../../src/host/default-host.js';

/** Why `allowSubprocess` cannot be had at level `kernel` here, or `null`: that level ends a tree by its control group. */
export async function missingForSubprocess(): Promise<string | null> {
  const { cgroup, absences } = await hostFacts('find');
  if (cgroup?.directories.pids !== undefined) return null;
  const reason = cgroup === null ? absences?.cgroup : 'none has the pids controller';
  return `no writable control group: ${reason ?? 'none was found'}`;
}
