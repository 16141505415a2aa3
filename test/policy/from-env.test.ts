import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PungiError } from '../../src/errors/pungi-error.js';
import { policyFromDotEnv } from '../../src/policy/from-dot-env.js';
import { policyFromEnv } from '../../src/policy/from-env.js';
import { variableWords } from '../../src/policy/policy-names.js';
import { presets } from '../../src/policy/presets.js';
import { isPolicyKey, POLICY_KEYS, policySchema } from '../../src/policy/schema.js';

const place = mkdtempSync(join(tmpdir(), 'pungi-dot-env-'));
afterAll(() => rmSync(place, { recursive: true }));

test.each<[env: Record<string, string>, policy: unknown]>([
  [{ HOME: '/x', OTHER_TIMEOUT_SECONDS: '1' }, {}],
  [{ PUNGI_TIMEOUT_SECONDS: '0.5' }, { timeoutSeconds: 0.5 }],
  [{ PUNGI_MEMORY_LIMIT_MB: '1g' }, { memoryLimitMb: '1g' }],
  [{ PUNGI_MEMORY_LIMIT_MB: '512' }, { memoryLimitMb: 512 }],
  [{ PUNGI_CPU_SECONDS: 'timeout' }, { cpuSeconds: 'timeout' }],
  [{ PUNGI_ALLOW_NETWORK: 'true' }, { allowNetwork: true }],
  [{ PUNGI_ALLOW_NETWORK: '1' }, { allowNetwork: true }],
  [{ PUNGI_ALLOW_NETWORK: 'Yes' }, { allowNetwork: true }],
  [{ PUNGI_ALLOW_NETWORK: 'no' }, { allowNetwork: false }],
  [{ PUNGI_BLOCKED_IMPORTS: 'os, urllib.parse' }, { blockedImports: ['os', 'urllib.parse'] }],
  [{ PUNGI_BLOCKED_IMPORTS: '' }, { blockedImports: [] }],
  [{ PUNGI_WRITABLE_PATHS: '["/a,b"]' }, { writablePaths: ['/a,b'] }],
  [{ PUNGI_ALLOWED_IMPORTS: 'any' }, { allowedImports: 'any' }],
  [{ PUNGI_ENV: '{"A": "1"}' }, { env: { A: '1' } }],
  [{ PUNGI_EXTRA_GLOBALS: '{"big": 9007199254740993}' }, { extraGlobals: { big: 9007199254740993n } }],
  [{ PUNGI_DETERMINISTIC: 'true' }, { deterministic: true }],
  [{ PUNGI_DETERMINISTIC: '7' }, { deterministic: 7 }],
  [{ PUNGI_CLOCK: '{"offsetSeconds": 60}' }, { clock: { offsetSeconds: 60 } }],
  [{ PUNGI_ISOLATION: 'exactly:kernel' }, { isolation: { exactly: 'kernel' } }],
  [{ PUNGI_PYTHON_EXECUTABLE: '3' }, { pythonExecutable: '3' }],
  [
    { PUNGI_PRESET: 'agent', PUNGI_MAX_FILES: '3' },
    { ...presets.agent, maxFiles: 3 },
  ],
  [{ SANDBOX_MODE: 'secure', SANDBOX_OTHER: 'x' }, {}],
  [{ SANDBOX_MODE: 'simple' }, {}],
  [
    {
      SANDBOX_TIMEOUT: '30',
      SANDBOX_ALLOW_NETWORK: 'yes',
      SANDBOX_MAX_MEMORY_MB: '128',
      SANDBOX_MAX_OUTPUT_SIZE: '10000',
      SANDBOX_MAX_CPU_TIME: '9',
    },
    { timeoutSeconds: 30, allowNetwork: true, memoryLimitMb: 128, maxOutputKb: 10, cpuSeconds: 9 },
  ],
  [{ SANDBOX_TIMEOUT: '30', PUNGI_TIMEOUT_SECONDS: '3' }, { timeoutSeconds: 3 }],
])('%j', (env, policy) => {
  expect(policyFromEnv(env)).toEqual(policy);
});

test('another prefix', () => {
  expect(policyFromEnv({ SANDBOX_MAX_FILES: '1', SANDBOX_TIMEOUT: '2' }, 'SANDBOX_')).toEqual({
    maxFiles: 1,
    timeoutSeconds: 2,
  });
  expect(
    policyFromEnv({ JUDGE_MAX_FILES: '1', PUNGI_MAX_FILES: '2', SANDBOX_TIMEOUT: '2' }, 'JUDGE_'),
  ).toEqual({
    maxFiles: 1,
  });
});

test('every key has a variable, and its default can be written in it', () => {
  for (const key of POLICY_KEYS.filter(isPolicyKey)) {
    const value: unknown = policySchema.shape[key].parse(undefined);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    expect(policyFromEnv({ [`PUNGI_${variableWords(key)}`]: text })).toEqual({ [key]: value });
  }
});

