import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPolicyFlags } from '../../src/cli/policy-flags.js';
import type { PolicyFlags } from '../../src/cli/policy-options.js';
import { UsageError } from '../../src/cli/usage-error.js';
import type { MergedPolicy } from '../../src/policy/files/merge-layers.js';
import { presets } from '../../src/policy/presets.js';

const home = mkdtempSync(join(tmpdir(), 'pungi-flags-'));
afterAll(() => rmSync(home, { recursive: true }));
const config = join(home, '.config/pungi');
mkdirSync(config, { recursive: true });
const file = join(home, 'policy.toml');
const dotEnv = join(home, '.env');
writeFileSync(join(config, 'config.json'), '{"timeoutSeconds": 50, "maxFiles": 50, "preset": "agent"}');
writeFileSync(file, 'timeoutSeconds = 20');
writeFileSync(dotEnv, 'PUNGI_TIMEOUT_SECONDS=40\nSANDBOX_TIMEOUT=41');

function read(flags: PolicyFlags, env: Record<string, string> = {}, at = home): MergedPolicy {
  return readPolicyFlags(flags, { env, home: at, warn: (text) => expect.unreachable(text) });
}

const ENV = { PUNGI_TIMEOUT_SECONDS: '30', SANDBOX_TIMEOUT: '35' };

// Each row leaves out the strongest place of the row before.
test.each<
  [
    flags: PolicyFlags,
    env: Record<string, string>,
    at: string,
    seconds: number | undefined,
    source: string | undefined,
  ]
>([
  [{ timeout: '10', policy: file, dotenv: dotEnv, preset: 'data' }, ENV, home, 10, '--timeout'],
  [{ policy: file, dotenv: dotEnv, preset: 'data' }, ENV, home, 20, `--policy: '${file}'`],
  [{ dotenv: dotEnv, preset: 'data' }, ENV, home, 30, 'PUNGI_TIMEOUT_SECONDS'],
  [{ dotenv: dotEnv, preset: 'data' }, { SANDBOX_TIMEOUT: '35' }, home, 35, 'SANDBOX_TIMEOUT'],
  [{ dotenv: dotEnv, preset: 'data' }, {}, home, 40, `PUNGI_TIMEOUT_SECONDS in '${dotEnv}'`],
  [{ preset: 'data' }, {}, home, 50, `Config file '${join(config, 'config.json')}'`],
  [{ preset: 'data' }, {}, join(home, 'none'), 60, "preset 'data'"],
  [{ preset: 'data', config: false }, {}, home, 60, "preset 'data'"],
  [{}, {}, join(home, 'none'), undefined, undefined],
])('%j with %j', (flags, env, at, seconds, source) => {
  const { policy, sources } = read(flags, env, at);
  expect([policy.timeoutSeconds, sources.get('timeoutSeconds')]).toEqual([seconds, source]);
});

test('the strongest place that names a preset decides, and keys of other places stay', () => {
  expect(read({}).policy).toEqual({ ...presets.agent, timeoutSeconds: 50, maxFiles: 50 });
  expect(read({ preset: 'strict' }, { PUNGI_PRESET: 'data' })).toMatchObject({
    preset: 'strict',
    policy: { ...presets.strict, timeoutSeconds: 50, maxFiles: 50 },
  });
  expect(read({}, { PUNGI_PRESET: 'data' }).preset).toBe('data');
});

test.each<[flags: PolicyFlags, policy: object]>([
  [{ allowNetwork: true }, { allowNetwork: true }],
  [{ allowNetwork: false }, { allowNetwork: false }],
  [{ blockedImports: ['os,re', 'json'] }, { blockedImports: ['os', 're', 'json'] }],
  [{ writablePaths: ['["/a,b"]', '/c'] }, { writablePaths: ['/a,b', '/c'] }],
  [{ allowedImports: ['any'] }, { allowedImports: 'any' }],
  [{ env: ['A=1', 'B=x=y'] }, { env: { A: '1', B: 'x=y' } }],
  [{ extraGlobals: '{"rate": 0.19}' }, { extraGlobals: { rate: 0.19 } }],
  [{ isolation: 'exactly:kernel' }, { isolation: { exactly: 'kernel' } }],
  [
    { memory: '1g', python: './venv', deterministic: '3' },
    { memoryLimitMb: '1g', pythonExecutable: './venv', deterministic: 3 },
  ],
])('%j', (flags, policy) => {
  expect(read({ ...flags, config: false }).policy).toEqual(policy);
});

