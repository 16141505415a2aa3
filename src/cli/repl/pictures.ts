import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the pictures of a session are put: a directory of its own, made with the first one, and kept. */
export interface Pictures {
  /** The path of the file that now holds it. */
  save(kind: PictureKind, bytes: Uint8Array): string;
  /** What draws it, in a terminal that can. */
  readonly draw: ((bytes: Uint8Array) => string) | null;
}

export type PictureKind = 'png' | 'svg';

export function createPictures(
  temporaryDirectory: string,
  isTerminal: boolean,
  env: Readonly<Record<string, string | undefined>>,
): Pictures {
  let directory: string | null = null;
  let count = 0;
  return {
    save(kind, bytes) {
      directory ??= mkdtempSync(join(temporaryDirectory, 'pungi-plots-'));
      count += 1;
      const path = join(directory, `plot-${count}.${kind}`);
      writeFileSync(path, bytes);
      return path;
    },
    draw: isTerminal ? drawerFor(env) : null,
  };
}

/** By the protocols of kitty and of iTerm2; terminals say by their environment which they know. */
function drawerFor(env: Readonly<Record<string, string | undefined>>): Pictures['draw'] {
  const program = env['TERM_PROGRAM'] ?? '';
  // A multiplexer between us and the terminal passes neither on.
  if (env['TMUX'] !== undefined || env['STY'] !== undefined) return null;
  if (env['KITTY_WINDOW_ID'] !== undefined || program === 'ghostty') return drawForKitty;
  if (program === 'iTerm.app' || program === 'WezTerm') return drawForITerm;
  return null;
}

const KITTY_CHUNK = 4096;

function drawForKitty(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('base64');
  const chunks = text.match(new RegExp(`.{1,${KITTY_CHUNK}}`, 'g')) ?? [];
  const pieces = chunks.map((chunk, index) => {
    const more = index < chunks.length - 1 ? 1 : 0;
    const keys = index === 0 ? `a=T,f=100,m=${more}` : `m=${more}`;
    return `\u001b_G${keys};${chunk}\u001b\\`;
  });
  return `${pieces.join('')}\n`;
}

function drawForITerm(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('base64');
  return `\u001b]1337;File=inline=1;size=${bytes.length}:${text}\u0007\n`;
}
