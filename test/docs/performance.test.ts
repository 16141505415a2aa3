import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { ROOT, readPage } from './pages.js';

test('docs/performance.md is what the newest record says; -u writes it again', async () => {
  const { stdout } = await execa('node', [join(ROOT, 'scripts/performance-page.mjs')]);
  await expect(`${stdout}\n`).toMatchFileSnapshot('../../docs/performance.md');
});

test('the README and the page of isolation have one table of what each level stops', () => {
  const table = /^\| a hostile program[\s\S]*?\n\n/m;
  const [told] = table.exec(readPage('README.md')) ?? [];
  expect(told).toBeDefined();
  expect(readPage('docs/isolation.md')).toContain(told);
});
