import { expect, test } from 'vitest';
import { findUpwardImports, reachableFrom, readLayers } from './layers.js';
import { readSourceFiles } from './source-file.js';
import { findModuleVariables, findUses } from './statements.js';

const files = readSourceFiles();
const layers = readLayers();
const MAX_LINES = 300;

test('every folder of src has its place in the order of layers', () => {
  const unknown = files.filter((file) => !layers.includes(file.layer)).map((file) => file.path);
  expect(files.length).toBeGreaterThan(0);
  expect(unknown).toEqual([]);
});

test('imports point only downward', () => {
  expect(findUpwardImports(files, layers)).toEqual([]);
});

test.each([
  ['execa', 'spawn'],
  ['tmp-promise', 'spawn'],
  ['pidusage', 'supervise'],
])('%s is imported only in src/%s', (name, layer) => {
  const importers = files.filter((file) => file.imports.includes(name));
  expect([...new Set(importers.map((file) => file.layer))]).toEqual([layer]);
});

test.each(['child_process', 'node:child_process', 'cluster', 'node:cluster'])(
  '%s is imported nowhere',
  (name) => {
    expect(files.filter((file) => file.imports.includes(name)).map((file) => file.path)).toEqual([]);
  },
);

test('the home directory is asked for in one place, which knows what to do where there is none', () => {
  const uses = files.filter(({ tree }) => /\bhomedir\b/.test(tree.text)).map(({ path }) => path);
  expect(uses).toEqual(['src/host/surroundings.ts']);
});

test(`no file is over ${MAX_LINES} lines`, () => {
  const long = files.filter((file) => file.lines > MAX_LINES).map((file) => `${file.path}: ${file.lines}`);
  expect(long).toEqual([]);
});

test('no module keeps state in a variable', () => {
  expect(files.flatMap(findModuleVariables)).toEqual([]);
});

test.each(['exit', 'abort', 'reallyExit'])('process.%s is used only by the command line', (property) => {
  const uses = files
    .filter((file) => file.layer !== 'cli')
    .flatMap((file) => findUses(file, 'process', property));
  expect(uses).toEqual([]);
});

test('the root entry loads the engine but neither the command line nor a subpath of its own', () => {
  const reached = new Set([...reachableFrom('src/index.ts', files)].map((path) => path.split('/')[1]));
  expect(reached).toContain('runner.ts');
  expect(reached).toContain('engines');
  expect(
    [...reached].filter((layer) => ['cli', 'server', 'mcp', 'integrations'].includes(layer ?? '')),
  ).toEqual([]);
});
