import { hostFacts } from '../../src/host/default-host.js';
import { missingFullLayers, missingKernelLayers } from '../../src/plan/missing-layers.js';
import type { IsolationLevel } from '../../src/policy/isolation-level.js';

export interface LevelHere {
  readonly level: IsolationLevel;
  /** Why this machine cannot run the tables at this level; `null` when it can. */
  readonly skip: string | null;
}

export async function levelsHere(): Promise<readonly LevelHere[]> {
  const facts = await hostFacts('find');
  const missing = {
    full: missingFullLayers(facts),
    kernel: missingKernelLayers(facts),
    process: [],
  };
  return (['full', 'kernel', 'process'] as const).map((level) => {
    const reasons = missing[level].map(({ layer, reason }) => `${layer}: ${reason}`);
    return { level, skip: reasons.length === 0 ? null : reasons.join('; ') };
  });
}
