import { PungiError } from '../errors/pungi-error.js';
import type { HostFacts } from '../host/host-facts.js';
import type { IsolationLevel } from '../policy/isolation-level.js';
import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import { type MissingLayer, missingFullLayers, missingKernelLayers } from './missing-layers.js';

/** The strongest level that the host offers and the rule accepts; throws `SANDBOX_UNAVAILABLE` when there is none. */
export function chooseLevel(isolation: ResolvedPolicy['isolation'], facts: HostFacts): IsolationLevel {
  const missing = missingFor(isolation.level, facts);
  if (missing.length > 0) throw unavailable(isolation, missing, facts);
  return isolation.rule === 'exactly' ? isolation.level : strongestLevel(facts);
}

function strongestLevel(facts: HostFacts): IsolationLevel {
  if (missingFullLayers(facts).length === 0) return 'full';
  return missingKernelLayers(facts).length === 0 ? 'kernel' : 'process';
}

function missingFor(level: IsolationLevel, facts: HostFacts): readonly MissingLayer[] {
  if (level === 'process') return [];
  return level === 'full' ? missingFullLayers(facts) : missingKernelLayers(facts);
}

function unavailable(
  isolation: ResolvedPolicy['isolation'],
  missing: readonly MissingLayer[],
  facts: HostFacts,
): PungiError {
  const asked = isolation.rule === 'exactly' ? `{ exactly: '${isolation.level}' }` : `'${isolation.level}'`;
  const lacks = missing.map(({ layer, reason }) => `${layer} (${reason})`).join(' and ');
  const fixes = [...new Set(missing.map(({ fix }) => (fix.startsWith('sysctl ') ? `Run: ${fix}.` : fix)))];
  return new PungiError(
    'SANDBOX_UNAVAILABLE',
    `This machine cannot give isolation ${asked}: it lacks ${lacks}.`,
    {
      details: { asked: isolation, missing },
      hint: `${fixes.join(' ')} Or accept less by name: isolation: '${strongestLevel(facts)}'.`,
    },
  );
}
