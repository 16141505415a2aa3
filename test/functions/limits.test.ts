import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/functions/limits.js';

test('the defaults that docs/functions.md tells are those of the library', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/functions.md'), 'utf8');
  const told = ['maxCalls', 'timeoutSeconds', 'maxArgumentKb', 'maxAnswerKb'].map((name) =>
    Number(new RegExp(`^\\| \`${name}\` \\|.*\\| (\\d+) \\|$`, 'm').exec(page)?.[1]),
  );
  const { maxCalls, timeoutMs, maxArgumentBytes, maxAnswerBytes } = DEFAULT_LIMITS;
  expect(told).toEqual([maxCalls, timeoutMs / 1000, maxArgumentBytes / 1024, maxAnswerBytes / 1024]);
});
