import { existsSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFileCollector } from '../../src/collect/collect-files.js';
import type { CollectedFiles } from '../../src/collect/file-store.js';
import { openDirectoryStore } from '../../src/collect/save-files.js';
import { PungiError } from '../../src/errors/pungi-error.js';

const CAPS = { maxFiles: 100, maxFileBytes: 2 ** 30, diskBytes: 2 ** 30 };
const OPEN_FILES = '/proc/self/fd';

describe.skipIf(process.platform !== 'linux')(
  'openDirectoryStore (skipped off Linux: it reads /proc to count what is open)',
  () => {
    let scratch = '';
    let out = '';
    let openBefore = 0;

    beforeEach(async () => {
      scratch = await mkdtemp(join(tmpdir(), 'pungi-test-save-'));
      out = join(scratch, 'out');
      await mkdir(out);
      openBefore = (await readdir(OPEN_FILES)).length;
    });
    afterEach(async () => {
      const openAfter = (await readdir(OPEN_FILES)).length;
      await rm(scratch, { recursive: true });
      expect(openAfter).toBe(openBefore);
    });

    async function save(
      files: readonly { name: string; content: string; size?: number; mode?: number }[],
    ): Promise<CollectedFiles> {
      const collector = createFileCollector(CAPS, await openDirectoryStore(out));
      for (const { name, content, size = Buffer.byteLength(content), mode = 0o644 } of files) {
        await collector.head({ name, size, mode });
        await collector.body(Buffer.from(content));
      }
      return collector.finish();
    }

    test('writes files and the directories they need, with their mode', async () => {
      const { files, leftOut } = await save([
        { name: 'a.txt', content: 'one' },
        { name: 'x/y/run.sh', content: 'two', mode: 0o4750 },
        { name: 'x/y/sealed', content: 'three', mode: 0o400 },
        { name: 'empty', content: '' },
      ]);
      expect(leftOut).toEqual([]);
      expect(files.get('x/y/run.sh')).toEqual({
        name: 'x/y/run.sh',
        sizeBytes: 3,
        mode: 0o750,
        bytes: null,
        path: join(out, 'x/y/run.sh'),
      });
      expect(await readFile(join(out, 'x/y/run.sh'), 'utf8')).toBe('two');
      expect((await stat(join(out, 'x/y/run.sh'))).mode & 0o7777).toBe(0o750);
      expect((await stat(join(out, 'x/y/sealed'))).mode & 0o7777).toBe(0o400);
      expect((await readdir(out, { recursive: true })).sort()).toEqual([
        'a.txt',
        'empty',
        'x',
        'x/y',
        'x/y/run.sh',
        'x/y/sealed',
      ]);
    });

    test('replaces a symlink in the place of a file and never follows it', async () => {
      await writeFile(join(scratch, 'victim'), 'untouched');
      await symlink(join(scratch, 'victim'), join(out, 'a'));
      const { leftOut } = await save([{ name: 'a', content: 'new' }]);
      expect(leftOut).toEqual([]);
      expect(await readFile(join(scratch, 'victim'), 'utf8')).toBe('untouched');
      expect(await readFile(join(out, 'a'), 'utf8')).toBe('new');
      await expect(readlink(join(out, 'a'))).rejects.toThrow('EINVAL');
    });

    test.each([
      [
        'a symlink to a directory',
        async () => symlink(scratch, join(out, 'd')),
        "it could not be saved: 'd' is there already and is a symlink",
      ],
      [
        'a symlink to nothing',
        async () => symlink(join(scratch, 'none'), join(out, 'd')),
        "it could not be saved: 'd' is there already and is a symlink",
      ],
      [
        'a file',
        async () => writeFile(join(out, 'd'), ''),
        "it could not be saved: 'd' is there already and is not a directory",
      ],
    ])('%s in the place of a directory is refused; other files go on', async (_name, prepare, reason) => {
      await prepare();
      const { files, leftOut } = await save([
        { name: 'd/evil', content: 'x' },
        { name: 'good', content: 'y' },
      ]);
      expect(leftOut).toEqual([{ name: 'd/evil', reason }]);
      expect([...files.keys()]).toEqual(['good']);
      expect(existsSync(join(scratch, 'evil')) || existsSync(join(scratch, 'none'))).toBe(false);
    });

    test('a file and a directory by the same name', async () => {
      const { files, leftOut } = await save([
        { name: 'a/b', content: '1' },
        { name: 'a', content: '2' },
        { name: 'a/b/c', content: '3' },
      ]);
      expect([...files.keys()]).toEqual(['a/b']);
      expect(leftOut).toEqual([
        { name: 'a', reason: 'it could not be saved: EISDIR: illegal operation on a directory' },
        { name: 'a/b/c', reason: "it could not be saved: 'b' is there already and is not a directory" },
      ]);
      expect((await readdir(out, { recursive: true })).sort()).toEqual(['a', 'a/b']);
    });

    test.each([
      ['short', 5],
      ['long', 1],
    ])('a file that is too %s leaves nothing behind', async (_name, size) => {
      const { files, leftOut } = await save([{ name: 'a', content: 'abc', size }]);
      expect(files.size).toBe(0);
      expect(leftOut).toEqual([{ name: 'a', reason: `3 bytes arrived of the ${size} declared` }]);
      expect(await readdir(out)).toEqual([]);
    });

    test('a base that is replaced meanwhile is not followed', async () => {
      const collector = createFileCollector(CAPS, await openDirectoryStore(out));
      await rm(out, { recursive: true });
      await mkdir(join(scratch, 'elsewhere'));
      await symlink(join(scratch, 'elsewhere'), out);
      await collector.head({ name: 'a', size: 0, mode: 0o644 });
      const { leftOut } = await collector.finish();
      expect(leftOut).toEqual([
        { name: 'a', reason: 'it could not be saved: ENOENT: no such file or directory' },
      ]);
      expect(await readdir(join(scratch, 'elsewhere'))).toEqual([]);
    });

    test('asks the reader to wait, so that memory stays flat', async () => {
      const collector = createFileCollector(CAPS, await openDirectoryStore(out));
      const body = new Uint8Array(1024 * 1024).fill(7);
      await collector.head({ name: 'big', size: 64 * body.length, mode: 0o600 });
      let waits = 0;
      let inFlight = 0;
      let mostInFlight = 0;
      for (let sent = 0; sent < 64; sent += 1) {
        inFlight += 1;
        mostInFlight = Math.max(mostInFlight, inFlight);
        const wait = collector.body(body);
        if (wait === null) continue;
        waits += 1;
        await wait;
        inFlight = 0;
      }
      const { leftOut } = await collector.finish();
      expect({ leftOut, mostInFlight }).toEqual({ leftOut: [], mostInFlight: 5 });
      expect(waits).toBeGreaterThan(10);
      expect((await stat(join(out, 'big'))).size).toBe(64 * 1024 * 1024);
    });

    test.each([
      ['missing', 'none', 'does not exist', (path: string) => `Make it first: mkdir -p '${path}'.`],
      ['a file', 'file', 'is not a directory', () => 'Name a directory that the run may fill.'],
    ])('%s: refused before the run', async (_name, entry, failure, hint) => {
      await writeFile(join(scratch, 'file'), '');
      const path = join(scratch, entry);
      const error: unknown = await openDirectoryStore(path).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(PungiError);
      expect(error).toMatchObject({
        code: 'INVALID_INPUT',
        message: `outputDirectory '${path}' ${failure}.`,
        hint: hint(path),
      });
    });

    test.skipIf(process.getuid?.() === 0)(
      'not writable: refused before the run (skipped for root, who may write anywhere)',
      async () => {
        await chmod(out, 0o500);
        await expect(openDirectoryStore(out)).rejects.toThrow(
          `outputDirectory '${out}' cannot be written: EACCES: permission denied.`,
        );
      },
    );
  },
);
