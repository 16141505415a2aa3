import type { TextCursor } from './text-cursor.js';

// TOML 1.0 allows no control character in any string but tab, and line breaks in those of three quotes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that TOML forbids.
export const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const BASIC = /"(?:[^"\\\n\r]|\\[^\n\r])*"/y;
const LITERAL = /'[^'\n\r]*'/y;
// Up to two quotes may stand before the closing three.
const LONG_BASIC = /"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*?"{3,5}/y;
const LONG_LITERAL = /'''(?:[^']|'{1,2}(?!'))*?'{3,5}/y;
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([btnfr"\\])|([ \t]*\r?\n[ \t\r\n]*)|[\s\S])/g;
const LETTERS: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  '\\': '\\',
};

/** The string that starts here, of any of the four kinds; `null` when none does. */
export function readTomlString(cursor: TextCursor): string | null {
  const start = cursor.at;
  if (cursor.text.startsWith('"""', start)) {
    return unescaped(cursor, readLong(cursor, LONG_BASIC), true);
  }
  if (cursor.text.startsWith("'''", start)) return readLong(cursor, LONG_LITERAL).content;
  return readTomlLine(cursor);
}

/** The same for the two kinds that end on their line, which alone may be keys. */
export function readTomlLine(cursor: TextCursor): string | null {
  const start = cursor.at;
  const quote = cursor.text[start];
  if (quote === '"') return unescaped(cursor, readShort(cursor, BASIC), false);
  return quote === "'" ? readShort(cursor, LITERAL).content : null;
}

interface Raw {
  readonly content: string;
  /** Where the content starts in the text. */
  readonly at: number;
}

function readShort(cursor: TextCursor, pattern: RegExp): Raw {
  const start = cursor.at;
  const token = cursor.take(pattern);
  if (token === null) throw cursor.fault('a string that is not closed on its line');
  return checked(cursor, { content: token.slice(1, -1), at: start + 1 });
}

function readLong(cursor: TextCursor, pattern: RegExp): Raw {
  const start = cursor.at;
  const token = cursor.take(pattern);
  if (token === null) throw cursor.fault('a string that is not closed');
  // A line break right after the opening quotes does not count.
  const skipped = /^.{3}\r?\n?/.exec(token)?.[0].length ?? 3;
  return checked(cursor, { content: token.slice(skipped, -3), at: start + skipped });
}

function checked(cursor: TextCursor, raw: Raw): Raw {
  const bad = CONTROL.exec(raw.content);
  if (bad !== null) throw cursor.fault('a control character in a string', raw.at + bad.index);
  return raw;
}

function unescaped(cursor: TextCursor, { content, at }: Raw, isLong: boolean): string {
  return content.replaceAll(
    ESCAPE,
    (sequence: string, four?: string, eight?: string, letter?: string, lineEnd?: string, offset = 0) => {
      if (letter !== undefined) return LETTERS[letter] ?? letter;
      if (isLong && lineEnd !== undefined) return '';
      const point = Number.parseInt(four ?? eight ?? 'x', 16);
      const isScalar = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
      if (!isScalar) throw cursor.fault(`the escape ${JSON.stringify(sequence)} is unknown`, at + offset);
      return String.fromCodePoint(point);
    },
  );
}
