import { setImmediate as otherWork } from 'node:timers/promises';
import { encodeInput } from '../protocol/encode-input.js';
import { encodeSlices, isLight } from '../protocol/encode-slices.js';
import type { CallFault } from './call-fault.js';
import { CallRefusal } from './call-fault.js';

// Theory of operation. An answer is the JSON `{"value": ...}` or `{"error": {...}}` in one or more frames, each
// `u32 number of the call · u8 flags · a piece of the text`. A large value is encoded, and sent, a piece at a time:
// between pieces other work of this process gets its turn, the channel must have room, and no more than WINDOW_BYTES of
// a run may be on their way to its worker, so that one that does not read holds up its own answers alone.

/** The first piece: the host is done. The last one. Void what came before: the value could not be sent whole. */
const FIRST = 1;
const LAST = 2;
const ANEW = 4;
const HEAD_BYTES = 5;
const PIECE_CHARACTERS = 128 * 1024;
/** The supervisor tells of a quarter of it. */
const WINDOW_BYTES = 1024 * 1024;
/** Other work waits no longer than this, give or take one slice. */
const TURN_MS = 4;

export interface AnswerSender {
  /** Throws `CallRefusal` for what is too large, and `PungiError` for what cannot travel; then a fault may follow. */
  value(
    id: number,
    value: unknown,
    limits: { readonly name: string; readonly maxBytes: number },
  ): Promise<void>;
  fault(id: number, fault: CallFault): Promise<void>;
  /** So many bytes have gone down the worker's line. */
  onRoom(bytes: number): void;
  /** Nothing is sent any more. */
  end(): void;
}

export function createAnswerSender(send: (payload: Uint8Array) => Promise<void>): AnswerSender {
  const begun = new Set<number>();
  let underWay = 0;
  let hasEnded = false;
  let waiting: (() => void)[] = [];

  function wake(): void {
    const woken = waiting;
    waiting = [];
    for (const each of woken) each();
  }

  async function room(id: number): Promise<void> {
    if (underWay < WINDOW_BYTES) return;
    // The host is done, whenever the worker reads it: from here on the run's own clock goes on.
    if (!begun.has(id)) void piece(id, 0, '');
    while (underWay >= WINDOW_BYTES && !hasEnded) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    }
  }

  function piece(id: number, flags: number, text: string): Promise<void> {
    if (hasEnded) return Promise.resolve();
    const payload = Buffer.allocUnsafe(HEAD_BYTES + Buffer.byteLength(text));
    const isFirst = !begun.has(id);
    payload.writeUInt32BE(id);
    payload.writeUInt8(flags | (isFirst ? FIRST : 0), 4);
    payload.write(text, HEAD_BYTES);
    if ((flags & LAST) === 0) begun.add(id);
    else begun.delete(id);
    underWay += payload.length;
    return send(payload);
  }

  async function inPieces(id: number, value: unknown, name: string, maxBytes: number): Promise<void> {
    let text = '{"value":';
    let total = 0;
    // To see that a value is large may have taken its time.
    await otherWork();
    let turn = performance.now();
    for (const slice of encodeSlices(value, name)) {
      text += slice;
      total += slice.length;
      if (total > maxBytes) throw tooLarge(name, maxBytes);
      while (text.length >= PIECE_CHARACTERS) {
        const end = pieceEnd(text);
        await room(id);
        await piece(id, 0, text.slice(0, end));
        text = text.slice(end);
      }
      if (performance.now() - turn >= TURN_MS) {
        await otherWork();
        turn = performance.now();
      }
      if (hasEnded) return;
    }
    await room(id);
    await piece(id, LAST, `${text}}`);
  }

  return {
    async value(id, value, { name, maxBytes }) {
      if (!isLight(value)) return inPieces(id, value, name, maxBytes);
      const text = encodeInput(value, { name });
      if (text.length > maxBytes) throw tooLarge(name, maxBytes);
      if (underWay >= WINDOW_BYTES) await room(id);
      void piece(id, LAST, `{"value":${text}}`);
    },
    async fault(id, { name, message }) {
      if (underWay >= WINDOW_BYTES) await room(id);
      void piece(id, LAST | ANEW, JSON.stringify({ error: { name, message } }));
    },
    onRoom(bytes) {
      underWay -= bytes;
      wake();
    },
    end() {
      hasEnded = true;
      wake();
    },
  };
}

/** A slice may be longer than a frame may be; a piece is text by itself, and so ends behind a whole character. */
function pieceEnd(text: string): number {
  const last = text.charCodeAt(PIECE_CHARACTERS - 1);
  return last >= 0xd800 && last < 0xdc00 ? PIECE_CHARACTERS - 1 : PIECE_CHARACTERS;
}

function tooLarge(name: string, maxBytes: number): CallRefusal {
  return new CallRefusal(
    'error',
    'AnswerTooLargeError',
    `${name} has more than the ${maxBytes} bytes as JSON that maxAnswerKb allows`,
  );
}
