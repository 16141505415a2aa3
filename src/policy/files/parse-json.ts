import { setMember } from './set-member.js';
import { TextCursor } from './text-cursor.js';

/** Deeper than any value that may travel; a limit of its own keeps this reader off the end of the stack. */
const MOST_DEPTH = 512;
const SPACE = /[\t\n\r ]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const INTEGER = /^-?\d+$/;
const TEXT = /"(?:[^"\\]|\\.)*"/sy;
const WORD = /[A-Za-z_]+/y;

/**
 * JSON from a person's hands. `JSON.parse` names no place for most faults, takes the last of two equal keys and rounds
 * long integers; this reader throws a `TextFault`, and gives integers beyond 2^53 as BigInt.
 */
export function parseJson(text: string, equalKeys: 'refused' | 'last-wins' = 'refused'): unknown {
  const reader = new Reader(new TextCursor(text), equalKeys);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #cursor: TextCursor;
  readonly #equalKeys: 'refused' | 'last-wins';

  constructor(cursor: TextCursor, equalKeys: 'refused' | 'last-wins') {
    this.#cursor = cursor;
    this.#equalKeys = equalKeys;
  }

  value(depth: number): unknown {
    if (depth > MOST_DEPTH) throw this.#cursor.fault(`nested deeper than ${MOST_DEPTH} levels`);
    this.#cursor.take(SPACE);
    switch (this.#cursor.text[this.#cursor.at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string('a value');
      default:
        return this.#scalar();
    }
  }

  end(): void {
    this.#cursor.take(SPACE);
    if (!this.#cursor.isAtEnd) {
      throw this.#cursor.fault(`${this.#cursor.seen()} after the end of the value`);
    }
  }

  #object(depth: number): object {
    const members = {};
    this.#cursor.at += 1;
    if (this.#next('}')) return members;
    do {
      this.#cursor.take(SPACE);
      const start = this.#cursor.at;
      const key = this.#string('a key in double quotes');
      if (this.#equalKeys === 'refused' && Object.hasOwn(members, key)) {
        throw this.#cursor.fault(`the key ${JSON.stringify(key)} is given twice`, start);
      }
      if (!this.#next(':')) throw this.#cursor.expected('`:` after the key');
      setMember(members, key, this.value(depth + 1));
    } while (this.#next(','));
    if (!this.#next('}')) throw this.#cursor.expected('`,` or `}`');
    return members;
  }

  #array(depth: number): unknown[] {
    const items: unknown[] = [];
    this.#cursor.at += 1;
    if (this.#next(']')) return items;
    do items.push(this.value(depth + 1));
    while (this.#next(','));
    if (!this.#next(']')) throw this.#cursor.expected('`,` or `]`');
    return items;
  }

  #string(wanted: string): string {
    const start = this.#cursor.at;
    if (this.#cursor.text[start] !== '"') throw this.#cursor.expected(wanted);
    const token = this.#cursor.take(TEXT);
    if (token === null) throw this.#cursor.fault('a text that is not closed');
    try {
      return String(JSON.parse(token));
    } catch {
      throw this.#cursor.fault('a text with a bad escape or a line break in it', start);
    }
  }

  #scalar(): unknown {
    const digits = this.#cursor.take(NUMBER);
    if (digits !== null) {
      const number = Number(digits);
      return INTEGER.test(digits) && !Number.isSafeInteger(number) ? BigInt(digits) : number;
    }
    const start = this.#cursor.at;
    const word = this.#cursor.take(WORD);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    this.#cursor.at = start;
    throw this.#cursor.expected('a value');
  }

  #next(character: string): boolean {
    this.#cursor.take(SPACE);
    return this.#cursor.next(character);
  }
}
