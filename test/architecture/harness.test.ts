import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { REPOSITORY } from './source-file.js';

const MAX_LINES = 300;
const HARNESS = join(REPOSITORY, 'python-harness');

const report = z.object({
  stdlib: z.array(z.string()),
  modules: z.array(
    z.object({
      path: z.string(),
      lines: z.number(),
      imports: z.array(z.string()),
      empty: z.boolean(),
      postponed: z.boolean(),
      effects: z.array(z.number()),
    }),
  ),
});

const { stdlib, modules } = readModules();
const shipped = modules.filter(({ path }) => path.startsWith('pungi_harness/'));

test('there is a harness', () => {
  expect(shipped.map(({ path }) => path)).toContain('pungi_harness/worker.py');
});

test(`no file is over ${MAX_LINES} lines`, () => {
  const long = modules.filter(({ lines }) => lines > MAX_LINES).map(({ path, lines }) => `${path}: ${lines}`);
  expect(long).toEqual([]);
});

test('only the standard library is imported', () => {
  const known = new Set([...stdlib, 'pungi_harness', '__future__']);
  const foreign = shipped.flatMap(({ path, imports }) =>
    imports.filter((name) => !known.has(name)).map((name) => `${path}: ${name}`),
  );
  expect(foreign).toEqual([]);
});

test('annotations are postponed in every module, for the syntax floor of 3.9', () => {
  expect(shipped.filter(({ empty, postponed }) => !empty && !postponed).map(({ path }) => path)).toEqual([]);
});

test('importing a module has no effects', () => {
  const effects = shipped
    .filter(({ path }) => !path.endsWith('__main__.py'))
    .flatMap(({ path, effects }) => effects.map((line) => `${path}:${line}`));
  expect(effects).toEqual([]);
});

function readModules(): z.infer<typeof report> {
  const paths = readdirSync(HARNESS, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.py'),
  );
  const script = join(import.meta.dirname, 'read_modules.py');
  const output = execFileSync('python3', ['-I', script, ...paths.sort()], { cwd: HARNESS, encoding: 'utf8' });
  return report.parse(JSON.parse(output));
}
