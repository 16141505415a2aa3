// TOML 1.0 without dates and arrays of tables, which no policy needs: data only, read in one pass. Every fault is a
// `TextFault` with its place. The rules of which table may be extended where are in toml-tables.ts.
import { TextCursor } from './text-cursor.js';
import type { TextFault } from './text-fault.js';
import { readTomlScalar } from './toml-scalar.js';
import { CONTROL, readTomlLine, readTomlString } from './toml-string.js';
import { TableConflict, TomlTables } from './toml-tables.js';

const MOST_DEPTH = 512;
const BLANK = /[ \t]*/y;
const LINE_END = /\r?\n/y;
const COMMENT = /#[^\r\n]*/y;
const BARE_KEY = /[A-Za-z0-9_-]+/y;

/** The root table of a TOML document. Throws a `TextFault`. */
export function parseToml(text: string): object {
  const reader = new Reader(new TextCursor(text));
  return reader.document();
}

class Reader {
  readonly #cursor: TextCursor;
  readonly #tables = new TomlTables();

  constructor(cursor: TextCursor) {
    this.#cursor = cursor;
  }

  document(): object {
    let table = this.#tables.root;
    for (this.#space(); !this.#cursor.isAtEnd; this.#space()) {
      if (this.#cursor.text[this.#cursor.at] === '[') table = this.#header();
      else this.#pair(table, 0);
      this.#cursor.take(BLANK);
      this.#comment();
      if (!this.#cursor.isAtEnd && this.#cursor.take(LINE_END) === null) {
        throw this.#cursor.expected('the end of the line');
      }
    }
    return this.#tables.root;
  }

  #header(): object {
    const start = this.#cursor.at;
    if (this.#cursor.next('[[')) {
      throw this.#cursor.fault(
        'arrays of tables are not read here; write a list of inline tables, `x = [{ a = 1 }]`',
        start,
      );
    }
    this.#cursor.next('[');
    const path = this.#key();
    if (!this.#cursor.next(']')) throw this.#cursor.expected('`]` after the name of the table');
    return this.#guarded(start, () => this.#tables.open(path));
  }

  #pair(table: object, depth: number): void {
    const start = this.#cursor.at;
    const path = this.#key();
    if (!this.#cursor.next('=')) throw this.#cursor.expected('`=` after the key');
    this.#cursor.take(BLANK);
    const value = this.#value(depth + path.length);
    this.#guarded(start, () => this.#tables.set(table, path, value));
  }

  #key(): readonly string[] {
    const path: string[] = [];
    do {
      this.#cursor.take(BLANK);
      const part = readTomlLine(this.#cursor) ?? this.#cursor.take(BARE_KEY);
      if (part === null) throw this.#cursor.expected('a key');
      path.push(part);
      if (path.length > MOST_DEPTH) throw this.#tooDeep();
      this.#cursor.take(BLANK);
    } while (this.#cursor.next('.'));
    return path;
  }

  #value(depth: number): unknown {
    if (depth > MOST_DEPTH) throw this.#tooDeep();
    switch (this.#cursor.text[this.#cursor.at]) {
      case '[':
        return this.#array(depth);
      case '{':
        return this.#inlineTable(depth);
      default:
        return readTomlString(this.#cursor) ?? readTomlScalar(this.#cursor);
    }
  }

  #array(depth: number): unknown[] {
    const items: unknown[] = [];
    this.#cursor.next('[');
    this.#space();
    while (!this.#cursor.next(']')) {
      items.push(this.#value(depth + 1));
      this.#space();
      const isMore = this.#cursor.next(',');
      this.#space();
      if (!isMore && this.#cursor.text[this.#cursor.at] !== ']') throw this.#cursor.expected('`,` or `]`');
    }
    return items;
  }

  #inlineTable(depth: number): object {
    const table = this.#tables.make('dotted');
    this.#cursor.next('{');
    this.#cursor.take(BLANK);
    if (!this.#cursor.next('}')) {
      do {
        this.#pair(table, depth + 1);
        this.#cursor.take(BLANK);
      } while (this.#cursor.next(','));
      if (!this.#cursor.next('}')) throw this.#cursor.expected('`,` or `}` on the same line');
    }
    this.#tables.close(table);
    return table;
  }

  /** Blanks, line breaks and comments. */
  #space(): void {
    do {
      this.#cursor.take(BLANK);
      this.#comment();
    } while (this.#cursor.take(LINE_END) !== null);
  }

  #comment(): void {
    const start = this.#cursor.at;
    const bad = CONTROL.exec(this.#cursor.take(COMMENT) ?? '');
    if (bad !== null) throw this.#cursor.fault('a control character in a comment', start + bad.index);
  }

  #tooDeep(): TextFault {
    return this.#cursor.fault(`nested deeper than ${MOST_DEPTH} levels`);
  }

  #guarded<T>(start: number, act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw error instanceof TableConflict ? this.#cursor.fault(error.message, start) : error;
    }
  }
}
