import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FRAME } from '../../src/protocol/frame-kinds.js';
import { createFrameReader, encodeFrame, type Frame, FrameError } from '../../src/protocol/frames.js';

const anyFrame = fc.record({
  kind: fc.integer({ min: 0, max: 255 }),
  run: fc.integer({ min: 0, max: 0xffffffff }),
  payload: fc.uint8Array({ maxLength: 200 }),
});

function encodeAll(frames: readonly Frame[]): Uint8Array {
  return Buffer.concat(frames.flatMap(({ kind, run, payload }) => encodeFrame(kind, run, payload)));
}

function split(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

function plain(frames: readonly Frame[]): unknown[] {
  return frames.map(({ kind, run, payload }) => [kind, run, Buffer.from(payload).toString('hex')]);
}

test('a frame on the wire', () => {
  const parts = encodeFrame(FRAME.outcome, 0x01020304, Buffer.from('ab'));
  expect(parts.map((part) => Buffer.from(part).toString('hex'))).toEqual(['000000071401020304', '6162']);
  expect(encodeFrame(FRAME.ready, 0, new Uint8Array())).toHaveLength(1);
});

test('any split of any frames gives the same frames', () => {
  fc.assert(
    fc.property(fc.array(anyFrame, { maxLength: 8 }), fc.array(fc.nat()), (frames, cuts) => {
      const reader = createFrameReader({ capFor: () => 200 });
      const read = split(encodeAll(frames), cuts).flatMap((chunk) => reader.push(chunk));
      expect(plain(read)).toEqual(plain(frames));
      expect(reader.pendingBytes).toBe(0);
    }),
  );
});

test('random bytes give frames within the cap or a FrameError, which stays', () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 20 });
  const zeros = fc.array(fc.uint8Array({ maxLength: 60, max: 12 }), { maxLength: 20 });
  fc.assert(
    fc.property(fc.oneof(chunks, zeros), (input) => {
      const reader = createFrameReader({ capFor: (kind) => (kind < 10 ? 50 : null) });
      let failure: unknown = null;
      for (const chunk of input) {
        try {
          const frames = reader.push(chunk);
          expect(failure).toBeNull();
          for (const { kind, payload } of frames) expect(kind < 10 && payload.length <= 50).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
          if (failure !== null) expect(error).toBe(failure);
          failure = error;
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['00000004', { reason: 'too-short', kind: null, length: 4, message: 'frame of length 4: the least is 5' }],
  ['00000000', { reason: 'too-short', kind: null, length: 0, message: 'frame of length 0: the least is 5' }],
  [
    '0000006a12',
    {
      reason: 'too-long',
      kind: 18,
      length: 106,
      message: 'frame of kind 18 with 101 bytes: the most is 100',
    },
  ],
  [
    'ffffffff12',
    {
      reason: 'too-long',
      kind: 18,
      length: 0xffffffff,
      message: 'frame of kind 18 with 4294967290 bytes: the most is 100',
    },
  ],
  [
    '0000000563',
    { reason: 'unknown-kind', kind: 99, length: 5, message: 'frame of kind 99, which is not expected here' },
  ],
])('the header %s is refused before its payload', (hex, expected) => {
  const push = (chunks: Uint8Array[]) => {
    const reader = createFrameReader({ capFor: (kind) => (kind === FRAME.stdout ? 100 : null) });
    for (const chunk of chunks) reader.push(chunk);
  };
  const bytes = Buffer.from(hex, 'hex');
  expect(() => push([bytes])).toThrow(expect.objectContaining({ name: 'FrameError', ...expected }));
  expect(() => push([...bytes].map((byte) => Uint8Array.of(byte)))).toThrow(
    expect.objectContaining(expected),
  );
});

test('the cap is inclusive', () => {
  const reader = createFrameReader({ capFor: () => 100 });
  expect(reader.push(encodeAll([{ kind: 1, run: 2, payload: new Uint8Array(100) }]))).toHaveLength(1);
});

test('a payload within one chunk is a view of it, one across chunks is joined once', () => {
  const bytes = encodeAll([{ kind: 1, run: 1, payload: Buffer.alloc(1000, 7) }]);
  const [whole] = createFrameReader({ capFor: () => 1000 }).push(bytes);
  expect(whole?.payload.buffer).toBe(bytes.buffer);
  const reader = createFrameReader({ capFor: () => 1000 });
  expect(reader.push(bytes.subarray(0, 500))).toEqual([]);
  expect(reader.pendingBytes).toBe(500);
  const [joined] = reader.push(bytes.subarray(500));
  expect(joined?.payload.buffer.byteLength).toBe(1000);
});

test('a length that lies takes no memory', () => {
  const reader = createFrameReader({ capFor: () => 0x7fffffff });
  const before = process.memoryUsage().arrayBuffers;
  reader.push(Buffer.from('7ffffff0140000000100', 'hex'));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
});
