import { expect, test } from 'vitest';
import { findUpwardImports, reachableFrom, readLayers } from './layers.js';
import { countLines, parseSourceFile } from './source-file.js';
import { findModuleVariables, findUses } from './statements.js';

// The checks themselves: each must see a fault that is put before it.

test('the order of layers is read from the architecture page', () => {
  expect(readLayers()).toContain('plan');
  expect(readLayers().at(-1)).toBe('errors');
});

test.each([
  ['src/plan/a.ts', "import { b } from '../engines/b.js';", ['src/plan/a.ts imports src/engines/b.ts']],
  ['src/plan/a.ts', "import type { B } from '../engines/b.js';", ['src/plan/a.ts imports src/engines/b.ts']],
  ['src/plan/a.ts', "export { b } from '../engines/b.js';", ['src/plan/a.ts imports src/engines/b.ts']],
  ['src/plan/a.ts', "const b = await import('../engines/b.js');", ['src/plan/a.ts imports src/engines/b.ts']],
  ['src/plan/a.ts', "import { b } from '../unheard-of/b.js';", ['src/plan/a.ts imports src/unheard-of/b.ts']],
  ['src/engines/deep/a.ts', "import { b } from '../../plan/b.js';", []],
  ['src/engines/a.ts', "import { b } from './b.js';", []],
  ['src/index.ts', "import { b } from './cli/b.js';", ['src/index.ts imports src/cli/b.ts']],
])('%s with %s', (path, text, expected) => {
  const layers = ['cli', 'index', 'engines', 'plan'];
  expect(findUpwardImports([parseSourceFile(path, text)], layers)).toEqual(expected);
});

test('what an entry loads is followed through several files', () => {
  const files = [
    parseSourceFile('src/index.ts', "export { a } from './plan/a.js';"),
    parseSourceFile('src/plan/a.ts', "import '../server/b.js';"),
    parseSourceFile('src/server/b.ts', "import '../plan/a.js';"),
  ];
  expect([...reachableFrom('src/index.ts', files)]).toEqual([
    'src/index.ts',
    'src/plan/a.ts',
    'src/server/b.ts',
  ]);
});

test.each([
  ['let count = 0;', ['src/x/a.ts: count']],
  ['export let count = 0;', ['src/x/a.ts: count']],
  ['var a, b;', ['src/x/a.ts: a', 'src/x/a.ts: b']],
  ['const limit = 1; function f() { let inner = 0; return inner; }', []],
])('module variables in %s', (text, expected) => {
  expect(findModuleVariables(parseSourceFile('src/x/a.ts', text))).toEqual(expected);
});

test.each([
  ['\nprocess.exit(1);', ['src/x/a.ts:2']],
  ['const leave = process.exit;', ['src/x/a.ts:1']],
  ['// process.exit\nconst text = "process.exit";', []],
])('uses of process.exit in %s', (text, expected) => {
  expect(findUses(parseSourceFile('src/x/a.ts', text), 'process', 'exit')).toEqual(expected);
});

test.each([
  ['', 0],
  ['a', 1],
  ['a\n', 1],
  ['a\nb\n', 2],
])('lines of %j', (text, expected) => {
  expect(countLines(text)).toBe(expected);
});
