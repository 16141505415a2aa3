import { expect, test } from 'vitest';
import { BLOCKED_IMPORTS, defaultBlockedImports } from '../../src/policy/blocked-imports.js';
import { DATA_MODULES } from '../../src/policy/data-modules.js';
import { describePolicy } from '../../src/policy/policy-table.js';
import { PRESET_REASONS, type PresetName, presets } from '../../src/policy/presets.js';
import { isModuleName } from '../../src/policy/python-names.js';
import { SAFE_BUILTINS } from '../../src/policy/safe-builtins.js';
import { SAFE_MODULES } from '../../src/policy/safe-modules.js';
import { POLICY_KEYS } from '../../src/policy/schema.js';
import { TEACHING_BUILTINS, TEACHING_MODULES } from '../../src/policy/teaching-rules.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');

function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}

function reasons(rows: readonly { readonly name: string; readonly reason: string }[]): readonly string[] {
  return table(
    ['name', 'why'],
    rows.map(({ name, reason }) => [`\`${name}\``, reason]),
  );
}

function presetSection(name: PresetName): readonly string[] {
  return [`### \`presets.${name}\``, '', ...PRESET_REASONS[name].map((reason) => `- ${reason}`), ''];
}

function policyPage(): string {
  return [
    '# The policy',
    '',
    'Made from the schema; `npx vitest run test/policy/policy-table.test.ts -u` writes it again.',
    '',
    ...table(
      ['key', 'default', 'allowed', 'what it does'],
      describePolicy().map((row) => [`\`${row.key}\``, row.defaultText, row.allowed, row.description]),
    ),
    '',
    'What these keys do, with examples, stands in [the language policy](language-policy.md).',
    '',
    '## Imports blocked by default',
    '',
    'Guidance for whoever wrote the code, never counted as isolation. A module is off the list when the key in the last column is `true`.',
    '',
    ...table(
      ['module', 'why', 'unless'],
      BLOCKED_IMPORTS.map((row) => [
        `\`${row.name}\``,
        row.reason,
        row.unless === 'never' ? '' : `\`${row.unless}\``,
      ]),
    ),
    '',
    '## Builtins left by mode `allow`',
    '',
    `When \`allowedBuiltins\` is not given: ${SAFE_BUILTINS.map((name) => `\`${name}\``).join(', ')}.`,
    '',
    '## Presets',
    '',
    'Plain values to spread into a policy, as in `{ ...presets.data, timeoutSeconds: 120 }`. None of them changes the isolation.',
    '',
    ...presetSection('agent'),
    ...presetSection('strict'),
    ...reasons(SAFE_MODULES),
    '',
    ...presetSection('teaching'),
    ...reasons(TEACHING_MODULES),
    '',
    ...reasons(TEACHING_BUILTINS),
    '',
    ...presetSection('data'),
    ...reasons(DATA_MODULES),
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

test('every preset says why it sets each of its keys', () => {
  for (const [name, lines] of Object.entries(PRESET_REASONS)) {
    const said = lines.map((line) => /^`(\w+)/.exec(line)?.[1]);
    expect([name, said.sort()]).toEqual([name, Object.keys(Reflect.get(presets, name)).sort()]);
  }
});

test.each([
  ['SAFE_MODULES', SAFE_MODULES],
  ['DATA_MODULES', DATA_MODULES],
  ['TEACHING_MODULES', TEACHING_MODULES],
  ['TEACHING_BUILTINS', TEACHING_BUILTINS],
])('%s names each once, with a reason', (_name, rows) => {
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  expect(rows.filter(({ reason }) => reason === '')).toEqual([]);
});
