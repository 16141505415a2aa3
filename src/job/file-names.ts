import { showValue } from '../policy/show-value.js';
import { textProblem, utf8 } from '../policy/text-rules.js';

const MOST_PARTS = 32;
const LONGEST_PART_BYTES = 255;
const LONGEST_NAME_BYTES = 3000;

/** Why a name cannot be a file in the workdir, or `null`. Nested names such as `pkg/mod.py` are fine. */
export function fileNameProblem(name: string): string | null {
  const text = textProblem(name);
  if (name === '') return 'is empty';
  if (text !== null) return text;
  if (name.includes('\\')) return 'holds a backslash; parts are joined by /';
  if (name.startsWith('/')) return 'is absolute';
  if (name.endsWith('/')) return 'ends with a slash, so that it names a directory';
  return (
    partsProblem(name.split('/')) ??
    (utf8(name).byteLength > LONGEST_NAME_BYTES ? tooLong(LONGEST_NAME_BYTES) : null)
  );
}

/** The first problem of a whole set of names, as a sentence, or `null`: each alone, then each against the others. */
export function fileNamesProblem(names: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const name of names) {
    const problem = fileNameProblem(name);
    if (problem !== null) return `File name ${showValue(name)} ${problem}.`;
    if (seen.has(name)) return `File name ${showValue(name)} is given twice.`;
    seen.add(name);
  }
  for (const name of names) {
    const directory = parentsOf(name).find((parent) => seen.has(parent));
    if (directory !== undefined) {
      return `File name ${showValue(name)} uses ${showValue(directory)} as a directory, which is a file.`;
    }
  }
  return null;
}

function partsProblem(parts: readonly string[]): string | null {
  if (parts.length > MOST_PARTS) return `has ${parts.length} parts; allowed: at most ${MOST_PARTS}`;
  for (const part of parts) {
    if (part === '') return 'has an empty part';
    if (part === '.' || part === '..') return `has the part '${part}'`;
    if (utf8(part).byteLength > LONGEST_PART_BYTES) return `has a part over ${LONGEST_PART_BYTES} bytes`;
  }
  return null;
}

function parentsOf(name: string): readonly string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function tooLong(bytes: number): string {
  return `is over ${bytes} bytes`;
}
