import type { Ending, Outcome } from './ending.js';
import { decodeWaitStatus } from './signals.js';

/**
 * The worker's claim, when the host's own evidence leaves room for it; else `null`.
 * A run that the host ended, or that died by a signal, has no outcome, whatever was sent.
 */
export function acceptedOutcome(ending: Ending): Outcome | null {
  const { outcome } = ending;
  if (outcome === null || 'invalid' in outcome) return null;
  if (!hostAgrees(ending)) return null;
  return outcome.ending === 'error' && outcome.error === null ? null : outcome;
}

/** What the worker says of a step that the host has interrupted: where that was, and what happened before. */
export function interruptedOutcome({ session, stop, outcome }: Ending): Outcome | null {
  if (session !== 'alive' || stop === 'outcome' || outcome === null || 'invalid' in outcome) return null;
  return outcome;
}

function hostAgrees({ stop, end }: Ending): boolean {
  if (stop === 'outcome') return true;
  if (stop !== 'exited' || end === null || end.waitStatus === null) return false;
  return decodeWaitStatus(end.waitStatus).signal === null;
}
