import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PungiError } from '../../src/errors/pungi-error.js';
import { makeRunDirectory } from '../../src/spawn/run-directory.js';

let base = '';

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'run-directory-'));
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

test('it is made beneath the base, for its owner alone', async () => {
  const directory = await makeRunDirectory(base);
  expect(dirname(directory.path)).toBe(base);
  expect(basename(directory.path)).toMatch(/^pungi-/);
  expect(statSync(directory.path).mode & 0o777).toBe(0o700);
});

test('each one is another', async () => {
  const made = await Promise.all([makeRunDirectory(base), makeRunDirectory(base)]);
  expect(new Set(made.map(({ path }) => path)).size).toBe(2);
});

describe('removing takes all that is in it and nothing else', () => {
  test.each([
    ['nothing', () => undefined],
    ['files and directories', (path: string) => fill(join(path, 'w1', 'work'))],
    ['symlinks that lead out', (path: string) => symlinkSync(join(base, 'outside'), join(path, 'link'))],
    [
      'a tree deeper than a path can say',
      (path: string) => {
        const script = "import os\nfor _ in range(3000):\n    os.mkdir('d')\n    os.chdir('d')";
        execFileSync('/usr/bin/python3', ['-I', '-S', '-c', script], { cwd: path });
      },
    ],
  ])('%s', async (_name, shape) => {
    fill(join(base, 'outside'));
    const directory = await makeRunDirectory(base);
    shape(directory.path);
    await directory.remove();
    expect(readdirSync(base)).toEqual(['outside']);
    expect(readdirSync(join(base, 'outside'))).toEqual(['file']);
  });

  test('what the supervisor removed already', async () => {
    const directory = await makeRunDirectory(base);
    rmSync(directory.path, { recursive: true });
    await directory.remove();
    await directory.remove();
    expect(existsSync(directory.path)).toBe(false);
  });
});

test('a base that is not there is an error of the start', async () => {
  const absent = join(base, 'absent');
  const error: unknown = await makeRunDirectory(absent).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(PungiError);
  expect(error).toMatchObject({
    code: 'START_FAILED',
    message: expect.stringMatching(
      new RegExp(
        `^No directory for the run could be made in '${absent}': ENOENT: no such file or directory, .+\\.$`,
      ),
    ),
    details: { base: absent },
    hint: 'Make room there, or set TMPDIR to a directory that this process may write.',
    cause: { code: 'ENOENT' },
  });
});

function fill(directory: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'file'), 'text');
}
