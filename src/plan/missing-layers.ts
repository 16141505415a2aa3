import { fixFor } from '../host/fixes.js';
import type { HostFacts } from '../host/host-facts.js';

/** A layer that this machine does not offer, why, and what to do about it. */
export interface MissingLayer {
  readonly layer: 'landlock' | 'seccomp' | 'namespaces';
  readonly reason: string;
  readonly fix: string;
}

/** What level `kernel` needs and is not there. */
export function missingKernelLayers(facts: HostFacts): readonly MissingLayer[] {
  return [...missingLandlock(facts), ...missingSeccomp(facts)];
}

/** What level `full` needs and is not there. */
export function missingFullLayers(facts: HostFacts): readonly MissingLayer[] {
  const { namespaces } = facts;
  return [
    ...missingKernelLayers(facts),
    ...(namespaces.available ? [] : [missing('namespaces', namespaces.reason)]),
  ];
}

function missingLandlock(facts: HostFacts): readonly MissingLayer[] {
  if (facts.landlockAbi >= 1) return [];
  return [missing('landlock', facts.absences?.landlock ?? 'the kernel offers no Landlock')];
}

function missingSeccomp(facts: HostFacts): readonly MissingLayer[] {
  if (!facts.seccompFilter) {
    return [missing('seccomp', facts.absences?.seccomp ?? 'the kernel offers no seccomp filters')];
  }
  if (facts.architecture !== 'other') return [];
  const reason = 'no list of system calls is kept for this architecture';
  return [{ layer: 'seccomp', reason, fix: 'Run on x86-64 or arm64.' }];
}

function missing(layer: MissingLayer['layer'], reason: string): MissingLayer {
  return { layer, reason, fix: fixFor(layer, reason) };
}
