import { createStreamCapture, EMPTY_STREAM, type StreamCapture } from '../collect/captured-stream.js';
import { createUtf8Stream, type Utf8Stream } from '../collect/utf8-stream.js';
import type { CapturedStream } from '../result/ending.js';

export interface ObservedStream {
  push(chunk: Uint8Array): void;
  finish(): CapturedStream;
}

/** Captures one output stream within its cap, and hands complete characters on as they come. */
export function observeStream(maxBytes: number, onText: (text: string) => void): ObservedStream {
  // Made with the first bytes: most streams stay empty.
  let parts: { readonly capture: StreamCapture; readonly characters: Utf8Stream } | null = null;
  const handOn = (text: string): void => {
    if (text !== '') onText(text);
  };
  return {
    push(chunk) {
      parts ??= { capture: createStreamCapture(maxBytes), characters: createUtf8Stream() };
      parts.capture.push(chunk);
      handOn(parts.characters.push(chunk));
    },
    finish() {
      if (parts === null) return EMPTY_STREAM;
      handOn(parts.characters.flush());
      return parts.capture.finish();
    },
  };
}
