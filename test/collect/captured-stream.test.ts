import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStreamCapture } from '../../src/collect/captured-stream.js';

function capture(
  maxBytes: number,
  chunks: readonly Uint8Array[],
): ReturnType<ReturnType<typeof createStreamCapture>['finish']> {
  const stream = createStreamCapture(maxBytes);
  for (const chunk of chunks) stream.push(chunk);
  return stream.finish();
}

describe('createStreamCapture', () => {
  test.each([
    ['nothing', 10, '', '', null],
    ['all of it', 10, 'héllo', 'héllo', null],
    ['exactly the cap', 6, 'abcdef', 'abcdef', null],
    [
      'one byte over',
      6,
      'abcdefg',
      'abc\n... [1 bytes omitted] ...\nefg',
      { totalBytes: 7, omittedBytes: 1 },
    ],
    [
      'head and tail',
      6,
      'abc-----xyz',
      'abc\n... [5 bytes omitted] ...\nxyz',
      { totalBytes: 11, omittedBytes: 5 },
    ],
    [
      'cut inside characters',
      6,
      'aé€-----€xy',
      'aé\n... [11 bytes omitted] ...\nxy',
      { totalBytes: 16, omittedBytes: 11 },
    ],
    [
      'cut inside four bytes',
      8,
      '😀a-----a😀',
      '😀\n... [7 bytes omitted] ...\n😀',
      { totalBytes: 15, omittedBytes: 7 },
    ],
    ['nothing kept', 0, 'abc', '\n... [3 bytes omitted] ...\n', { totalBytes: 3, omittedBytes: 3 }],
    ['an odd cap', 1, 'abc', 'a\n... [2 bytes omitted] ...\n', { totalBytes: 3, omittedBytes: 2 }],
    ['a byte order mark', 10, '\ufeffx', '\ufeffx', null],
  ])('%s', (_name, maxBytes, input, text, truncation) => {
    const bytes = Buffer.from(input);
    expect(capture(maxBytes, [bytes])).toEqual({ text, totalBytes: bytes.length, truncation });
  });

  test('bytes that are no UTF-8 are replaced', () => {
    expect(capture(10, [Uint8Array.of(0x61, 0xff, 0x80, 0x62)]).text).toBe('a\ufffd\ufffdb');
  });

  const pieces = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 20 }).map((s) => new Uint8Array(Buffer.from(s))),
    ),
  );

  test('any split gives the same text, within the memory allowed', () => {
    fc.assert(
      fc.property(pieces, fc.nat(64), (chunks, maxBytes) => {
        const stream = createStreamCapture(maxBytes);
        for (const chunk of chunks) {
          stream.push(chunk);
          expect(stream.allocatedBytes).toBeLessThanOrEqual(maxBytes);
        }
        const all = Buffer.concat(chunks);
        expect(stream.finish()).toEqual(capture(maxBytes, [all]));
        expect(stream.finish()).toEqual(
          capture(
            maxBytes,
            [...all].map((byte) => Uint8Array.of(byte)),
          ),
        );
      }),
    );
  });

  test('what is kept is the start and the end of what came', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(64), (text, maxBytes) => {
        const bytes = Buffer.from(text);
        const { text: kept, truncation } = capture(maxBytes, [bytes]);
        if (bytes.length <= maxBytes) {
          expect({ kept, truncation }).toEqual({ kept: bytes.toString(), truncation: null });
          return;
        }
        const marker = `\n... [${truncation?.omittedBytes} bytes omitted] ...\n`;
        const at = kept.indexOf(marker);
        const [head, tail] = [kept.slice(0, at), kept.slice(at + marker.length)];
        expect(bytes.toString().startsWith(head) && bytes.toString().endsWith(tail)).toBe(true);
        expect(Buffer.byteLength(head) + Buffer.byteLength(tail) + (truncation?.omittedBytes ?? 0)).toBe(
          bytes.length,
        );
        // At most three bytes are lost on each side to whole characters.
        expect(truncation?.omittedBytes).toBeLessThanOrEqual(bytes.length - maxBytes + 6);
      }),
    );
  });

  test('a flood leaves the chunk free to be reused and memory at the cap', () => {
    const stream = createStreamCapture(128 * 1024);
    const chunk = new Uint8Array(64 * 1024).fill(0x61);
    for (let pushed = 0; pushed < 3200; pushed += 1) stream.push(chunk);
    chunk.fill(0x62);
    expect(stream.allocatedBytes).toBe(128 * 1024);
    expect(stream.finish()).toEqual({
      text: `${'a'.repeat(65_536)}\n... [209584128 bytes omitted] ...\n${'a'.repeat(65_536)}`,
      totalBytes: 209_715_200,
      truncation: { totalBytes: 209_715_200, omittedBytes: 209_584_128 },
    });
  });
});
