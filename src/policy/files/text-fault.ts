/** What is wrong with a text, and where. Lines and columns count from 1, columns in UTF-16 units. */
export class TextFault extends Error {
  override readonly name = 'TextFault';
  readonly line: number;
  readonly column: number;
  /** The fault without its place. */
  readonly what: string;

  constructor(text: string, at: number, what: string) {
    const before = text.slice(0, at).split('\n');
    const line = before.length;
    const column = (before.at(-1)?.length ?? 0) + 1;
    super(`line ${line}, column ${column}: ${what}`);
    this.line = line;
    this.column = column;
    this.what = what;
  }
}
