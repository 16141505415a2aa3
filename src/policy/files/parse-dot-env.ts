import { setMember } from './set-member.js';
import { TextCursor } from './text-cursor.js';

const SPACE = /(?:[ \t\r\n]|#[^\n]*)*/y;
const BLANK = /[ \t]*/y;
const EXPORT = /export[ \t]+/y;
const NAME = /[A-Za-z_][A-Za-z0-9_.]*/y;
const SINGLE = /'[^'\n]*'/y;
const DOUBLE = /"(?:[^"\\\n]|\\[^\n])*"/y;
// A `#` in the middle of a word is part of it.
const BARE = /(?:[^ \t\r\n]|[ \t]+(?=[^ \t\r\n#]))*/y;
const LINE_END = /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;

/**
 * The variables of a `.env` file: `NAME=value`, `NAME='as it stands'`, `NAME="with \\n"`, `export` before them, `#`
 * comments. Nothing is executed and no `$` is filled in. Throws a `TextFault`.
 */
export function parseDotEnv(text: string): Readonly<Record<string, string>> {
  const cursor = new TextCursor(text);
  const variables = {};
  for (cursor.take(SPACE); !cursor.isAtEnd; cursor.take(SPACE)) {
    cursor.take(EXPORT);
    const start = cursor.at;
    const name = cursor.take(NAME);
    if (name === null) throw cursor.expected('a name');
    if (Object.hasOwn(variables, name)) throw cursor.fault(`${name} is given twice`, start);
    cursor.take(BLANK);
    if (!cursor.next('=')) throw cursor.expected(`\`=\` after ${name}`);
    cursor.take(BLANK);
    setMember(variables, name, readValue(cursor));
    if (cursor.take(LINE_END) === null) throw cursor.expected('the end of the line');
  }
  return variables;
}

function readValue(cursor: TextCursor): string {
  const quote = cursor.text[cursor.at];
  if (quote !== '"' && quote !== "'") return cursor.take(BARE) ?? '';
  const token = cursor.take(quote === '"' ? DOUBLE : SINGLE);
  if (token === null) throw cursor.fault('a value that is not closed on its line');
  const content = token.slice(1, -1);
  return quote === '"' ? content.replaceAll(/\\(.)/gs, (_, letter: string) => unescaped(letter)) : content;
}

function unescaped(letter: string): string {
  if (letter === 'n') return '\n';
  if (letter === 't') return '\t';
  return '"\\$`'.includes(letter) ? letter : `\\${letter}`;
}
