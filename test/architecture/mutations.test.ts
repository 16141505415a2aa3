import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MUTATIONS } from '../../scripts/mutations/mutations.js';
import { REPOSITORY } from './source-file.js';

// `npm run mutate` takes too long for every change; that it could be run is checked here.

test('ids of mutations are unique', () => {
  const ids = MUTATIONS.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('every mutation finds its place, once, and changes it', () => {
  const lost = MUTATIONS.flatMap(({ id, edits }) =>
    edits.flatMap(({ file, find, replace }) => {
      const found = readFileSync(join(REPOSITORY, file), 'utf8').split(find).length - 1;
      return found === 1 && find !== replace ? [] : [`${id}: found ${found} times in ${file}`];
    }),
  );
  expect(lost).toEqual([]);
});

test('the tests of every mutation are there', () => {
  const lost = MUTATIONS.flatMap(({ id, tests }) =>
    tests.map(placeOf).flatMap((place) => (existsSync(join(REPOSITORY, place)) ? [] : [`${id}: ${place}`])),
  );
  expect(lost).toEqual([]);
});

function placeOf(test: string): string {
  const [place = ''] = test.split(' -t ');
  return place.startsWith('tests.') ? `python-harness/${place.replaceAll('.', '/')}.py` : place;
}
