import { expect, test } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exit-codes.js';
import { ERROR_CATALOGUE } from '../../src/errors/catalogue.js';

function errorsPage(): string {
  const errors = Object.entries(ERROR_CATALOGUE).map(
    ([code, row]) =>
      `| \`${code}\` | ${row.summary} | ${row.hint} | ${row.stillUsable} | ${row.exitCode} | ${row.httpStatus} |`,
  );
  const exits = Object.values(EXIT_CODES).map(({ code, meaning }) => `| ${code} | ${meaning} |`);
  return [
    '# Errors',
    '',
    'Made from the catalogue; `npx vitest run test/errors/errors-page.test.ts -u` writes it again.',
    '',
    'What the program in the sandbox did is a `RunResult`. What we or the caller did wrong is thrown as a `PungiError` with `code`, `message`, `hint`, `details`, `stillUsable`, `exitCode` and `httpStatus`. The message names the value seen and what is allowed; the hint is the next thing to type, and more exact than the one here where more is known.',
    '',
    '| code | what it means | what to do | what is still usable | exit code | HTTP status |',
    '| --- | --- | --- | --- | --- | --- |',
    ...errors,
    '',
    '## Exit codes of `pungi run`',
    '',
    'A code that the program gives to `sys.exit` is passed on as it is; `--json` tells such a code from those below by `status`.',
    '',
    '| exit code | what it means |',
    '| --- | --- |',
    ...exits,
    '',
  ].join('\n');
}

test('docs/errors.md is what the catalogue says', async () => {
  await expect(errorsPage()).toMatchFileSnapshot('../../docs/errors.md');
});

test.each(Object.entries(ERROR_CATALOGUE))('%s has whole sentences and usable codes', (_, row) => {
  for (const text of [row.summary, row.hint, row.stillUsable]) expect(text).toMatch(/^[A-Z].*\.$/);
  expect([2, 70]).toContain(row.exitCode);
  expect(row.httpStatus).toBeGreaterThanOrEqual(400);
});
