import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { POLICY_KEYS } from '../../src/policy/schema.js';
import { buildCli } from './built-cli.js';

const cli = buildCli();

beforeAll(() => {
  writeFileSync(join(cli.directory, 'policy.toml'), '# mine\n[policy]\nblockedImports = ["math"]\n');
  writeFileSync(join(cli.directory, 'broken.toml'), 'maxFiles = 1\nmode = allow\n');
  writeFileSync(join(cli.directory, 'program.py'), 'import math\nprint(1)\n');
});

test('run takes a TOML file, a preset and any key of the policy', async () => {
  const blocked = { exitCode: 3 };
  expect(await cli.run(['run', '-p', 'policy.toml', '-c', 'import math'])).toMatchObject(blocked);
  expect(await cli.run(['run', '--preset', 'strict', '-c', 'import os'])).toMatchObject(blocked);
  expect(await cli.run(['run', '--ban-dunders', '-c', '(1).__class__'])).toMatchObject(blocked);
  expect(await cli.run(['run', '-c', 'import re'], { env: { PUNGI_BLOCKED_IMPORTS: 're' } })).toMatchObject(
    blocked,
  );
  const given = ['run', '--preset', 'agent', '--env', 'A=1', '-c', "import os\nos.environ['A']"];
  expect(await cli.run(given)).toEqual({ stdout: "'1'\n", stderr: '', exitCode: 0 });
});

test('a broken config file warns, and the run goes on with the defaults', async () => {
  mkdirSync(join(cli.directory, 'other/pungi'), { recursive: true });
  const path = join(cli.directory, 'other/pungi/config.toml');
  writeFileSync(path, 'maxFiles = ');
  expect(
    await cli.run(['run', '-c', '1'], { env: { XDG_CONFIG_HOME: join(cli.directory, 'other') } }),
  ).toEqual({
    stdout: '1\n',
    stderr: `pungi: warning: Config file '${path}' is not valid TOML: line 1, column 12: a value is expected, not the end. It is left out.\n`,
    exitCode: 0,
  });
});

test.each<[args: readonly string[], input: string | undefined, stdout: string, exitCode: number]>([
  [['-c', 'print(1)'], undefined, 'ok: the policy lets this program start\n', 0],
  [['-'], 'print(1)', 'ok: the policy lets this program start\n', 0],
  [
    ['program.py', '-p', 'policy.toml'],
    undefined,
    "line 1, column 1: ImportBlockedError: Import 'math' is blocked by policy (line 1). Remove 'math' from blockedImports to allow it.\n> 1 | import math\n    | ^^^^^^^^^^^\n  2 | print(1)\nhint: Remove 'math' from blockedImports to allow it.\n",
    3,
  ],
  [['-c', 'x ='], undefined, 'line 1, column 4: SyntaxError: invalid syntax\n> 1 | x =\n    |    ^\n', 1],
])('validate %j', async (args, input, stdout, exitCode) => {
  const options = input === undefined ? {} : { input };
  expect(await cli.run(['validate', ...args], options)).toEqual({ stdout, stderr: '', exitCode });
});

test('validate --json is the answer of validateCode', async () => {
  const { stdout, exitCode } = await cli.run(['validate', '--json', '-c', 'import os']);
  expect([JSON.parse(stdout), exitCode]).toMatchObject([
    { ok: false, problems: [{ kind: 'policy', line: 1 }] },
    3,
  ]);
});

