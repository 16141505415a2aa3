import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import * as exported from '../../src/index.js';
import { ROOT } from './pages.js';

const { stdout: page } = await execa('node', [join(ROOT, 'scripts/api-reference.mjs')]);

test('docs/api.md is what the sources say; -u writes it again', async () => {
  await expect(`${page}\n`).toMatchFileSnapshot('../../docs/api.md');
});

test.each(Object.keys(exported))('%s is on the page', (name) => {
  expect(page).toContain(`\n### ${name}\n`);
});
