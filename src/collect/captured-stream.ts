import type { CapturedStream } from '../result/ending.js';
import { type ByteRing, createByteRing } from './byte-ring.js';

/** Keeps the head and the tail of one output stream, whatever comes, in at most `maxBytes` of memory. */
export interface StreamCapture {
  push(chunk: Uint8Array): void;
  finish(): CapturedStream;
  readonly totalBytes: number;
  /** Bytes of memory held. */
  readonly allocatedBytes: number;
}

/** Of a stream into which nothing came. */
export const EMPTY_STREAM: CapturedStream = Object.freeze({ text: '', totalBytes: 0, truncation: null });
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

export function createStreamCapture(maxBytes: number): StreamCapture {
  const headCapacity = Math.ceil(maxBytes / 2);
  // The head never gets more than its capacity, so that a ring serves for it as well.
  const head = createByteRing(headCapacity);
  const tail = createByteRing(maxBytes - headCapacity);
  let totalBytes = 0;

  return {
    push(chunk) {
      const forHead = Math.min(chunk.length, Math.max(0, headCapacity - totalBytes));
      if (forHead > 0) head.push(chunk.subarray(0, forHead));
      if (forHead < chunk.length) tail.push(chunk.subarray(forHead));
      totalBytes += chunk.length;
    },
    finish() {
      if (totalBytes === 0) return EMPTY_STREAM;
      return totalBytes <= maxBytes ? whole(head, tail, totalBytes) : cut(head, tail, totalBytes);
    },
    get totalBytes() {
      return totalBytes;
    },
    get allocatedBytes() {
      return head.allocated + tail.allocated;
    },
  };
}

function whole(head: ByteRing, tail: ByteRing, totalBytes: number): CapturedStream {
  const text = decode(Buffer.concat([head.read(), tail.read()]));
  return Object.freeze({ text, totalBytes, truncation: null });
}

function cut(headRing: ByteRing, tailRing: ByteRing, totalBytes: number): CapturedStream {
  const head = withoutBrokenEnd(headRing.read());
  const tail = withoutBrokenStart(tailRing.read());
  const omittedBytes = totalBytes - head.length - tail.length;
  return Object.freeze({
    text: `${decode(head)}\n... [${omittedBytes} bytes omitted] ...\n${decode(tail)}`,
    totalBytes,
    truncation: Object.freeze({ totalBytes, omittedBytes }),
  });
}

function decode(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}

/** Drops a character at the end whose last bytes were cut off. */
function withoutBrokenEnd(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    return sequenceLength(byte) > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

/** Drops the last bytes of a character whose start was cut off. */
function withoutBrokenStart(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < Math.min(3, bytes.length) && isContinuation(bytes[start] ?? 0)) start += 1;
  return bytes.subarray(start);
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

function sequenceLength(firstByte: number): number {
  if (firstByte < 0xc0) return 1;
  if (firstByte < 0xe0) return 2;
  return firstByte < 0xf0 ? 3 : 4;
}
