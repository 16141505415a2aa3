import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changedSince, watchPaths } from '../../src/host/watch-paths.js';

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
  ['a link is turned', () => turn('link', 'other'), false, false],
  ['what was missing appears', () => mkdirSync(at('missing')), false, false],
])('%s', (_, change, isPlaceKept, isContentKept) => {
  const places = watchPaths(ALL.map(at), 'place');
  const contents = watchPaths(ALL.map(at), 'content');
  change();
  expect([places.isUnchanged(), contents.isUnchanged()]).toEqual([isPlaceKept, isContentKept]);
});

test.each<[what: string, change: () => void, isChanged: boolean]>([
  ['nothing', () => undefined, false],
  ['a file is written to', () => appendFileSync(at('file'), '!'), true],
  ['a directory gets an entry', () => mkdirSync(at('directory/new')), true],
  ['a file is replaced by an older one', () => renameSync(at('other'), at('file')), true],
  ['a file is given an old date', () => utimesSync(at('file'), 1, 1), true],
  ['a link is turned to an old file', () => turn('link', 'other'), true],
  ['what was missing appears', () => writeFileSync(at('missing'), ''), true],
  ['a neighbour is written to', () => appendFileSync(at('other'), '!'), false],
])('since then %s', async (_, change, isChanged) => {
  // Further than the clock of files is behind.
  await delay(50);
  const since = Date.now();
  change();
  expect(changedSince(ALL.map(at), since)).toBe(isChanged);
});

function turn(link: string, target: string): void {
  rmSync(at(link));
  symlinkSync(target, at(link));
}
