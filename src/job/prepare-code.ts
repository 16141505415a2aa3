import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import { checkCode } from './check-code.js';
import { invalidInput } from './invalid-input.js';
import { stripFences } from './strip-fences.js';

/** The code as it is sent: checked, and without what only surrounds it where the policy says so. */
export function prepareCode(
  given: unknown,
  entrypoint: string | null,
  policy: Pick<ResolvedPolicy, 'maxCodeBytes' | 'stripFences'>,
): string {
  const code = checkCode(given, entrypoint, policy.maxCodeBytes);
  if (!policy.stripFences || entrypoint !== null) return code;
  const stripped = stripFences(code);
  if (stripped.trim() !== '' || code.trim() === '') return stripped;
  throw invalidInput(
    'Without its fences and magics the code is empty: no fence holds Python.',
    'Put the code into a fence marked `python`, or set stripFences: false.',
    'code',
  );
}
