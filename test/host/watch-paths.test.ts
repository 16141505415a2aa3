import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchPaths } from '../../src/host/watch-paths.js';

const place = { directory: '' };
const at = (name: string): string => join(place.directory, name);

beforeEach(() => {
  place.directory = mkdtempSync(join(tmpdir(), 'watch-'));
  mkdirSync(at('directory'));
  writeFileSync(at('file'), 'one');
  writeFileSync(at('other'), 'two');
  symlinkSync('file', at('link'));
});
afterEach(() => rmSync(place.directory, { recursive: true }));

const ALL = ['directory', 'file', 'link', 'missing'];

test.each<[what: string, change: () => void, isPlaceKept: boolean, isContentKept: boolean]>([
  ['nothing', () => undefined, true, true],
  ['a file is written to', () => appendFileSync(at('file'), '!'), true, false],
  ['a directory gets an entry', () => mkdirSync(at('directory/new')), true, false],
  ['a file is replaced', () => renameSync(at('other'), at('file')), false, false],
  ['a file is removed', () => rmSync(at('file')), false, false],
  [
    'a link is turned',
    () => {
      rmSync(at('link'));
      symlinkSync('other', at('link'));
    },
    false,
    false,
  ],
  ['what was missing appears', () => mkdirSync(at('missing')), false, false],
])('%s', (_, change, isPlaceKept, isContentKept) => {
  const places = watchPaths(ALL.map(at), 'place');
  const contents = watchPaths(ALL.map(at), 'content');
  change();
  expect([places.isUnchanged(), contents.isUnchanged()]).toEqual([isPlaceKept, isContentKept]);
});
