import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { ROOT, readPage } from './pages.js';

test.each([
  ['docs/endurance.md', []],
  ['docs/media/endurance.svg', ['--plot']],
])('%s is what the record of the long run says; -u writes it again', async (path, options) => {
  const { stdout } = await execa('node', [join(ROOT, 'scripts/endurance-page.mjs'), ...options]);
  await expect(`${stdout}\n`).toMatchFileSnapshot(join('../..', path));
});

test('the record is that of half an hour', () => {
  expect(readPage('docs/endurance.md')).toContain(': 30 minutes on a machine');
});
