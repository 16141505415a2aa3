import { showValue } from '../policy/show-value.js';
import { textProblem } from '../policy/text-rules.js';
import { invalidInput } from './invalid-input.js';

/** The code as it was given; empty exactly when an entrypoint takes its place. */
export function checkCode(code: unknown, entrypoint: string | null, maxCodeBytes: number): string {
  if (typeof code !== 'string') {
    throw refuse(`The code is ${showValue(code)}; allowed: text.`, 'Pass the Python source as a string.');
  }
  if (entrypoint !== null) {
    if (code === '') return code;
    throw refuse(
      'Both code and an entrypoint are given; allowed: one of them.',
      "Pass '' as the code to run the entrypoint.",
    );
  }
  if (code === '')
    throw refuse('The code is empty.', 'Pass Python source, or name a file of `files` as the `entrypoint`.');
  const problem = textProblem(code);
  if (problem !== null)
    throw refuse(
      `The code ${problem}.`,
      'Write such a character as a Python escape, for example \\0 or \\ud800.',
    );
  const bytes = Buffer.byteLength(code);
  if (bytes > maxCodeBytes) {
    const message = `The code has ${bytes} bytes in UTF-8; allowed: at most ${maxCodeBytes}, the policy's maxCodeBytes.`;
    throw refuse(message, 'Shorten the code, move data into `files`, or raise maxCodeBytes.');
  }
  return code;
}

function refuse(message: string, hint: string): Error {
  return invalidInput(message, hint, 'code');
}
