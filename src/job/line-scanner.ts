/** Follows Python line by line, as far as is needed to know where a statement can begin. */
export interface LineScanner {
  /** Whether the next line begins within a string of three quotes. */
  readonly inTripleQuotes: boolean;
  /** Whether the next line begins a statement: no string, bracket or backslash holds the last one open. */
  readonly atStatement: boolean;
  next(line: string): void;
}

const TRIPLES = ["'''", '"""'] as const;

/** Knows strings, comments, brackets and backslashes; text that is no Python is followed until its next line. */
export function createLineScanner(): LineScanner {
  let triple: string | null = null;
  let depth = 0;
  let continued = false;

  /** The index after the end of the string that goes on at `start`; closes `triple` where it ends. */
  function skipTriple(line: string, start: number, quotes: string): number {
    for (let at = start; at < line.length; at += 1) {
      if (line[at] === '\\') at += 1;
      else if (line.startsWith(quotes, at)) {
        triple = null;
        return at + quotes.length;
      }
    }
    return line.length;
  }

  function skipString(line: string, start: number): number {
    const opened = TRIPLES.find((quotes) => line.startsWith(quotes, start));
    if (opened !== undefined) {
      triple = opened;
      return skipTriple(line, start + opened.length, opened);
    }
    for (let at = start + 1; at < line.length; at += 1) {
      if (line[at] === '\\') at += 1;
      else if (line[at] === line[start]) return at + 1;
    }
    return line.length;
  }

  function skipOther(line: string, at: number): number {
    const character = line[at] ?? '';
    if (character === '#') return line.length;
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
    else if (character === '\\' && at === line.length - 1) continued = true;
    return at + 1;
  }

  return {
    get inTripleQuotes() {
      return triple !== null;
    },
    get atStatement() {
      return triple === null && depth === 0 && !continued;
    },
    next(line) {
      continued = false;
      let at = triple === null ? 0 : skipTriple(line, 0, triple);
      while (at < line.length) {
        at = line[at] === "'" || line[at] === '"' ? skipString(line, at) : skipOther(line, at);
      }
    },
  };
}
