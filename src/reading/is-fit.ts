import type { Validation } from '../engines/questions/validation.js';
import type { Ending } from '../result/ending.js';

/** What a reader has behind it. */
export interface Reader {
  readonly bornAt: number;
  asked: number;
}

/** A reader that a program has taken over lies at most so often, and so long. */
export const MOST_QUESTIONS = 200;
export const MOST_AGE_MS = 60_000;
/** Of the memory that a fresh reader needs at its peak; what a question leaves is less than that. */
export const MOST_GROWTH_KB = 8 * 1024;
/** Longer code is read by a reader of its own. */
export const MOST_SHARED_LENGTH = 32 * 1024;

/** What the compiler raises of code that is wrong; anything else came of a limit. */
const ORDINARY_ERRORS: ReadonlySet<string> = new Set(['SyntaxError', 'IndentationError', 'TabError']);

/** Whether a reader may be asked, with `now` by `performance.now()`. */
export function isYoung({ bornAt, asked }: Reader, now: number): boolean {
  return asked < MOST_QUESTIONS && now - bornAt < MOST_AGE_MS;
}

/** Whether a reader is as it was before this question, as far as those who watch it can tell. */
export function isUnharmed(ending: Ending, { problems }: Validation, leanestKb: number): boolean {
  const { stdout, stderr } = ending.streams;
  return (
    ending.session === 'alive' &&
    ending.stop === 'outcome' &&
    ending.end !== null &&
    ending.end.peakMemoryKb - leanestKb <= MOST_GROWTH_KB &&
    stdout.totalBytes + stderr.totalBytes === 0 &&
    ending.displays.length === 0 &&
    problems.every(({ kind, type }) => kind === 'policy' || ORDINARY_ERRORS.has(type))
  );
}
