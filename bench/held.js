import { setTimeout as delay } from 'node:timers/promises';
import { formatRatio } from './statistics.js';

const ATTEMPTS = 3;
/** A machine that is busy now may be less so then. */
const PAUSE_MS = 2000;

/**
 * What decides whether a target is missed beyond doubt. Each sample is the ratio of a pair taken one right after the
 * other. Where even the lower quartile lies above the target, no noise explains it.
 */
export function judgePairs(ratios, most) {
  const sorted = [...ratios].sort((one, other) => one - other);
  const at = (share) => sorted[Math.floor(sorted.length * share)];
  const median = at(0.5);
  if (median <= most) return { median, verdict: 'met' };
  return { median, verdict: at(0.25) > most ? 'clearly missed' : 'missed, within the noise' };
}

/** Holds a target: takes its pairs anew when it is clearly missed, and believes that the third time. */
export async function hold({ name, most, takePairs }, pause = () => delay(PAUSE_MS)) {
  for (let attempt = 1; ; attempt += 1) {
    const ratios = await takePairs();
    const seen = { name, most, attempt, ratios, ...judgePairs(ratios, most) };
    if (seen.verdict !== 'clearly missed' || attempt === ATTEMPTS) return seen;
    await pause();
  }
}

export function heldLine({ name, most, attempt, ratios, median, verdict }) {
  const tries = attempt === 1 ? '' : `, at the ${attempt === 2 ? 'second' : 'third'} attempt`;
  const seen = `median of ${ratios.length} pairs ${formatRatio(median)}, at most ${formatRatio(most)}`;
  return `${name}: ${verdict}${tries} (${seen})`;
}
