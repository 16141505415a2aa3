import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const place = { directory: '' };

beforeEach(() => {
  place.directory = mkdtempSync(join(tmpdir(), 'reports-'));
});
afterEach(() => rmSync(place.directory, { recursive: true }));

function addStep(order: number, step: object, reports: Readonly<Record<string, unknown>>, log = ''): void {
  const directory = join(place.directory, String(order));
  mkdirSync(directory);
  writeFileSync(join(directory, 'step.json'), JSON.stringify(step));
  writeFileSync(join(directory, 'log.txt'), log);
  for (const [name, content] of Object.entries(reports))
    writeFileSync(join(directory, name), JSON.stringify(content));
}

async function sum(): Promise<{ exitCode: number | undefined; lines: string[] }> {
  const script = join(ROOT, 'scripts/sum-reports.mjs');
  const ended = await execa(process.execPath, [script, place.directory], { cwd: ROOT, reject: false });
  expect(ended.stderr).toBe('');
  return { exitCode: ended.exitCode, lines: ended.stdout.split('\n') };
}

const PASSED = { numPassedTests: 3, testResults: [{ name: '/x', status: 'passed', assertionResults: [] }] };

function fileThatFailed(
  name: string,
  message: string,
  tests: readonly (readonly [string, string])[],
): object {
  const failed = tests.map(([fullName, text]) => ({ fullName, status: 'failed', failureMessages: [text] }));
  const assertionResults = [{ fullName: 'good', status: 'passed', failureMessages: [] }, ...failed];
  return { name: join(ROOT, name), status: 'failed', message, assertionResults };
}

test('all passed: the steps in their order, and the sum', async () => {
  const python = [{ version: '3.11.2', passed: 4, failed: 0, skipped: 1, failures: [] }];
  addStep(1, { name: 'npm test', seconds: 120, exitCode: 0 }, { 'vitest-a.json': PASSED });
  addStep(10, { name: 'a bench', seconds: 7, exitCode: 0 }, {});
  addStep(2, { name: 'check', seconds: 61, exitCode: 0 }, { 'unittest-b.json': python });
  expect(await sum()).toEqual({
    exitCode: 0,
    lines: ['  120 s  npm test', '   61 s  check', '    7 s  a bench', '7 passed, 0 failed'],
  });
});

test('what failed is named on a line of its own: tests, files, tests of Python', async () => {
  const vitest = {
    numPassedTests: 2,
    testResults: [
      fileThatFailed('test/a.test.ts', '', [
        ['group one', '\u001b[31mAssertionError: 1 is not 2\u001b[0m\n    at line 7'],
        ['group two', `Error: ${'x'.repeat(1000)}`],
      ]),
      fileThatFailed('test/b.test.ts', '\nCannot find module\nmore', []),
    ],
  };
  const python = [
    { version: '3.9.18', passed: 4, failed: 1, skipped: 0, failures: ['test_x (a.B): ValueError: y'] },
    { version: '3.10.1', passed: 0, failed: 1, skipped: 0, failures: [] },
  ];
  const reports = { 'vitest-v20.json': vitest, 'unittest-7.json': python };
  addStep(1, { name: 'npm test', seconds: 1, exitCode: 1 }, reports, 'not shown, as tests tell it');
  const { exitCode, lines } = await sum();
  const long = 'FAILED npm test | vitest-v20 | test/a.test.ts | group two | Error: xxx';
  expect(lines.map((line) => (line.startsWith(long) ? [long, line.length] : line))).toEqual([
    '    1 s  npm test',
    'FAILED npm test | unittest-7 | CPython 3.9.18 | test_x (a.B): ValueError: y',
    'FAILED npm test | unittest-7 | CPython 3.10.1 | it ended before its tests did',
    'FAILED npm test | vitest-v20 | test/a.test.ts | group one | AssertionError: 1 is not 2',
    [long, 'FAILED '.length + 300],
    'FAILED npm test | vitest-v20 | test/b.test.ts | Cannot find module',
    '6 passed, 5 failed',
  ]);
  expect(exitCode).toBe(1);
});

test('a step that failed without a failed test is told by the end of its output', async () => {
  const log = `${Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n')}\n\n`;
  addStep(1, { name: 'lint', seconds: 1, exitCode: 2 }, { 'vitest-a.json': PASSED }, log);
  const { exitCode, lines } = await sum();
  const end = Array.from({ length: 12 }, (_, line) => `    line ${line + 28}`);
  expect(lines).toEqual([
    '    1 s  lint',
    'FAILED lint | exit code 2, its last lines:',
    ...end,
    '3 passed, 1 failed',
  ]);
  expect(exitCode).toBe(1);
});

test('no test at all is no success', async () => {
  addStep(1, { name: 'a bench', seconds: 1, exitCode: 0 }, {});
  expect(await sum()).toEqual({ exitCode: 1, lines: ['    1 s  a bench', '0 passed, 0 failed'] });
});
