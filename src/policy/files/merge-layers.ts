import { PungiError } from '../../errors/pungi-error.js';
import { rootKey } from '../policy-names.js';
import { type PresetName, presets } from '../presets.js';
import { resolvePolicy } from '../resolve-policy.js';
import type { RunnerPolicy } from '../schema.js';
import { type PolicyLayer, relabelled } from './policy-layer.js';

/** One policy out of several layers, and where each of its keys is from. */
export interface MergedPolicy {
  readonly policy: RunnerPolicy;
  readonly preset: PresetName | null;
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Puts layers together, the strongest first: a key is taken whole from the first that gives it. The preset that the
 * first layer names lies beneath them all. Throws `INVALID_POLICY` when the keys contradict each other.
 */
export function mergeLayers(layers: readonly PolicyLayer[]): MergedPolicy {
  const preset = layers.find((layer) => layer.preset !== null)?.preset ?? null;
  const base: readonly PolicyLayer[] =
    preset === null ? [] : [{ source: `preset '${preset}'`, preset, policy: { ...presets[preset] } }];
  const policy: Record<string, unknown> = {};
  const sources = new Map<string, string>();
  for (const layer of [...layers, ...base]) {
    for (const [key, value] of Object.entries(layer.policy)) {
      if (sources.has(key)) continue;
      sources.set(key, layer.source);
      policy[key] = value;
    }
  }
  checkWhole(policy, sources);
  return { policy, preset, sources };
}

function checkWhole(policy: unknown, sources: ReadonlyMap<string, string>): asserts policy is RunnerPolicy {
  try {
    resolvePolicy(policy);
  } catch (error) {
    if (!(error instanceof PungiError)) throw error;
    // Each layer is good by itself: the key that lost against another one says where to look.
    const key = rootKey(/`([^`]+)`/.exec(error.message)?.[1] ?? '');
    const source = key === null ? undefined : sources.get(key);
    throw source === undefined ? error : relabelled(source, error);
  }
}
