import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createUtf8Stream } from '../../src/collect/utf8-stream.js';

test.each([
  ['a character over two chunks', [[0xc3], [0xa9]], ['', 'é', '']],
  ['four bytes one by one', [[0xf0], [0x9f], [0x98], [0x80, 0x61]], ['', '', '', '😀a', '']],
  ['half a character at the end', [[0x61, 0xe2, 0x82]], ['a', '\ufffd']],
  ['a broken character in the middle', [[0xe2], [0x61]], ['', '\ufffda', '']],
  ['a byte order mark', [[0xef, 0xbb], [0xbf]], ['', '\ufeff', '']],
  ['an empty chunk', [[], [0x61]], ['', 'a', '']],
])('%s', (_name, chunks, texts) => {
  const stream = createUtf8Stream();
  expect([...chunks.map((chunk) => stream.push(Uint8Array.from(chunk))), stream.flush()]).toEqual(texts);
});

test('any split of any bytes gives the text of the whole, in complete characters', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc.string({ unit: 'binary' }).map((s) => new Uint8Array(Buffer.from(s))),
  );
  fc.assert(
    fc.property(fc.array(bytes), fc.integer({ min: 1, max: 7 }), (parts, size) => {
      const all = Buffer.concat(parts);
      const stream = createUtf8Stream();
      const texts: string[] = [];
      for (let at = 0; at < all.length; at += size) texts.push(stream.push(all.subarray(at, at + size)));
      texts.push(stream.flush());
      expect(texts.join('')).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(all));
      expect(texts.some((text) => /\p{Surrogate}/u.test(text))).toBe(false);
    }),
  );
});
