import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PungiError } from '../../src/errors/pungi-error.js';
import { harnessDirectory } from '../../src/host/harness-directory.js';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pungi-harness-directory-'));
  mkdirSync(join(root, 'package/python-harness/pungi_harness'), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

test('finds the harness of this checkout from its own place', () => {
  expect(harnessDirectory()).toBe(join(import.meta.dirname, '../../python-harness/'));
});

test.each([
  'package/dist/index.js',
  'package/dist/chunk-ABC.js',
  'package/dist/cli/main.js',
  'package/src/host/x.ts',
])('finds the harness from %s', (place) => {
  const base = pathToFileURL(join(root, place)).href;
  expect(harnessDirectory(base)).toBe(join(root, 'package/python-harness/'));
});

test('says where it looked when the harness was left behind', () => {
  const base = pathToFileURL(join(root, 'bundle/out/app.js')).href;
  const tried = [join(root, 'bundle/python-harness/'), join(root, 'python-harness/')];
  const expected = new PungiError(
    'START_FAILED',
    `The Python harness of pungi was not found; looked in ${tried.join(' and ')}.`,
    {
      details: { tried },
      hint: 'Install pungi again, and mark it as external where a bundler packs the program.',
    },
  );
  expect(() => harnessDirectory(base)).toThrow(expected);
});
