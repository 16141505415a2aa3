const ESCAPE = String.fromCharCode(0x1b);
const BELL = String.fromCharCode(0x07);

/** Colours and cursor movement (CSI), titles and links (OSC): noise to a reader of plain text. */
const TERMINAL_SEQUENCES = new RegExp(
  `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]?|\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?)`,
  'g',
);

/** What a terminal would show of the text: no escape sequences, only the last state of a line rewritten by `\r`. */
export function cleanText(text: string): string {
  return text
    .replace(TERMINAL_SEQUENCES, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => showControls(lastState(line)))
    .join('\n');
}

function lastState(line: string): string {
  if (!line.includes('\r')) return line;
  return line.split('\r').findLast((state) => state !== '') ?? '';
}

function showControls(line: string): string {
  // \p{Cc} is the control characters; a tab is text.
  return line.replace(/\p{Cc}/gu, (character) =>
    character === '\t' ? character : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
