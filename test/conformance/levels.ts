import { hostFacts } from '../../src/host/default-host.js';
import { missingFullLayers, missingKernelLayers } from '../../src/plan/missing-layers.js';
import type { IsolationLevel } from '../../src/policy/isolation-level.js';
import { missingForSubprocess } from './missing-for-subprocess.js';
import { wantedLevels } from './wanted-levels.js';

export interface LevelHere {
  readonly level: IsolationLevel;
  /** Why this machine cannot run the tables at this level; `null` when it can. */
  readonly skip: string | null;
  /** Why a run may start no process at this level here; `null` when `allowSubprocess` can be had. */
  readonly noSubprocess: string | null;
}

export async function levelsHere(): Promise<readonly LevelHere[]> {
  const facts = await hostFacts('find');
  const noSubprocess = { full: null, kernel: await missingForSubprocess(), process: null };
  const missing = {
    full: missingFullLayers(facts),
    kernel: missingKernelLayers(facts),
    process: [],
  };
  return (['full', 'kernel', 'process'] as const).map((level) => {
    const unwanted = wantedLevels().includes(level) ? [] : ['PUNGI_LEVELS leaves it out'];
    const reasons = missing[level].map(({ layer, reason }) => `${layer}: ${reason}`);
    const skip = [...unwanted, ...reasons].join('; ') || null;
    return { level, skip, noSubprocess: noSubprocess[level] };
  });
}
