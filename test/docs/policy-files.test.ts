import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exit-codes.js';
import { closeSharedPools } from '../../src/index.js';
import { policyFromFile } from '../../src/policy/from-file.js';

const ROOT = join(import.meta.dirname, '../..');
const SOURCE = join(ROOT, 'src/index.ts');
const page = readFileSync(join(ROOT, 'docs/policy-files.md'), 'utf8');
const commands = readFileSync(join(ROOT, 'docs/cli.md'), 'utf8');

/** Beneath the repository, where vitest transforms what is imported. */
mkdirSync(join(ROOT, '.cache'), { recursive: true });
const place = mkdtempSync(join(ROOT, '.cache/policy-files-'));
afterAll(async () => {
  await closeSharedPools();
  rmSync(place, { recursive: true });
});

/** A line `expression; // literal` is a claim: the value of the expression. */
const CLAIM = /^(\S.*?); \/\/ (true|false|[\d.]+|'.*')$/;

function checked(line: string): string {
  const [, expression, literal] = CLAIM.exec(line) ?? [];
  if (expression !== undefined)
    return `claims.push([${JSON.stringify(expression)}, ${expression}, ${literal}]);`;
  return line
    .replace("from 'pungi'", `from ${JSON.stringify(SOURCE)}`)
    .replace('/tmp/policy-', join(place, 'p-'));
}

function blocksOf(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    (match) => match[1] ?? '',
  );
}

const blocks = blocksOf('js').map((text) => text.split('\n'));

test('the page shows code and files', () => {
  expect([blocks.length, blocksOf('toml').length, blocksOf('json').length]).toEqual([2, 1, 1]);
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

test.each([['toml'], ['json']])('the file in %s is a policy', (format) => {
  const path = join(place, `policy.${format}`);
  writeFileSync(path, blocksOf(format)[0] ?? '');
  expect(policyFromFile(path)).toMatchObject({ timeoutSeconds: 2.5, memoryLimitMb: '512m' });
});

test('docs/cli.md has every exit code', () => {
  for (const { code, meaning } of Object.values(EXIT_CODES)) {
    expect(commands).toContain(`| ${code} | ${meaning} |\n`);
  }
});

test.each([
  ['docs/cli.md', commands],
  ['docs/policy-files.md', page],
])('the links of %s lead somewhere', (_, text) => {
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((link) => !existsSync(join(ROOT, 'docs', link)))).toEqual([]);
});
