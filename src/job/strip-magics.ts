import { createLineScanner } from './line-scanner.js';

/** Magics before a statement that is Python itself. */
const WRAPPERS = /^(\s*)%(?:time|timeit|prun|memit)\b(?:[ \t]+-[A-Za-z]+(?:[ \t]*\d+)?)*[ \t]*(.*)$/;
/** Magics of a whole cell whose body is Python. */
const CELL_WRAPPERS = /^%%(?:time|timeit|capture|prun|python|python3|py|pyrun)\b.*$/;
const MAGIC = /^(\s*)(?:%(?!%)[A-Za-z_]|!|\?{1,2}[A-Za-z_])/;
const HELP = /^(\s*)[A-Za-z_][\w.]*\?{1,2}\s*$/;

/**
 * Lines without IPython's magics, shell escapes and questions for help, each where a statement can begin. A magic
 * that times a statement leaves the statement. A cell in another language is left as it is: that is a syntax error.
 */
export function stripMagics(lines: readonly string[]): readonly string[] {
  const scanner = createLineScanner();
  let isFirst = true;
  return lines.map((line) => {
    const plain = scanner.atStatement ? withoutMagic(line, isFirst) : line;
    if (plain.trim() !== '') isFirst = false;
    scanner.next(plain);
    return plain;
  });
}

function withoutMagic(line: string, isFirst: boolean): string {
  if (isFirst && CELL_WRAPPERS.test(line)) return '';
  const wrapper = WRAPPERS.exec(line);
  if (wrapper !== null && wrapper[2] !== '') return `${wrapper[1] ?? ''}${wrapper[2] ?? ''}`;
  const magic = MAGIC.exec(line) ?? HELP.exec(line);
  if (magic === null) return line;
  // Within a block a line may be the only one.
  return magic[1] === '' || magic[1] === undefined ? '' : `${magic[1]}pass`;
}
