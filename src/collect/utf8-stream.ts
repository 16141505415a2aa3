/** Decodes UTF-8 that arrives in pieces: complete characters only, the rest waits for its end. */
export interface Utf8Stream {
  push(chunk: Uint8Array): string;
  /** What is left at the end of the stream; half a character reads as U+FFFD. */
  flush(): string;
}

export function createUtf8Stream(): Utf8Stream {
  // A byte order mark is something that the program wrote, so it is kept.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    push: (chunk) => decoder.decode(chunk, { stream: true }),
    flush: () => decoder.decode(),
  };
}
