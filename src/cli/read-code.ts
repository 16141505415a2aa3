import { basename } from 'node:path';
import { decodeText, readBytes } from './read-text.js';
import { UsageError } from './usage-error.js';

/** The program to run, and whether standard input is still free for it. */
export type Program =
  | { readonly kind: 'code'; readonly code: string; readonly stdin: 'free' | 'used' }
  /** Run as a file of its own name, so that tracebacks, `__file__` and encoding cookies are right. */
  | { readonly kind: 'file'; readonly name: string; readonly content: Uint8Array };

export interface CodeSource {
  /** FILE as given; `-` for standard input. */
  readonly file: string | undefined;
  /** The text of `-c`. */
  readonly code: string | undefined;
  readonly stdinIsTerminal: boolean;
  /** `null` when the reading was aborted. */
  readonly readStdin: () => Promise<Uint8Array | null>;
}

/** Finds the code that was meant; `null` when reading it was aborted. */
export async function readCode(source: CodeSource): Promise<Program | null> {
  const { file, code } = source;
  if (code !== undefined) {
    if (file !== undefined) {
      throw new UsageError(
        `Both -c and the file '${file}' are given; allowed: one of them.`,
        'Arguments of the program go after --.',
      );
    }
    return { kind: 'code', code, stdin: 'free' };
  }
  if (file !== undefined && file !== '-') {
    return { kind: 'file', name: basename(file), content: await readBytes(file, 'The program') };
  }
  if (file === undefined && source.stdinIsTerminal) {
    throw new UsageError('There is no code to run.', 'Give a file, -c CODE, or - to read it from here.');
  }
  const bytes = await source.readStdin();
  return bytes === null
    ? null
    : { kind: 'code', code: decodeText(bytes, 'The code on standard input'), stdin: 'used' };
}
