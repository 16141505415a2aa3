import { expect, test } from 'vitest';
import { BLOCKED_IMPORTS, defaultBlockedImports } from '../../src/policy/blocked-imports.js';
import { describePolicy } from '../../src/policy/policy-table.js';
import { presets } from '../../src/policy/presets.js';
import { isModuleName } from '../../src/policy/python-names.js';
import { POLICY_KEYS } from '../../src/policy/schema.js';

function policyPage(): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const rows = describePolicy().map(
    (row) =>
      `| \`${row.key}\` | ${cell(row.defaultText)} | ${cell(row.allowed)} | ${cell(row.description)} |`,
  );
  const blocked = BLOCKED_IMPORTS.map(
    (row) => `| \`${row.name}\` | ${row.reason} | ${row.unless === 'never' ? '' : `\`${row.unless}\``} |`,
  );
  const safe = presets.strict.allowedImports ?? [];
  return [
    '# The policy',
    '',
    'Made from the schema; `npx vitest run test/policy/policy-table.test.ts -u` writes it again.',
    '',
    '| key | default | allowed | what it does |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '## Imports blocked by default',
    '',
    'Guidance for whoever wrote the code, never counted as isolation. A module is off the list when the key in the last column is `true`.',
    '',
    '| module | why | unless |',
    '| --- | --- | --- |',
    ...blocked,
    '',
    '## Presets',
    '',
    'Plain values to spread into a policy. None of them changes the isolation.',
    '',
    '- `presets.agent` blocks no import, since the kernel holds.',
    `- \`presets.strict\` allows only modules that compute: ${[...safe].map((name) => `\`${name}\``).join(', ')}.`,
    '',
  ].join('\n');
}

test('docs/policy.md is what the schema says', async () => {
  await expect(policyPage()).toMatchFileSnapshot('../../docs/policy.md');
});

test('every key has one row, a description and a default', () => {
  const rows = describePolicy();
  expect(rows.map((row) => row.key)).toEqual(POLICY_KEYS);
  expect(rows.filter((row) => row.description === '' || row.allowed === '')).toEqual([]);
  expect(rows.find((row) => row.key === 'timeoutSeconds')).toEqual({
    key: 'timeoutSeconds',
    defaultText: '`5`',
    allowed: 'a number above 0 and at most 3600',
    description: 'Wall-clock seconds until the whole process tree is killed. Fractions count.',
  });
});

test('the block list names each module once, what every seed blocks among them', () => {
  const names = defaultBlockedImports({ allowNetwork: false, allowSubprocess: false });
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !isModuleName(name))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(['os', 'subprocess', 'socket', 'ctypes', 'importlib']));
  expect(names).toEqual(
    expect.arrayContaining(['posix', '_posixsubprocess', '_socket', '_ctypes', '_imp', 'pty']),
  );
});
