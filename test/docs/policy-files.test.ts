import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exit-codes.js';
import { policyFromFile } from '../../src/policy/from-file.js';
import { readBlocks, readPage } from './pages.js';

const place = mkdtempSync(join(tmpdir(), 'pungi-policy-files-'));
afterAll(() => rmSync(place, { recursive: true }));

test.each([['toml'], ['json']])('the file in %s is a policy', (format) => {
  const path = join(place, `policy.${format}`);
  const block = readBlocks('docs/policy-files.md').find(({ language }) => language === format);
  writeFileSync(path, block?.text ?? '');
  expect(policyFromFile(path)).toMatchObject({ timeoutSeconds: 2.5, memoryLimitMb: '512m' });
});

test('docs/cli.md has every exit code', () => {
  for (const { code, meaning } of Object.values(EXIT_CODES)) {
    expect(readPage('docs/cli.md')).toContain(`| ${code} | ${meaning} |\n`);
  }
});
