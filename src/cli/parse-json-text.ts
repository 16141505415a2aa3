import { UsageError } from './usage-error.js';

/** Deeper than any value that may travel; a limit of its own keeps this reader off the end of the stack. */
const MOST_DEPTH = 512;
const SPACE = /[\t\n\r ]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const INTEGER = /^-?\d+$/;
const TEXT = /"(?:[^"\\]|\\.)*"/sy;
const WORD = /[A-Za-z_]+/y;

/**
 * JSON from a person's hands. `JSON.parse` names no place for most faults and rounds long integers; this reader says
 * line and column, and gives integers beyond 2^53 as BigInt.
 */
export function parseJsonText(text: string, source: string): unknown {
  const reader = new Reader(text.startsWith('\uFEFF') ? text.slice(1) : text, source);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #text: string;
  readonly #source: string;
  #at = 0;

  constructor(text: string, source: string) {
    this.#text = text;
    this.#source = source;
  }

  value(depth: number): unknown {
    if (depth > MOST_DEPTH) throw this.#fault(`nested deeper than ${MOST_DEPTH} levels`);
    this.#take(SPACE);
    switch (this.#text[this.#at]) {
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
    this.#take(SPACE);
    if (this.#at < this.#text.length) throw this.#fault(`${this.#seen()} after the end of the value`);
  }

  #object(depth: number): object {
    const members = {};
    this.#at += 1;
    if (this.#next('}')) return members;
    do {
      this.#take(SPACE);
      const key = this.#string('a key in double quotes');
      if (!this.#next(':')) throw this.#expected('`:` after the key');
      // Defined, not set: `__proto__` is only a key.
      const value = this.value(depth + 1);
      Object.defineProperty(members, key, { value, enumerable: true, writable: true, configurable: true });
    } while (this.#next(','));
    if (!this.#next('}')) throw this.#expected('`,` or `}`');
    return members;
  }

  #array(depth: number): unknown[] {
    const items: unknown[] = [];
    this.#at += 1;
    if (this.#next(']')) return items;
    do items.push(this.value(depth + 1));
    while (this.#next(','));
    if (!this.#next(']')) throw this.#expected('`,` or `]`');
    return items;
  }

  #string(wanted: string): string {
    if (this.#text[this.#at] !== '"') throw this.#expected(wanted);
    const start = this.#at;
    const token = this.#take(TEXT);
    if (token === null) throw this.#fault('a text that is not closed');
    try {
      return String(JSON.parse(token));
    } catch {
      this.#at = start;
      throw this.#fault('a text with a bad escape or a line break in it');
    }
  }

  #scalar(): unknown {
    const digits = this.#take(NUMBER);
    if (digits !== null) {
      const number = Number(digits);
      return INTEGER.test(digits) && !Number.isSafeInteger(number) ? BigInt(digits) : number;
    }
    const start = this.#at;
    const word = this.#take(WORD);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    this.#at = start;
    throw this.#expected('a value');
  }

  #next(character: string): boolean {
    this.#take(SPACE);
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }

  #expected(wanted: string): UsageError {
    return this.#fault(`${wanted} is expected, not ${this.#seen()}`);
  }

  #seen(): string {
    const character = this.#text.codePointAt(this.#at);
    return character === undefined ? 'the end' : JSON.stringify(String.fromCodePoint(character));
  }

  #fault(what: string): UsageError {
    const before = this.#text.slice(0, this.#at).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    return new UsageError(
      `${this.#source} is not valid JSON: line ${before.length}, column ${column}: ${what}.`,
    );
  }
}
