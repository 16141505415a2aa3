import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PungiError } from '../../src/errors/pungi-error.js';
import { policyFromFile } from '../../src/policy/from-file.js';
import { presets } from '../../src/policy/presets.js';

const place = mkdtempSync(join(tmpdir(), 'pungi-policy-files-'));
afterAll(() => rmSync(place, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(place, name);
  writeFileSync(path, content);
  return path;
}

test.each<[name: string, content: string, policy: unknown]>([
  ['a.json', '{"timeoutSeconds": 2}', { timeoutSeconds: 2 }],
  ['a.toml', 'timeoutSeconds = 2\nblockedImports = ["os"]', { timeoutSeconds: 2, blockedImports: ['os'] }],
  [
    'b.toml',
    '[policy]\nmode = "allow"\n[policy.extraGlobals]\nrate = 0.19',
    { mode: 'allow', extraGlobals: { rate: 0.19 } },
  ],
  ['b.json', '{"policy": {"maxFiles": 1}, "$schema": "./policy.schema.json"}', { maxFiles: 1 }],
  ['c.toml', 'preset = "strict"\ntimeoutSeconds = 1', { ...presets.strict, timeoutSeconds: 1 }],
  ['d.toml', 'preset = "data"\n[policy]\ntimeoutSeconds = 1', { ...presets.data, timeoutSeconds: 1 }],
  ['E.JSON', '{}', {}],
  ['f.toml', '[isolation]\nexactly = "kernel"', { isolation: { exactly: 'kernel' } }],
])('%s holds %j', (name, content, policy) => {
  expect(policyFromFile(write(name, content))).toEqual(policy);
});

mkdirSync(join(place, 'folder.json'));

test.each<[name: string, content: string | Uint8Array | null, message: string, details: object]>([
  ['none.json', null, ' cannot be read: there is no such file.', {}],
  ['folder.json', null, ' cannot be read: it is a directory.', {}],
  ['a.yaml', '', ' has a name that ends in neither .json nor .toml.', {}],
  ['latin1.toml', new Uint8Array([0xe4]), ' is not UTF-8 text.', {}],
  ['long.toml', '#'.repeat(1024 * 1024 + 1), ' is longer than 1 MiB.', {}],
  [
    'broken.json',
    '{\n"maxFiles": 1\n"mode": 1}',
    ' is not valid JSON: line 3, column 1: `,` or `}` is expected, not "\\"".',
    { line: 3, column: 1 },
  ],
  [
    'twice.json',
    '{"mode": "allow", "mode": "restrict"}',
    ' is not valid JSON: line 1, column 19: the key "mode" is given twice.',
    { line: 1, column: 19 },
  ],
  [
    'broken.toml',
    'maxFiles = 1\nmode = allow',
    ' is not valid TOML: line 2, column 8: "allow" is no value; text stands in quotes.',
    { line: 2, column: 8 },
  ],
  [
    'key.toml',
    'timeout_seconds = 1',
    ': Unknown policy key `timeout_seconds`. Did you mean `timeoutSeconds`?',
    {},
  ],
  [
    'value.toml',
    'maxFiles = -1',
    ': Policy key `maxFiles` is -1; allowed: a whole number from 0 to 10000.',
    {},
  ],
  ['list.json', '[]', ': The policy is an array; allowed: a plain object of policy keys.', {}],
  ['proto.json', '{"__proto__": {}}', ': Unknown policy key `__proto__`.', {}],
  [
    'preset.toml',
    'preset = "strickt"',
    ": The preset is 'strickt'; allowed: 'agent', 'strict', 'teaching', 'data'.",
    {},
  ],
  [
    'beside.toml',
    'mode = "allow"\n[policy]\nmaxFiles = 1',
    ': The key `mode` stands beside the table `policy`; allowed: all keys in it, or none.',
    {},
  ],
])('%s is refused', (name, content, message, details) => {
  const path = content === null ? join(place, name) : write(name, content);
  const error = errorOf(() => policyFromFile(path));
  expect([error.code, error.message]).toEqual(['INVALID_POLICY', `Policy file '${path}'${message}`]);
  expect(error.details).toMatchObject(details);
});

test('a preset and keys that contradict it are refused, the place of the key named', () => {
  const path = write('conflict.toml', 'preset = "strict"\nblockedImports = ["math"]');
  expect(errorOf(() => policyFromFile(path)).message).toMatch(
    /^preset 'strict': Policy key `allowedImports\[\d+\]` is 'math'; allowed: modules that `blockedImports` does not name \(it has 'math'\)\.$/,
  );
});

function errorOf(act: () => unknown): PungiError {
  try {
    act();
  } catch (error) {
    if (error instanceof PungiError) return error;
    throw error;
  }
  throw new TypeError('nothing was thrown');
}
