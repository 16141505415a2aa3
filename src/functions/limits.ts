import { showValue } from '../policy/show-value.js';
import type { CallLimits } from './host-function.js';
import { invalidFunction } from './invalid-function.js';

const KIB = 1024;

export const DEFAULT_LIMITS: CallLimits = Object.freeze({
  maxCalls: 1000,
  timeoutMs: 30_000,
  maxArgumentBytes: 1024 * KIB,
  maxAnswerBytes: 64 * 1024 * KIB,
});

const MOST = {
  maxCalls: 10_000_000,
  timeoutSeconds: 86_400,
  maxArgumentKb: 16 * 1024,
  maxAnswerKb: 512 * 1024,
};

type LimitNames = keyof typeof MOST;

/** The limits of a definition; throws `INVALID_INPUT` with what is allowed. */
export function readLimits(
  given: Readonly<Partial<Record<LimitNames, unknown>>>,
  defaults: CallLimits,
): CallLimits {
  const read = (name: LimitNames, factor: number, whole: boolean): number | null => {
    const value = given[name];
    if (value === undefined) return null;
    if (typeof value === 'number' && value > 0 && value <= MOST[name] && (!whole || Number.isInteger(value)))
      return Math.ceil(value * factor);
    const allowed = `a ${whole ? 'whole ' : ''}number above 0 and at most ${MOST[name]}`;
    throw invalidFunction(
      `\`${name}\` of a function`,
      `is ${showValue(value)}; allowed: ${allowed}`,
      `Set it to ${allowed}.`,
    );
  };
  return Object.freeze({
    maxCalls: read('maxCalls', 1, true) ?? defaults.maxCalls,
    timeoutMs: read('timeoutSeconds', 1000, false) ?? defaults.timeoutMs,
    maxArgumentBytes: read('maxArgumentKb', KIB, true) ?? defaults.maxArgumentBytes,
    maxAnswerBytes: read('maxAnswerKb', KIB, true) ?? defaults.maxAnswerBytes,
  });
}
