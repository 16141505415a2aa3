import { createLineScanner } from '../../job/line-scanner.js';

const OPENS_BLOCK = /:\s*(#.*)?$/;

/**
 * Whether lines typed so far can be run, as Python's own prompt has it: nothing is open, and a block is ended by an
 * empty line.
 */
export function isComplete(lines: readonly string[]): boolean {
  const scanner = createLineScanner();
  let inBlock = false;
  for (const line of lines) {
    const starts = scanner.atStatement && /^[^\s#]/.test(line);
    scanner.next(line);
    // A decorator belongs to what follows it; the colon of a lambda or a slice ends no line.
    if (starts) inBlock = line.startsWith('@');
    if (scanner.atStatement && OPENS_BLOCK.test(line)) inBlock = true;
  }
  if (!scanner.atStatement) return false;
  return !inBlock || lines.at(-1)?.trim() === '';
}
