import { createLineScanner } from './line-scanner.js';
import { stripMagics } from './strip-magics.js';

/** Tags of fences that hold Python; a fence without a tag may. */
const PYTHON_TAGS = new Set(['', 'python', 'python3', 'py', 'py3', 'ipython', 'ipython3', 'tool_code']);
const OPENING = /^ {0,3}(`{3,}|~{3,})[ \t]*\{?\.?([A-Za-z0-9_+-]*)[^`]*$/;

/**
 * The Python in a text as models write it: what stands in Markdown fences, if there are any, without IPython magics.
 * What is taken out leaves empty lines, so that every line keeps its number.
 *
 * @example
 * stripFences('Here you are:\n```python\nx = 1\n```'); // '\n\nx = 1\n'
 */
export function stripFences(text: string): string {
  const lines = text.split(/\r\n|\r|\n/);
  return stripMagics(inFences(lines) ?? lines).join('\n');
}

/** The lines with those outside of fences emptied; `null` when there is no fence. */
function inFences(lines: readonly string[]): readonly string[] | null {
  const scanner = createLineScanner();
  let fence: Fence | null = null;
  let found = false;
  const kept = lines.map((line) => {
    if (fence !== null) {
      const { close, isPython }: Fence = fence;
      if (!close.test(line)) return isPython ? line : '';
      fence = null;
      return '';
    }
    // A fence within a triple-quoted string of plain code is text of the program.
    fence = scanner.inTripleQuotes ? null : openFence(line);
    if (fence === null) scanner.next(line);
    else found = true;
    return '';
  });
  return found ? kept : null;
}

interface Fence {
  readonly close: RegExp;
  readonly isPython: boolean;
}

/** It is closed, as Markdown has it, by one at least as long, of the same character, with nothing after it. */
function openFence(line: string): Fence | null {
  const [, marks = '', tag = ''] = OPENING.exec(line) ?? [];
  if (marks === '') return null;
  const close = new RegExp(`^ {0,3}${marks[0]}{${marks.length},}[ \\t]*$`);
  return { close, isPython: PYTHON_TAGS.has(tag.toLowerCase()) };
}
