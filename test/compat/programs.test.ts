import { expect, test } from 'vitest';
import { GROUPS } from './groups.js';
import { programFolders, readPrograms } from './read-programs.js';

const groups = [...GROUPS.standard, ...GROUPS.packages];
const programs = readPrograms(programFolders());

test('there are at least 300 programs, each in one group', () => {
  expect(programs.length).toBeGreaterThanOrEqual(300);
  expect(groups.flatMap(({ folders }) => folders).sort()).toEqual(programFolders());
});

test('each does some work', () => {
  const lines = programs.map(({ name, code }) => ({ name, count: code.trimEnd().split('\n').length }));
  expect(lines.filter(({ count }) => count < 5 || count > 40)).toEqual([]);
});