test.each<[env: Record<string, string>, message: string, hint: string]>([
  [
    { PUNGI_TIMEOUT_SECOND: '1' },
    'Unknown variable PUNGI_TIMEOUT_SECOND. Did you mean PUNGI_TIMEOUT_SECONDS?',
    'Write PUNGI_TIMEOUT_SECONDS instead.',
  ],
  [
    { PUNGI_PRESETS: 'agent' },
    'Unknown variable PUNGI_PRESETS. Did you mean PUNGI_PRESET?',
    'Write PUNGI_PRESET instead.',
  ],
  [
    { PUNGI_TIMEOUT_SECONDS: 'soon' },
    "PUNGI_TIMEOUT_SECONDS: Policy key `timeoutSeconds` is 'soon'; allowed: a number above 0 and at most 3600.",
    'Set `timeoutSeconds` to: a number above 0 and at most 3600.',
  ],
  [
    { PUNGI_ALLOW_NETWORK: 'maybe' },
    "PUNGI_ALLOW_NETWORK: Policy key `allowNetwork` is 'maybe'; allowed: true or false.",
    'Set `allowNetwork` to: true or false.',
  ],
  [
    { PUNGI_ENV: 'A=1' },
    'PUNGI_ENV is not valid JSON: line 1, column 1: a value is expected, not "A".',
    'Correct the value of PUNGI_ENV.',
  ],
  [
    { PUNGI_PRESET: 'agnet' },
    "PUNGI_PRESET: The preset is 'agnet'; allowed: 'agent', 'strict', 'teaching', 'data'.",
    "Did you mean 'agent'?",
  ],
  [
    { SANDBOX_MODE: 'docker' },
    "SANDBOX_MODE is 'docker'; allowed: 'secure' or 'simple'.",
    'Use PUNGI_ISOLATION instead.',
  ],
  [
    { SANDBOX_TIMEOUT: '-1' },
    'SANDBOX_TIMEOUT: Policy key `timeoutSeconds` is -1; allowed: a number above 0 and at most 3600.',
    'Set `timeoutSeconds` to: a number above 0 and at most 3600.',
  ],
  [
    { PUNGI_MAX_FILES: '-1', PUNGI_X_Y: '1' },
    'PUNGI_MAX_FILES: Policy key `maxFiles` is -1; allowed: a whole number from 0 to 10000. (and 1 more)',
    'Set `maxFiles` to: a whole number from 0 to 10000.',
  ],
])('%j is refused', (env, message, hint) => {
  expect(errorOf(() => policyFromEnv(env))).toMatchObject({ code: 'INVALID_POLICY', message, hint });
});

function dotEnv(content: string): string {
  const path = join(place, '.env');
  writeFileSync(path, content);
  return path;
}

test.each<[content: string, policy: unknown]>([
  ['', {}],
  ['# none\nSECRET=$(rm -rf /)\n\n', {}],
  ['PUNGI_MAX_FILES=1 # one\r\nexport PUNGI_MODE = "allow"', { maxFiles: 1, mode: 'allow' }],
  ["PUNGI_BLOCKED_IMPORTS='os, re'", { blockedImports: ['os', 're'] }],
  ['PUNGI_ENV="{\\"A\\": \\"$B\\"}"', { env: { A: '$B' } }],
  ['PUNGI_PYTHON_EXECUTABLE=./a#b c', { pythonExecutable: './a#b c' }],
  ['SANDBOX_TIMEOUT=7', { timeoutSeconds: 7 }],
])('.env %j', (content, policy) => {
  expect(policyFromDotEnv(dotEnv(content))).toEqual(policy);
});

test.each([
  [
    'PUNGI_MODE',
    'The file FILE cannot be read: line 1, column 11: `=` after PUNGI_MODE is expected, not the end.',
  ],
  ['A=1\n=2', 'The file FILE cannot be read: line 2, column 1: a name is expected, not "=".'],
  ['A="x', 'The file FILE cannot be read: line 1, column 3: a value that is not closed on its line.'],
  ["A='x' y", 'The file FILE cannot be read: line 1, column 6: the end of the line is expected, not " ".'],
  ['A=1\nA=2', 'The file FILE cannot be read: line 2, column 1: A is given twice.'],
  ['PUNGI_MOD=allow', 'Unknown variable PUNGI_MOD in FILE. Did you mean PUNGI_MODE?'],
  ['PUNGI_MODE=x', "PUNGI_MODE in FILE: Policy key `mode` is 'x'; allowed: 'restrict' or 'allow'."],
])('.env %j is refused', (content, message) => {
  const path = dotEnv(content);
  expect(errorOf(() => policyFromDotEnv(path)).message).toBe(message.replace('FILE', `'${path}'`));
});

test('a .env file that is not there is an error', () => {
  expect(errorOf(() => policyFromDotEnv('none/.env')).message).toBe(
    "The file 'none/.env' cannot be read: there is no such file.",
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
