import { describe, expect, test } from 'vitest';
import { createFileCollector, type FileCaps } from '../../src/collect/collect-files.js';
import type { CollectedFiles } from '../../src/collect/file-store.js';
import { createMemoryStore } from '../../src/collect/memory-store.js';
import { PungiError } from '../../src/errors/pungi-error.js';

type Frame = {
  readonly name: string;
  readonly size?: number;
  readonly mode?: number;
  readonly bodies?: readonly string[];
};

async function collect(frames: readonly Frame[], caps: Partial<FileCaps> = {}): Promise<CollectedFiles> {
  const collector = createFileCollector(
    { maxFiles: 10, maxFileBytes: 100, diskBytes: 1000, ...caps },
    createMemoryStore(),
  );
  for (const { name, size, mode = 0o644, bodies = [] } of frames) {
    await collector.head({ name, size: size ?? bodies.join('').length, mode });
    for (const body of bodies) await collector.body(Buffer.from(body));
  }
  return await collector.finish();
}

describe('createFileCollector', () => {
  test('gathers files whole, in pieces and empty', async () => {
    const { files, leftOut } = await collect([
      { name: 'a.txt', bodies: ['hello'] },
      { name: 'deep/er/ü b.bin', bodies: ['he', '', 'llo'], mode: 0o104755 },
      { name: 'empty' },
    ]);
    expect(leftOut).toEqual([]);
    expect([...files]).toEqual([
      [
        'a.txt',
        { name: 'a.txt', sizeBytes: 5, mode: 0o644, bytes: new Uint8Array(Buffer.from('hello')), path: null },
      ],
      [
        'deep/er/ü b.bin',
        {
          name: 'deep/er/ü b.bin',
          sizeBytes: 5,
          mode: 0o755,
          bytes: new Uint8Array(Buffer.from('hello')),
          path: null,
        },
      ],
      ['empty', { name: 'empty', sizeBytes: 0, mode: 0o644, bytes: new Uint8Array(0), path: null }],
    ]);
  });

  const PARTS = "its name has an empty, '.' or '..' part";
  test.each([
    ['', 'its name is empty'],
    ['/etc/passwd', 'its name is absolute'],
    ['..', PARTS],
    ['a/../../b', PARTS],
    ['./a', PARTS],
    ['a//b', PARTS],
    ['a/', PARTS],
    ['a\0b', 'its name holds a control character'],
    ['a\nb', 'its name holds a control character'],
    ['a\ud800', 'its name is not valid Unicode'],
    ['é'.repeat(128), 'a part of its name is longer than 255 bytes'],
    [`${'a'.repeat(200)}/`.repeat(21), 'its name is longer than 4095 bytes'],
    [`${'a/'.repeat(64)}a`, 'it lies deeper than 64 directories'],
  ])('the name %j is refused', async (name, reason) => {
    const { files, leftOut } = await collect([
      { name, bodies: ['x'] },
      { name: 'good', bodies: ['y'] },
    ]);
    expect([...files.keys()]).toEqual(['good']);
    expect(leftOut).toEqual([{ name: name.slice(0, 255), reason }]);
  });

  test.each<
    [
      string,
      readonly Frame[],
      Partial<FileCaps>,
      readonly string[],
      readonly { name: string; reason: string }[],
    ]
  >([
    [
      'fewer bytes',
      [{ name: 'a', size: 5, bodies: ['abc'] }, { name: 'b' }],
      {},
      ['b'],
      [{ name: 'a', reason: '3 bytes arrived of the 5 declared' }],
    ],
    [
      'fewer bytes at the end',
      [{ name: 'a', size: 5, bodies: ['abc'] }],
      {},
      [],
      [{ name: 'a', reason: '3 bytes arrived of the 5 declared' }],
    ],
    [
      'more bytes',
      [{ name: 'a', size: 2, bodies: ['ab', 'c'] }],
      {},
      [],
      [{ name: 'a', reason: '3 bytes arrived of the 2 declared' }],
    ],
    [
      'one body longer than the file',
      [{ name: 'a', size: 2, bodies: ['abc'] }],
      {},
      [],
      [{ name: 'a', reason: '3 bytes arrived of the 2 declared' }],
    ],
    [
      'a negative size',
      [{ name: 'a', size: -1 }],
      {},
      [],
      [{ name: 'a', reason: 'its declared size is not a whole number' }],
    ],
    [
      'half a byte',
      [{ name: 'a', size: 0.5 }],
      {},
      [],
      [{ name: 'a', reason: 'its declared size is not a whole number' }],
    ],
    [
      'a size without meaning',
      [{ name: 'a', size: 2 ** 60 }],
      {},
      [],
      [{ name: 'a', reason: 'its declared size is not a whole number' }],
    ],
    [
      'a file over its cap',
      [{ name: 'a', size: 101 }],
      {},
      [],
      [{ name: 'a', reason: 'its 101 bytes are more than 100 bytes (maxFileKb)' }],
    ],
    ['a file at its cap', [{ name: 'a', bodies: ['x'.repeat(100)] }], {}, ['a'], []],
    [
      'too many files',
      [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
      { maxFiles: 2 },
      ['a', 'b'],
      [{ name: 'c', reason: 'there are more than 2 files (maxFiles)' }],
    ],
    [
      'no files allowed',
      [{ name: 'a' }],
      { maxFiles: 0 },
      [],
      [{ name: 'a', reason: 'there are more than 0 files (maxFiles)' }],
    ],
    [
      'too much together',
      [
        { name: 'a', bodies: ['xxx'] },
        { name: 'b', bodies: ['xxx'] },
      ],
      { diskBytes: 5 },
      ['a'],
      [{ name: 'b', reason: 'all files together are more than 5 bytes' }],
    ],
    [
      'the same name twice',
      [
        { name: 'a', bodies: ['1'] },
        { name: 'a', bodies: ['2'] },
      ],
      {},
      ['a'],
      [{ name: 'a', reason: 'another file came by the same name' }],
    ],
    [
      'names of prototypes',
      [{ name: '__proto__' }, { name: 'constructor' }],
      {},
      ['__proto__', 'constructor'],
      [],
    ],
  ])('%s', async (_name, frames, caps, kept, leftOut) => {
    const collected = await collect(frames, caps);
    expect([...collected.files.keys()]).toEqual(kept);
    expect(collected.leftOut).toEqual(leftOut);
  });

  test('content without a head is a fault of the sandbox', () => {
    const collector = createFileCollector(
      { maxFiles: 1, maxFileBytes: 1, diskBytes: 1 },
      createMemoryStore(),
    );
    expect(() => collector.body(Buffer.from('x'))).toThrow(
      new PungiError('SANDBOX_FAILED', 'The supervisor sent the content of a file before its name.'),
    );
  });

  test('a flood of refused names is bounded', async () => {
    const { leftOut } = await collect(Array.from({ length: 1500 }, () => ({ name: '../x' })));
    expect(leftOut.length).toBe(1000);
  });
});
