/** Keeps the last `capacity` bytes of all that is pushed; grows by need, never above the capacity. */
export interface ByteRing {
  push(bytes: Uint8Array): void;
  /** A copy of what is kept, oldest byte first. */
  read(): Uint8Array;
  /** Bytes of memory held. */
  readonly allocated: number;
}

const FIRST_SIZE = 1024;
const NOTHING = new Uint8Array(0);

export function createByteRing(capacity: number): ByteRing {
  let buffer = NOTHING;
  let length = 0;
  // Index of the next byte to write once the ring is full; before that the bytes begin at 0.
  let next = 0;

  function grow(wanted: number): void {
    if (wanted <= buffer.length) return;
    const larger = new Uint8Array(Math.min(capacity, Math.max(wanted, buffer.length * 2, FIRST_SIZE)));
    larger.set(buffer.subarray(0, length));
    buffer = larger;
  }

  function overwrite(bytes: Uint8Array): void {
    const first = Math.min(bytes.length, capacity - next);
    buffer.set(bytes.subarray(0, first), next);
    buffer.set(bytes.subarray(first), 0);
    next = (next + bytes.length) % capacity;
  }

  return {
    push(bytes) {
      if (capacity === 0) return;
      const kept = bytes.length > capacity ? bytes.subarray(bytes.length - capacity) : bytes;
      const fitting = Math.min(kept.length, capacity - length);
      grow(length + fitting);
      buffer.set(kept.subarray(0, fitting), length);
      length += fitting;
      if (fitting < kept.length) overwrite(kept.subarray(fitting));
    },
    read() {
      const copy = new Uint8Array(length);
      copy.set(buffer.subarray(next, length));
      copy.set(buffer.subarray(0, next), length - next);
      return copy;
    },
    get allocated() {
      return buffer.length;
    },
  };
}
