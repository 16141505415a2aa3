import { createStreamCapture } from '../collect/captured-stream.js';
import { createUtf8Stream } from '../collect/utf8-stream.js';
import type { CapturedStream } from '../result/ending.js';

export interface ObservedStream {
  push(chunk: Uint8Array): void;
  finish(): CapturedStream;
}

/** Captures one output stream within its cap, and hands complete characters on as they come. */
export function observeStream(maxBytes: number, onText: (text: string) => void): ObservedStream {
  const capture = createStreamCapture(maxBytes);
  const characters = createUtf8Stream();
  const handOn = (text: string): void => {
    if (text !== '') onText(text);
  };
  return {
    push(chunk) {
      capture.push(chunk);
      handOn(characters.push(chunk));
    },
    finish() {
      handOn(characters.flush());
      return capture.finish();
    },
  };
}
