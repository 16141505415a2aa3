import { expect, test } from 'vitest';
import { RUN_STATUSES } from '../../src/result/run-result.js';
import { readPage } from './pages.js';

test('the README names every status', () => {
  const readme = readPage('README.md');
  for (const status of RUN_STATUSES) expect(readme).toContain(`\`${status}\``);
});
