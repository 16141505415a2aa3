import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const DOCS = join(import.meta.dirname, '../../docs');
const page = readFileSync(join(DOCS, 'security-results.md'), 'utf8');

/** The cells of the rows of a generated table. */
function rowsOf(name: string): readonly (readonly string[])[] {
  const block = page.split(`<!-- generated: ${name} -->`)[1]?.split(`<!-- end: ${name} -->`)[0] ?? '';
  const lines = block.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('the page of security results', () => {
  const runs = rowsOf('runs');

  test.each([
    ['root of the host', 'full', 'oneshot', '`presets.agent`'],
    ['root of the host', 'full', 'warm', 'default'],
    ['root of the host', 'kernel', 'oneshot', 'default'],
    ['root of the host', 'kernel', 'warm', '`presets.agent`'],
    ['stock container, root', 'kernel', 'oneshot', '`presets.agent`'],
    ['stock container, uid 1000', 'kernel', 'warm', 'default'],
  ])('tells of attacks by %s at level %s in the %s engine with %s', (where, level, engine, policy) => {
    const row = runs.find(
      (cells) =>
        cells.slice(0, 5).join() ===
        ['attacks, one program for a family', where, level, engine, policy].join(),
    );
    expect(Number(row?.[5])).toBeGreaterThanOrEqual(where.includes('1000') ? 228 : 250);
  });

  test('tells of no attack that got through', () => {
    expect(runs.filter((cells) => cells.length !== 8 || cells[6] !== '0')).toEqual([]);
  });

  test('gives the score of the mutations by family', () => {
    const scores = rowsOf('mutations');
    expect(scores.map(([family]) => family)).toEqual(
      expect.arrayContaining(['seccomp', 'root', 'supervisor']),
    );
    for (const [, tried, caught] of scores) expect(Number(caught)).toBeLessThanOrEqual(Number(tried));
  });

  test('says when and on which machine', () => {
    expect(page).toMatch(
      /^Run on \d{4}-\d\d-\d\d: Linux \S+, \S+, \d+ processors, Node v\S+, Python \S+\.$/m,
    );
  });

  test('links to files that are there', () => {
    const links = [...page.matchAll(/\]\((\.\.\/[^)]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(DOCS, link)))).toEqual([]);
  });
});