test('describe tells the policy in words', async () => {
  const { stdout, exitCode } = await cli.run(['describe', '--allowed-imports', 'math']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('\n- Only these modules can be imported: `math`.\n');
  const json = await cli.run(['describe', '--allowed-imports', 'math', '--json']);
  expect(`${JSON.parse(json.stdout).description}`).toBe(stdout);
});

test('policy show names the place of each key', async () => {
  const args = ['policy', 'show', '-p', 'policy.toml', '-t', '2'];
  const { stdout, exitCode } = await cli.run(args, { env: { PUNGI_MAX_FILES: '3' } });
  const lines = stdout.trimEnd().split('\n');
  expect([lines.map((line) => line.split(' ')[0]), exitCode]).toEqual([POLICY_KEYS, 0]);
  expect(lines).toEqual(
    expect.arrayContaining([
      'timeoutSeconds = 2  (--timeout)',
      'maxFiles = 3  (PUNGI_MAX_FILES)',
      'blockedImports = ["math"]  (--policy: \'policy.toml\')',
      'memoryLimitMb = 256  (default)',
    ]),
  );
  const json = await cli.run([...args, '--json', '--extra-globals', '{"n": 9007199254740993}']);
  expect(JSON.parse(json.stdout)).toEqual({
    policy: { timeoutSeconds: 2, blockedImports: ['math'], extraGlobals: { n: '9007199254740993' } },
    preset: null,
    sources: {
      timeoutSeconds: '--timeout',
      extraGlobals: '--extra-globals',
      blockedImports: "--policy: 'policy.toml'",
    },
  });
});

test('policy explain KEY', async () => {
  expect((await cli.run(['policy', 'explain', 'maxFiles'])).stdout).toBe(
    'maxFiles\nFiles that are brought out.\n  default:  256\n  allowed:  a whole number from 0 to 10000\n' +
      '  option:   --max-files\n  variable: PUNGI_MAX_FILES\n',
  );
  const json = await cli.run(['policy', 'explain', 'timeoutSeconds', '--json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ option: '--timeout', variable: 'PUNGI_TIMEOUT_SECONDS' });
});

test('policy schema names every key', async () => {
  const { stdout } = await cli.run(['policy', 'schema']);
  expect(Object.keys(JSON.parse(stdout).properties)).toEqual(['$schema', 'preset', ...POLICY_KEYS]);
});

test.each([
  ['pungi va', 'validate'],
  ['pungi run --pres', '--preset'],
  ['pungi policy ex', 'explain'],
  ['pungi policy show --timeo', '--timeout'],
])('bash completes %j', async (line, word) => {
  const words = line.split(' ');
  const script = (await cli.run(['completion', 'bash'])).stdout;
  const call = `${script}\nCOMP_WORDS=(${words.join(' ')})\nCOMP_CWORD=${words.length - 1}\n_pungi\necho "\${COMPREPLY[*]}"`;
  expect((await execa('bash', ['-c', call])).stdout).toBe(word);
});

test.each(['zsh', 'fish'])('the script of %s names commands and options', async (shell) => {
  const { stdout, exitCode } = await cli.run(['completion', shell]);
  expect(exitCode).toBe(0);
  for (const word of ['validate', 'explain', 'preset', 'max-files']) expect(stdout).toContain(word);
});

test.each<[args: readonly string[], stderr: string]>([
  [
    ['run', '-c', '1', '-p', 'broken.toml'],
    'pungi: --policy: \'broken.toml\' is not valid TOML: line 2, column 8: "allow" is no value; text stands in quotes.\n',
  ],
  [
    ['run', '-c', '1', '--preset', 'agnet'],
    "pungi: --preset: The preset is 'agnet'; allowed: 'agent', 'strict', 'teaching', 'data'.\nhint: Did you mean 'agent'?\n",
  ],
  [
    ['run', '-c', '1', '--max-file', '1'],
    "pungi: unknown option '--max-file' (Did you mean --max-files?)\nhint: `pungi run --help` shows the options.\n",
  ],
  [['validate', 'none.py'], "pungi: The program 'none.py' cannot be read: there is no such file.\n"],
  [
    ['validate', 'a.py', 'b.py'],
    "pungi: too many arguments for 'validate'. Expected 1 argument but got 2.\nhint: `pungi validate --help` shows the options.\n",
  ],
  [
    ['policy', 'explain', 'timeout_second'],
    "pungi: Unknown policy key 'timeout_second'. Did you mean 'timeoutSeconds'?\nhint: Type `pungi policy explain timeoutSeconds`.\n",
  ],
  [
    ['policy', 'explain'],
    "pungi: missing required argument 'KEY'\nhint: `pungi policy explain --help` shows the options.\n",
  ],
  [
    ['policy', 'shwo'],
    "pungi: unknown command 'shwo' (Did you mean show?)\nhint: `pungi policy --help` shows the commands.\n",
  ],
  [
    ['completion', 'bas'],
    "pungi: There is no completion for 'bas'; allowed: 'bash', 'zsh' or 'fish'.\nhint: Type `pungi completion bash`.\n",
  ],
])('pungi %j', async (args, stderr) => {
  expect(await cli.run(args)).toEqual({ stdout: '', stderr, exitCode: 2 });
});

test('an unknown variable is an error that names the nearest', async () => {
  expect(await cli.run(['run', '-c', '1'], { env: { PUNGI_TIMEOUT: '1' } })).toEqual({
    stdout: '',
    stderr:
      'pungi: Unknown variable PUNGI_TIMEOUT. Did you mean PUNGI_TIMEOUT_SECONDS?\nhint: Write PUNGI_TIMEOUT_SECONDS instead.\n',
    exitCode: 2,
  });
});
