import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { followLinks } from '../../src/host/follow-links.js';
import { libraryPaths } from '../../src/host/library-paths.js';
import { readableByOthers } from '../../src/host/readable-by-others.js';
import { realPaths } from '../../src/host/real-paths.js';
import { usableTemporaryDirectory } from '../../src/host/temporary-directory.js';

const scratch = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'pungi-test-paths-'));
const at = (name: string): string => path.join(scratch, name);
chmodSync(scratch, 0o755);
mkdirSync(at('real/lib/python3.11/site-packages'), { recursive: true });
mkdirSync(at('real/bin'));
mkdirSync(at('home/project/bin'), { recursive: true });
mkdirSync(at('home/project/secrets'));
writeFileSync(at('home/project/pyvenv.cfg'), '');
writeFileSync(at('real/bin/python3.11'), '');
symlinkSync('real', at('relative'));
symlinkSync(at('relative/lib'), at('absolute'));
symlinkSync('../real/../real/bin', at('real/dots'));
symlinkSync('home', at('home-link'));
symlinkSync('loop', at('loop'));
symlinkSync('nowhere', at('dangling'));

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe('followLinks', () => {
  test.each([
    ['real/lib', 'real/lib', []],
    ['relative/./lib//python3.11', 'real/lib/python3.11', [['relative', 'real']]],
    [
      'absolute/python3.11',
      'real/lib/python3.11',
      [
        ['absolute', at('relative/lib')],
        ['relative', 'real'],
      ],
    ],
    ['real/dots/python3.11', 'real/bin/python3.11', [['real/dots', '../real/../real/bin']]],
    ['relative/../real', 'real', [['relative', 'real']]],
  ])('%s leads to %s', async (from, to, links) => {
    expect(await followLinks(`${scratch}/${from}`)).toEqual({
      realPath: at(to),
      links: links.map(([name = '', target]) => ({ path: at(name), target })),
    });
  });

  test.each(['loop', 'dangling', 'missing/part', 'real/bin/python3.11/part'])(
    '%s leads nowhere',
    async (from) => {
      expect(await followLinks(at(from))).toBe(null);
    },
  );
});

test('realPaths drops what is missing, doubled or beneath another, but not a name with the same beginning', async () => {
  mkdirSync(at('real/lib2'), { recursive: true });
  const found = await realPaths([at('real/lib/python3.11'), at('absolute'), at('real/lib2'), at('missing')]);
  expect(found.paths).toEqual([at('real/lib'), at('real/lib2')]);
  expect(found.links.map((link) => link.path)).toEqual([at('absolute'), at('relative')]);
});

describe('libraryPaths', () => {
  const base = {
    executable: at('real/bin/python3.11'),
    implementation: 'cpython',
    version: [3, 11, 7] as [number, number, number],
    prefix: at('real'),
    basePrefix: at('real'),
    standardLibrary: at('real/lib/python3.11'),
    sysPath: [at('real/lib/python311.zip'), at('real/lib/python3.11/site-packages')],
    libpython: null,
    missingModules: [],
  };

  test('a prefix of its own is opened whole', async () => {
    expect((await libraryPaths(base, at('home'))).paths).toEqual([at('real')]);
  });

  test('of a home used as prefix only what Python needs is opened', async () => {
    expect((await libraryPaths(base, at('real'))).paths).toEqual([
      at('real/bin/python3.11'),
      at('real/lib/python3.11'),
    ]);
  });

  test('of a project that is its own virtual environment only the parts of an environment are opened', async () => {
    const found = await libraryPaths({ ...base, prefix: at('home/project') }, at('home'));
    expect(found.paths).toEqual([at('home/project/bin'), at('home/project/pyvenv.cfg'), at('real')]);
  });

  test.each(['/', at('home'), `${at('home')}/`, scratch, at('home-link')])(
    'a search path of %s does not open the home',
    async (entry) => {
      const found = await libraryPaths(
        { ...base, sysPath: [...base.sysPath, entry, 'relative'] },
        at('home'),
      );
      expect(found.paths).toEqual([at('real')]);
    },
  );
});

describe('readableByOthers', () => {
  // Not under TMPDIR, which may be a directory that others cannot reach.
  const open = mkdtempSync('/tmp/pungi-test-readable-');
  chmodSync(open, 0o755);
  mkdirSync(path.join(open, 'lib/packages'), { recursive: true });
  writeFileSync(path.join(open, 'lib/python'), '');

  afterAll(() => {
    rmSync(open, { recursive: true });
  });

  test.each([
    ['all open', 'lib', 0o755, 'lib/packages', true],
    ['a closed directory above', 'lib', 0o750, 'lib/packages', false],
    ['searchable above is enough', 'lib', 0o751, 'lib/packages', true],
    ['a directory that cannot be listed', 'lib', 0o751, 'lib', false],
    ['a file that cannot be read', 'lib/python', 0o750, 'lib/python', false],
    ['a file that can be read', 'lib/python', 0o644, 'lib/python', true],
  ])('%s', async (_name, changed, mode, asked, expected) => {
    chmodSync(path.join(open, changed), mode);
    const found = await readableByOthers([path.join(open, asked)]);
    chmodSync(path.join(open, changed), 0o755);
    expect(found).toBe(expected);
  });
});

describe('usableTemporaryDirectory', () => {
  test('is the real path', async () => {
    expect(await usableTemporaryDirectory(at('relative'))).toBe(at('real'));
  });

  test.each([
    ['real/bin/python3.11', 'it is not a directory'],
    ['missing', 'ENOENT'],
    ['loop', 'ELOOP'],
  ])('%s: %s', async (name, reason) => {
    await expect(usableTemporaryDirectory(at(name))).rejects.toMatchObject({
      code: 'SANDBOX_UNAVAILABLE',
      message: `The temporary directory "${at(name)}" cannot be used: ${reason}.`,
      hint: 'Set TMPDIR to a directory that this process can write to.',
    });
  });
});
