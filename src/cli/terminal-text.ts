const ESCAPE = '\u001b';
/** Colours and styles: the one kind of sequence that changes nothing but how text looks. */
const STYLE = new RegExp(`^${ESCAPE}\\[[\\d;:]{0,32}m`);
const UNFINISHED = new RegExp(`${ESCAPE}(?:\\[[\\d;:]{0,32})?$`);
const HARMLESS = new Set(['\t', '\n', '\r', '\b']);

export interface TerminalFilter {
  /** What may be written of the text now; the start of a sequence that is not complete is held back. */
  push(text: string): string;
  flush(): string;
}

/**
 * Text of an unknown program on its way to a terminal. Escape sequences can set titles, write to the clipboard, or
 * make a terminal answer as if the user had typed, so all but colours are shown as text.
 */
export function createTerminalFilter(): TerminalFilter {
  let held = '';
  return {
    push(text) {
      const all = held + text;
      held = UNFINISHED.exec(all)?.[0] ?? '';
      return visible(all.slice(0, all.length - held.length));
    },
    flush() {
      const rest = held;
      held = '';
      return visible(rest);
    },
  };
}

/** The same for a text that is whole. */
export function visible(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character, offset: number) => {
    if (HARMLESS.has(character)) return character;
    if (character === ESCAPE && STYLE.test(text.slice(offset, offset + 40))) return character;
    const code = character.charCodeAt(0);
    return code < 0x20 ? `^${String.fromCharCode(code + 64)}` : `\\x${code.toString(16)}`;
  });
}
