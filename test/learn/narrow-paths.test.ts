import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPlaces, narrowPaths, wholeReach } from '../../src/learn/narrow-paths.js';
import { sampleSeen } from './sample-seen.js';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'pungi-paths-')));
  for (const name of ['data/in', 'data/out', 'secret']) mkdirSync(join(root, name), { recursive: true });
  for (const name of ['data/a', 'data/in/b', 'secret/key']) writeFileSync(join(root, name), '');
});
afterEach(() => rmSync(root, { recursive: true }));

interface Row {
  readonly what: string;
  readonly readable?: readonly string[];
  readonly writable?: readonly string[];
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
  readonly given: { readonly read: readonly string[]; readonly write: readonly string[] };
}

test.each<Row>([
  { what: 'a file', readable: ['data'], reads: ['data/a'], given: { read: ['data/a'], write: [] } },
  { what: 'nothing', readable: ['data'], given: { read: [], write: [] } },
  { what: 'a file that is not there', readable: ['data'], reads: ['data/x'], given: { read: [], write: [] } },
  { what: 'one not granted', readable: ['data/in'], reads: ['data/a'], given: { read: [], write: [] } },
  {
    what: 'a directory with what is in it',
    readable: ['data'],
    reads: ['data/in', 'data/in/b'],
    given: { read: ['data/in'], write: [] },
  },
  {
    what: 'a file made, in its directory',
    writable: ['data'],
    writes: ['data/out/new'],
    reads: ['data/out/new', 'data/a'],
    given: { read: ['data/a'], write: ['data/out'] },
  },
  {
    what: 'a directory that was made and removed',
    writable: ['data'],
    writes: ['data/gone/deep/x'],
    given: { read: [], write: ['data'] },
  },
  {
    what: 'a file granted alone',
    writable: ['data/a'],
    writes: ['data/a'],
    given: { read: [], write: ['data/a'] },
  },
])('$what', async ({ readable = [], writable = [], reads = [], writes = [], given }) => {
  const at = (names: readonly string[]): readonly string[] => names.map((name) => join(root, name));
  const places = await findPlaces({ readablePaths: at(readable), writablePaths: at(writable) });
  expect(await narrowPaths(sampleSeen({ reads: at(reads), writes: at(writes) }), places)).toEqual({
    readablePaths: at(given.read),
    writablePaths: at(given.write),
  });
});

test('a symlink that the run left leads no policy out of what was granted', async () => {
  const places = await findPlaces({ readablePaths: [], writablePaths: [join(root, 'data')] });
  symlinkSync(join(root, 'secret/key'), join(root, 'data/key'));
  symlinkSync(join(root, 'secret'), join(root, 'data/door'));
  const seen = sampleSeen({
    reads: [join(root, 'data/key'), join(root, 'data/door/key')],
    writes: [join(root, 'data/door/new')],
  });
  expect(await narrowPaths(seen, places)).toEqual({ readablePaths: [], writablePaths: [] });
});

test('many files of one directory are that directory, unless it was not granted', async () => {
  const names = Array.from({ length: 9 }, (_, index) => join(root, 'data/in', `${index}`));
  for (const name of names) writeFileSync(name, '');
  const seen = sampleSeen({ reads: names });
  const granted = (readablePaths: readonly string[]) => findPlaces({ readablePaths, writablePaths: [] });
  const whole = await narrowPaths(seen, await granted([join(root, 'data')]));
  expect(whole.readablePaths).toEqual([join(root, 'data/in')]);
  expect((await narrowPaths(seen, await granted(names))).readablePaths).toEqual(names);
});

test('all that was granted is told by its real path', async () => {
  symlinkSync(join(root, 'data'), join(root, 'link'));
  const places = await findPlaces({
    readablePaths: [join(root, 'link/in'), join(root, 'secret')],
    writablePaths: [join(root, 'link')],
  });
  expect(wholeReach(places)).toEqual({
    readablePaths: [join(root, 'secret')],
    writablePaths: [join(root, 'data')],
  });
});
