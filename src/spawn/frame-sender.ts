import { Buffer } from 'node:buffer';
import type { Duplex } from 'node:stream';
import { encodeFrame } from '../protocol/frames.js';

export interface FrameSender {
  /** Queues a frame; resolves when the channel has room again, at once where it has. */
  send(kind: number, run: number, payload: Uint8Array): Promise<void>;
  flush(): void;
}

/** Joining so much costs less than a write of several pieces. */
const MOST_JOINED = 16 * 1024;
const ROOM: Promise<void> = Promise.resolve();

/** The frames of one turn go in one write, and wake the supervisor once. */
export function createFrameSender(channel: Duplex): FrameSender {
  let pieces: Uint8Array[] = [];
  let bytes = 0;

  function flush(): void {
    if (pieces.length === 0) return;
    const queued = pieces;
    const total = bytes;
    pieces = [];
    bytes = 0;
    if (!channel.writable) return;
    if (total <= MOST_JOINED) {
      channel.write(Buffer.concat(queued, total));
      return;
    }
    channel.cork();
    for (const piece of queued) channel.write(piece);
    channel.uncork();
  }

  return {
    flush,
    send(kind, run, payload) {
      if (!channel.writable) return ROOM;
      if (pieces.length === 0) process.nextTick(flush);
      for (const piece of encodeFrame(kind, run, payload)) {
        pieces.push(piece);
        bytes += piece.length;
      }
      if (bytes <= MOST_JOINED) return channel.writableNeedDrain ? drained(channel) : ROOM;
      flush();
      return channel.writableNeedDrain ? drained(channel) : ROOM;
    },
  };
}

function drained(channel: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      channel.off('drain', done);
      channel.off('close', done);
      resolve();
    };
    channel.on('drain', done);
    channel.on('close', done);
  });
}
