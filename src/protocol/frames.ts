/**
 * Theory of operation. The channel between Node and the supervisor is a byte stream of frames:
 * `u32 length of what follows · u8 kind · u32 run · payload`, big endian. Part of the payloads was written by hostile
 * code and only forwarded, so a frame is refused by its length as soon as length and kind are known, before any
 * payload is kept. What is kept of a half frame is what arrived, never what a length claims. A payload that lies
 * within one chunk is a view of it; one that spans chunks is joined once, when it is whole. After an error the
 * stream has no meaning any more: the reader stays broken and says the same error again.
 */

/** Bytes of kind and run, which the length counts. */
const COUNTED_HEADER_BYTES = 5;
const HEADER_BYTES = 4 + COUNTED_HEADER_BYTES;

export interface Frame {
  readonly kind: number;
  readonly run: number;
  /** May be a view of the pushed chunk. */
  readonly payload: Uint8Array;
}

export type FrameErrorReason = 'too-long' | 'too-short' | 'unknown-kind';

/** The byte stream is not a sequence of frames. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
  readonly reason: FrameErrorReason;
  /** `null` when the length was refused before the kind was read. */
  readonly kind: number | null;
  readonly length: number;

  constructor(reason: FrameErrorReason, kind: number | null, length: number, message: string) {
    super(message);
    this.reason = reason;
    this.kind = kind;
    this.length = length;
  }
}

/** Header and payload apart, so that a large payload is not copied; write both. */
export function encodeFrame(kind: number, run: number, payload: Uint8Array): Uint8Array[] {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(0, COUNTED_HEADER_BYTES + payload.length);
  view.setUint8(4, kind);
  view.setUint32(5, run);
  return payload.length === 0 ? [header] : [header, payload];
}

export interface FrameReaderOptions {
  /** Most payload bytes of a kind; `null` for a kind that must not come on this channel. */
  readonly capFor: (kind: number) => number | null;
}

export interface FrameReader {
  /** The frames that became whole with this chunk; throws `FrameError`. The chunk must not be written to afterwards. */
  push(chunk: Uint8Array): Frame[];
  /** Bytes of a half frame; more than 0 at the end of the stream means that it was cut. */
  readonly pendingBytes: number;
}

interface Head {
  readonly kind: number;
  readonly run: number;
  readonly payloadBytes: number;
}

export function createFrameReader(options: FrameReaderOptions): FrameReader {
  const header = new Uint8Array(HEADER_BYTES);
  let headerFilled = 0;
  let head: Head | null = null;
  let parts: Uint8Array[] = [];
  let partBytes = 0;
  let broken: FrameError | null = null;

  function takeHeader(chunk: Uint8Array, offset: number): number {
    const taken = Math.min(HEADER_BYTES - headerFilled, chunk.length - offset);
    header.set(chunk.subarray(offset, offset + taken), headerFilled);
    headerFilled += taken;
    const payloadBytes = checkHeader(header, headerFilled, options.capFor);
    if (headerFilled === HEADER_BYTES) {
      head = { kind: header[4] ?? 0, run: new DataView(header.buffer).getUint32(5), payloadBytes };
    }
    return offset + taken;
  }

  function takePayload(chunk: Uint8Array, offset: number, current: Head, frames: Frame[]): number {
    const taken = Math.min(current.payloadBytes - partBytes, chunk.length - offset);
    const part = chunk.subarray(offset, offset + taken);
    if (partBytes + taken === current.payloadBytes) {
      frames.push({ kind: current.kind, run: current.run, payload: join(parts, partBytes, part) });
      head = null;
      headerFilled = 0;
      parts = [];
      partBytes = 0;
    } else if (taken > 0) {
      parts.push(part);
      partBytes += taken;
    }
    return offset + taken;
  }

  return {
    push(chunk) {
      if (broken !== null) throw broken;
      const frames: Frame[] = [];
      let offset = 0;
      try {
        // An empty payload is whole as soon as its header is, with no byte left to take.
        while (offset < chunk.length || head?.payloadBytes === 0) {
          offset = head === null ? takeHeader(chunk, offset) : takePayload(chunk, offset, head, frames);
        }
      } catch (error) {
        if (error instanceof FrameError) broken = error;
        throw error;
      }
      return frames;
    },
    get pendingBytes() {
      return headerFilled + partBytes;
    },
  };
}

/** Checks as much of a header as has arrived; answers the payload's length. */
function checkHeader(header: Uint8Array, filled: number, capFor: FrameReaderOptions['capFor']): number {
  if (filled < 4) return 0;
  const length = new DataView(header.buffer).getUint32(0);
  if (length < COUNTED_HEADER_BYTES) {
    throw new FrameError(
      'too-short',
      null,
      length,
      `frame of length ${length}: the least is ${COUNTED_HEADER_BYTES}`,
    );
  }
  const kind = header[4];
  if (filled < COUNTED_HEADER_BYTES || kind === undefined) return 0;
  const payloadBytes = length - COUNTED_HEADER_BYTES;
  const cap = capFor(kind);
  if (cap === null)
    throw new FrameError('unknown-kind', kind, length, `frame of kind ${kind}, which is not expected here`);
  if (payloadBytes > cap) {
    throw new FrameError(
      'too-long',
      kind,
      length,
      `frame of kind ${kind} with ${payloadBytes} bytes: the most is ${cap}`,
    );
  }
  return payloadBytes;
}

function join(parts: readonly Uint8Array[], partBytes: number, last: Uint8Array): Uint8Array {
  if (parts.length === 0) return last;
  const whole = new Uint8Array(partBytes + last.length);
  let offset = 0;
  for (const part of [...parts, last]) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
