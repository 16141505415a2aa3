import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const SOURCE = join(ROOT, 'src/index.ts');
const page = readFileSync(join(ROOT, 'docs/language-policy.md'), 'utf8');

/** Beneath the repository, where vitest transforms what is imported. */
mkdirSync(join(ROOT, '.cache'), { recursive: true });
const place = mkdtempSync(join(ROOT, '.cache/language-policy-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** A line `expression; // literal` is a claim: the value of the expression. */
const CLAIM = /^(\S.*?); \/\/ (true|false|\d+|'.*'|".*")$/;

function checked(line: string): string {
  const [, expression, literal] = CLAIM.exec(line) ?? [];
  if (expression === undefined) return line.replace("from 'pungi'", `from ${JSON.stringify(SOURCE)}`);
  return `claims.push([${JSON.stringify(expression)}, ${expression}, ${literal}]);`;
}

const blocks = [...page.matchAll(/^```js\n(.*?)^```$/gms)].map((match) => (match[1] ?? '').split('\n'));

test('the page shows code', () => {
  expect(blocks.length).toBeGreaterThanOrEqual(5);
});

test.each(blocks.map((lines, at) => ({ lines, at })))('code block $at runs', async ({ lines, at }) => {
  const file = join(place, `block-${at}.mjs`);
  writeFileSync(file, `export const claims = [];\n${lines.map(checked).join('\n')}\n`);
  const module: { claims: readonly (readonly [string, unknown, unknown])[] } = await import(file);
  expect(module.claims.length).toBe(lines.filter((line) => CLAIM.test(line)).length);
  expect(module.claims.length).toBeGreaterThan(0);
  for (const [expression, seen, told] of module.claims)
    expect([expression, seen]).toEqual([expression, told]);
});
