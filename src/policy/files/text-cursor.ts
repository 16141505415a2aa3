import { TextFault } from './text-fault.js';

/** A place in a text that moves on as the text is read. Patterns are sticky (`/.../y`). */
export class TextCursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Moves past the pattern and gives what it matched, or `null`. */
  take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  /** Moves past a piece of text if it stands here. */
  next(piece: string): boolean {
    if (!this.text.startsWith(piece, this.at)) return false;
    this.at += piece.length;
    return true;
  }

  fault(what: string, at: number = this.at): TextFault {
    return new TextFault(this.text, at, what);
  }

  expected(wanted: string): TextFault {
    return this.fault(`${wanted} is expected, not ${this.seen()}`);
  }

  seen(): string {
    const character = this.text.codePointAt(this.at);
    return character === undefined ? 'the end' : JSON.stringify(String.fromCodePoint(character));
  }
}
