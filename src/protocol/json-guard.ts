const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
/** `[` and `]` differ from `{` and `}` by this bit alone. */
const BRACE_BIT = 0x20;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/** Whether JSON bytes nest at most `maxDepth` deep: one pass, before anything is parsed. Says nothing else about them. */
export function checkNesting(bytes: Uint8Array, maxDepth: number): boolean {
  let depth = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === QUOTE) {
      index = endOfString(bytes, index + 1);
    } else if ((byte & ~BRACE_BIT) === OPEN) {
      depth += 1;
      if (depth > maxDepth) return false;
    } else if ((byte & ~BRACE_BIT) === CLOSE) {
      depth -= 1;
    }
  }
  return true;
}

/** How many values JSON bytes hold, keys left out: each costs the heap some hundred bytes, however short its text is. */
export function countValues(bytes: Uint8Array): number {
  let count = 1;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === QUOTE) index = endOfString(bytes, index + 1);
    else if (byte === COMMA || (byte & ~BRACE_BIT) === OPEN) count += 1;
  }
  return count;
}

function endOfString(bytes: Uint8Array, start: number): number {
  let index = start;
  while (index < bytes.length) {
    const byte = bytes[index];
    if (byte === QUOTE) return index;
    index += byte === BACKSLASH ? 2 : 1;
  }
  return index;
}
