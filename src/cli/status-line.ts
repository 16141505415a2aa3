import { fstatSync } from 'node:fs';

/** Where words of ours go, and what says how the terminal is. */
export interface ScreenStreams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One line at the end of what stands on a terminal, which leaves no trace. */
export interface StatusLine {
  /** Shows a text in place of the one before; one that does not fit is left out. */
  show(text: string, style: (text: string) => string): void;
  hide(): void;
}

/** Some terminals say that they have no columns. */
const UNKNOWN_WIDTH = 80;
/** A terminal writes a key such as Ctrl-C behind the line, as `^C`. */
const ECHO = 4;

/**
 * Only where nobody else writes: on standard error when it is a terminal, and not while standard output goes through a
 * pipe, whose reader may be a pager on the same terminal.
 */
export function createStatusLine({ stdout, stderr, env }: ScreenStreams): StatusLine {
  const isShown = stderr.isTTY === true && env['TERM'] !== 'dumb' && !isPiped(stdout);
  let width = 0;
  const hide = (): void => {
    // Blanks, since NO_COLOR is also asked for by those whose terminals know no escape sequences.
    if (width > 0) stderr.write(`\r${' '.repeat(width + ECHO)}\r`);
    width = 0;
  };
  return {
    hide,
    show(text, style) {
      hide();
      // A line that wraps could not be taken back.
      if (!isShown || text.length + ECHO >= (stderr.columns || UNKNOWN_WIDTH)) return;
      stderr.write(style(text));
      width = text.length;
    },
  };
}

function isPiped(stream: NodeJS.WriteStream): boolean {
  if (stream.isTTY === true || !('fd' in stream) || typeof stream.fd !== 'number') return false;
  const stats = fstatSync(stream.fd);
  return stats.isFIFO() || stats.isSocket();
}
