import { PungiError } from '../errors/pungi-error.js';
import { type ModelSection, modelSections } from './model-sections.js';
import type { RunResult } from './run-result.js';
import { shorten } from './shorten.js';

export interface FormatForModelOptions {
  /** Upper bound of the text's length, in UTF-16 units as `string.length` counts [8000]. */
  readonly maxChars?: number;
}

/**
 * The text one hands back to a language model: how the run ended, the error with its place and a hint, the result,
 * what was printed, what was refused, which files there are. The same result always gives the same text.
 *
 * @example
 * messages.push({ role: 'tool', content: formatForModel(await runCode(code), { maxChars: 4000 }) });
 */
export function formatForModel(result: RunResult, options: FormatForModelOptions = {}): string {
  const maxChars = options.maxChars ?? 8000;
  if (!Number.isSafeInteger(maxChars) || maxChars < 0) {
    throw new PungiError(
      'INVALID_INPUT',
      `maxChars must be a whole number of at least 0, not ${String(maxChars)}.`,
      {
        details: { option: 'maxChars', value: maxChars },
        hint: 'Leave maxChars out for 8000 characters.',
      },
    );
  }
  const sections = modelSections(result);
  const frames = sections.reduce((sum, { open, close }) => sum + open.length + close.length, 0);
  const separators = '\n\n'.length * (sections.length - 1);
  const shares = shareOut(sections, Math.max(0, maxChars - frames - separators));
  const parts = sections.map(
    ({ open, body, close }, index) => open + shorten(body, shares[index] ?? 0) + close,
  );
  return shorten(parts.join('\n\n'), maxChars);
}

/** Gives every body an equal share of the room; what a short one leaves over goes to the long ones. */
function shareOut(sections: readonly ModelSection[], room: number): readonly number[] {
  const shares = sections.map(() => 0);
  const byLength = sections
    .map(({ body }, index) => ({ index, wanted: body.length }))
    .sort((a, b) => a.wanted - b.wanted);
  let left = room;
  byLength.forEach(({ index, wanted }, position) => {
    const share = Math.min(wanted, Math.floor(left / (byLength.length - position)));
    shares[index] = share;
    left -= share;
  });
  return shares;
}