test.each<[flags: PolicyFlags, message: string, hint: string | null]>([
  [
    { preset: 'srict' },
    "--preset: The preset is 'srict'; allowed: 'agent', 'strict', 'teaching', 'data'.",
    "Did you mean 'strict'?",
  ],
  [{ env: ['A'] }, "--env 'A' is not of the form NAME=VALUE.", 'Write for example --env TZ=UTC.'],
  [{ env: ['A=1', 'A=2'] }, "--env gives the name 'A' twice.", null],
  [
    { clock: '{' },
    '--clock is not valid JSON: line 1, column 2: a key in double quotes is expected, not the end.',
    null,
  ],
  [
    { policy: 'policy.yaml' },
    "--policy: 'policy.yaml' has a name that ends in neither .json nor .toml.",
    'Name the file after what is in it: policy.json or policy.toml.',
  ],
  [{ dotenv: 'none' }, "--dotenv: 'none' cannot be read: there is no such file.", null],
  [
    { mode: 'allow', blockedImports: ['os'] },
    "--blocked-imports: Policy key `blockedImports` is an array of 1; allowed: an empty list in mode 'allow', where what is not allowed is refused.",
    null,
  ],
  [
    { allowedImports: ['os.path'], blockedImports: ['os'] },
    "--allowed-imports: Policy key `allowedImports[0]` is 'os.path'; allowed: modules that `blockedImports` does not name (it has 'os').",
    null,
  ],
])('%j is refused', (flags, message, hint) => {
  expect(() => read({ ...flags, config: false })).toThrow(new UsageError(message, hint));
  expect(() => read({ ...flags, config: false })).toThrow(expect.objectContaining({ hint }));
});

test.each([
  [
    'config.json',
    '{',
    'is not valid JSON: line 1, column 2: a key in double quotes is expected, not the end.',
  ],
  ['config.toml', 'timeout = 1', ': Unknown policy key `timeout`. Did you mean `timeoutSeconds`?'],
])('a broken %s is told and left out', (name, content, fault) => {
  const xdg = mkdtempSync(join(home, 'xdg-'));
  mkdirSync(join(xdg, 'pungi'));
  const path = join(xdg, 'pungi', name);
  writeFileSync(path, content);
  const warnings: string[] = [];
  const places = { env: { XDG_CONFIG_HOME: xdg }, home, warn: (text: string) => warnings.push(text) };
  expect(readPolicyFlags({}, places).policy).toEqual({});
  expect(warnings).toEqual([
    `Config file '${path}'${fault.startsWith(':') ? '' : ' '}${fault} It is left out.`,
  ]);
});

test('two config files are one too many; a relative XDG_CONFIG_HOME does not count', () => {
  const xdg = mkdtempSync(join(home, 'xdg-'));
  mkdirSync(join(xdg, 'pungi'));
  writeFileSync(join(xdg, 'pungi/config.json'), '{"maxFiles": 1}');
  writeFileSync(join(xdg, 'pungi/config.toml'), 'maxFiles = 2');
  const warnings: string[] = [];
  const warn = (text: string): number => warnings.push(text);
  expect(readPolicyFlags({}, { env: { XDG_CONFIG_HOME: xdg }, home, warn }).policy).toEqual({});
  expect(warnings).toEqual([
    `The directory '${join(xdg, 'pungi')}' has a config.json and a config.toml; allowed: one of them. It is left out.`,
  ]);
  expect(readPolicyFlags({}, { env: { XDG_CONFIG_HOME: 'x' }, home, warn }).policy.maxFiles).toBe(50);
});

test.each(['file', 'config'])('a run may not write where a later one reads its policy: %s', (kind) => {
  const directory = mkdtempSync(join(home, 'own-'));
  mkdirSync(join(directory, 'pungi'));
  const file = join(directory, 'policy.json');
  writeFileSync(file, JSON.stringify({ writablePaths: [directory] }));
  const held = kind === 'file' ? file : join(directory, 'pungi');
  const flags = kind === 'file' ? { policy: file } : { writablePaths: [directory] };
  const env = { XDG_CONFIG_HOME: kind === 'file' ? join(home, 'none') : directory };
  expect(() => readPolicyFlags(flags, { env, home, warn: () => undefined })).toThrow(
    `writablePaths: '${directory}' holds '${held}', from which later runs read their policy.`,
  );
});
