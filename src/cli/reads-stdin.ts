import type { Program } from './read-code.js';

/** Words by which a program reads its standard input: `input()`, `sys.stdin`, `fileinput`, `open(0)`, `os.read(0, n)`. */
const READING = /\b(?:stdin|input|fileinput|fdopen)\b|\b(?:open|read)\s*\(\s*0\b/;

/**
 * Whether the text of a program speaks of its standard input. A run takes it whole, and a parent that never closes the
 * pipe (`execFile` of Node leaves it open) would make every program hang, not only those that read.
 */
export function readsStdin(program: Program): boolean {
  if (program.kind === 'code') return program.stdin === 'free' && READING.test(program.code);
  return READING.test(Buffer.from(program.content).toString('latin1'));
}
