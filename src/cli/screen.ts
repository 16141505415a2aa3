import { createStatusLine, type ScreenStreams } from './status-line.js';
import { createTerminalFilter, visible } from './terminal-text.js';

/** Where a command writes: the program's output as it is, our own words on stderr, with colour only on terminals. */
export interface Screen {
  /** A piece of what the program wrote. */
  program(stream: 'stdout' | 'stderr', text: string): void;
  /** No more of it will come. What we say after it starts on a line of its own. */
  programEnd(): void;
  /** What a terminal draws as a picture, as it is: of our own making. */
  draw(sequence: string): void;
  /** What goes on, in a line that vanishes before anything else is written; `null` takes it away. Terminals only. */
  status(text: string | null): void;
  /** A line of ours on stdout: what was asked for. */
  answer(text: string): void;
  /** A line of ours on stderr. */
  note(style: NoteStyle, text: string): void;
  readonly styles: { readonly stdout: Styles; readonly stderr: Styles };
}

export type NoteStyle = 'error' | 'warning' | 'hint' | 'plain';
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';
export type Styles = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

export function createScreen(streams: ScreenStreams): Screen {
  const { stdout, stderr, env } = streams;
  const line = createStatusLine(streams);
  const outputs = { stdout: createOutput(stdout, line.hide), stderr: createOutput(stderr, line.hide) };
  const styles = { stdout: createStyles(stdout, env), stderr: createStyles(stderr, env) };
  return {
    styles,
    program: (stream, text) => outputs[stream].program(text),
    programEnd() {
      outputs.stdout.programEnd();
      outputs.stderr.programEnd();
    },
    draw: (sequence) => outputs.stdout.raw(sequence),
    status(text) {
      // A program that is in the middle of a line goes on there.
      if (text === null || outputs.stdout.isMidLine() || outputs.stderr.isMidLine()) line.hide();
      else line.show(text, (shown) => styles.stderr('dim', shown));
    },
    answer: (text) => outputs.stdout.line(text),
    note(style, text) {
      // On one terminal both streams share the line.
      if (stdout.isTTY && stderr.isTTY) outputs.stdout.finishLine();
      const label =
        style === 'error'
          ? `${styles.stderr('red', 'pungi:')} `
          : style === 'warning'
            ? `${styles.stderr('yellow', 'pungi: warning:')} `
            : '';
      outputs.stderr.line(`${label}${style === 'hint' ? styles.stderr('dim', text) : text}`);
    },
  };
}

interface Output {
  /** Whether the cursor of its terminal stands behind a text. */
  isMidLine(): boolean;
  program(text: string): void;
  programEnd(): void;
  finishLine(): void;
  raw(sequence: string): void;
  line(text: string): void;
}

function createOutput(stream: NodeJS.WriteStream, beforeWrite: () => void): Output {
  const filter = createTerminalFilter();
  let midLine = false;
  let styled = false;
  const put = (text: string): void => {
    if (text === '') return;
    beforeWrite();
    midLine = !text.endsWith('\n');
    styled ||= stream.isTTY === true && text.includes('\u001b');
    stream.write(text);
  };
  const finishLine = (): void => {
    if (midLine) put('\n');
  };
  return {
    program: (text) => put(stream.isTTY ? filter.push(text) : text),
    programEnd() {
      put(filter.flush());
      // A program that leaves a colour on would colour all that follows.
      if (styled) {
        beforeWrite();
        stream.write('\u001b[0m');
      }
    },
    isMidLine: () => midLine && stream.isTTY === true,
    finishLine,
    raw(sequence) {
      finishLine();
      beforeWrite();
      stream.write(sequence);
    },
    line(text) {
      finishLine();
      put(`${stream.isTTY ? visible(text) : text}\n`);
    },
  };
}

/** https://no-color.org: any value but the empty one switches colour off. */
function createStyles(stream: NodeJS.WriteStream, env: ScreenStreams['env']): Styles {
  const noColor = env['NO_COLOR'] ?? '';
  if (stream.isTTY !== true || noColor !== '' || env['TERM'] === 'dumb') return (_, text) => text;
  return (style, text) => {
    const [on, off] = CODES[style];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  };
}
