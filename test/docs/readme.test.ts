import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { closeSharedPools } from '../../src/index.js';
import { RUN_STATUSES } from '../../src/result/run-result.js';

const ROOT = join(import.meta.dirname, '../..');
const SOURCE = join(ROOT, 'src/index.ts');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** Beneath the repository, where vitest transforms what is imported. */
mkdirSync(join(ROOT, '.cache'), { recursive: true });
const place = mkdtempSync(join(ROOT, '.cache/readme-'));
afterAll(async () => {
  await closeSharedPools();
  rmSync(place, { recursive: true, force: true });
});

/** A line `expression; // literal` is a claim: the value of the expression. */
const CLAIM = /^(\S.*?); \/\/ (true|false|\d+|'.*')$/;

interface Block {
  readonly text: string;
  readonly claims: number;
}

function readBlocks(): readonly Block[] {
  return [...readme.matchAll(/^```(?:js|ts)\n(.*?)^```$/gms)].map((match) => {
    const lines = (match[1] ?? '').split('\n');
    return { text: lines.map(checked).join('\n'), claims: lines.filter((line) => CLAIM.test(line)).length };
  });
}

function checked(line: string): string {
  const [, expression, literal] = CLAIM.exec(line) ?? [];
  if (expression === undefined) return line.replace("from 'pungi'", `from ${JSON.stringify(SOURCE)}`);
  return `claims.push([${JSON.stringify(expression)}, ${expression}, ${literal}]);`;
}

const blocks = readBlocks();

test('the README shows code, and says what it gives', () => {
  expect(blocks.length).toBeGreaterThanOrEqual(4);
  expect(blocks.map((block) => block.claims > 0)).toEqual(blocks.map(() => true));
});

test.each(blocks.map((block, at) => ({ ...block, at })))(
  'code block $at of the README runs',
  async ({ text, at, claims }) => {
    const file = join(place, `block-${at}.mjs`);
    writeFileSync(file, `export const claims = [];\n${text}\n`);
    const module: { claims: readonly (readonly [string, unknown, unknown])[] } = await import(file);
    expect(module.claims).toHaveLength(claims);
    for (const [expression, seen, told] of module.claims)
      expect([expression, seen]).toEqual([expression, told]);
  },
);

test.each(['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'docs/threat-model.md', 'docs/limitations.md'])(
  'the links of %s lead somewhere',
  (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
    const base = dirname(join(ROOT, page));
    expect(links.filter((link) => !existsSync(join(base, link)))).toEqual([]);
  },
);

test('the README names every status', () => {
  for (const status of RUN_STATUSES) expect(readme).toContain(`\`${status}\``);
});
