import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { buildCli } from './built-cli.js';

const cli = buildCli();

beforeAll(() => {
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'broken.json': '{\n  "timeoutSeconds": 1,\n}',
    'unknown.json': '{"timeoutSecond": 1}',
    'bad.json': '{"env": {"PATH": "/bin"}, "maxFiles": -1}',
    'list.json': '[]',
    'broken.toml': 'timeoutSeconds = \n',
    'preset.json': '{"preset": "agnt"}',
    'bad.env': 'PUNGI_TIMEOUT_SECOND=1\n',
    'latin1.json': new Uint8Array([0x22, 0xe4, 0x22]),
    'program.py': '1',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cli.directory, name), content);
  mkdirSync(join(cli.directory, 'folder'));
});

const TIMEOUT = 'allowed: a number above 0 and at most 3600.';

test.each<[args: readonly string[], stderr: string]>([
  [['run', 'none.py'], "pungi: The program 'none.py' cannot be read: there is no such file.\n"],
  [['run', 'folder'], "pungi: The program 'folder' cannot be read: it is a directory.\n"],
  [
    ['run', 'program.py', '-c', '1'],
    "pungi: Both -c and the file 'program.py' are given; allowed: one of them.\nhint: Arguments of the program go after --.\n",
  ],
  [
    ['run', 'program.py', 'extra'],
    "pungi: too many arguments for 'run'. Expected 1 argument but got 2.\nhint: Arguments of the program go after --.\n",
  ],
  [
    ['run', '--jsn', '-c', '1'],
    "pungi: unknown option '--jsn' (Did you mean --json?)\nhint: `pungi run --help` shows the options.\n",
  ],
  [['rnu'], "pungi: unknown command 'rnu' (Did you mean run?)\nhint: `pungi --help` shows the commands.\n"],
  [
    ['run', '-c'],
    "pungi: option '-c, --code <CODE>' argument missing\nhint: `pungi run --help` shows the options.\n",
  ],
  [
    ['run', '-c', ''],
    'pungi: The code is empty.\nhint: Pass Python source, or name a file of `files` as the `entrypoint`.\n',
  ],
  [
    ['run', '-c', '1', '-t', 'soon'],
    `pungi: --timeout: Policy key \`timeoutSeconds\` is 'soon'; ${TIMEOUT}\n`,
  ],
  [['run', '-c', '1', '-t', '-1'], `pungi: --timeout: Policy key \`timeoutSeconds\` is -1; ${TIMEOUT}\n`],
  [['run', '-c', '1', '-t', 'NaN'], `pungi: --timeout: Policy key \`timeoutSeconds\` is 'NaN'; ${TIMEOUT}\n`],
  [['run', '-c', '1', '-t', ''], `pungi: --timeout: Policy key \`timeoutSeconds\` is ''; ${TIMEOUT}\n`],
  [
    ['run', '-c', '1', '-m', '1t'],
    "pungi: --memory: Policy key `memoryLimitMb` is '1t'; allowed: a number from 16 to 65536, or text such as '256m', '512mb' or '1g' in that range.\n",
  ],
  [
    ['run', '-c', '1', '--isolation', 'docker'],
    "pungi: --isolation: Policy key `isolation` is 'docker'; allowed: 'full', 'kernel', 'process' or `{ exactly: level }` with one of them.\n",
  ],
  [
    ['run', '-c', '1', '--isolation', 'exactly:'],
    "pungi: --isolation: Policy key `isolation.exactly` is ''; allowed: 'full', 'kernel', 'process' or `{ exactly: level }` with one of them.\n",
  ],
  [
    ['run', '-c', '1', '-p', 'none.json'],
    "pungi: --policy: 'none.json' cannot be read: there is no such file.\n",
  ],
  [
    ['run', '-c', '1', '-p', 'broken.json'],
    'pungi: --policy: \'broken.json\' is not valid JSON: line 3, column 1: a key in double quotes is expected, not "}".\n',
  ],
  [
    ['run', '-c', '1', '-p', 'unknown.json'],
    "pungi: --policy: 'unknown.json': Unknown policy key `timeoutSecond`. Did you mean `timeoutSeconds`?\nhint: Write `timeoutSeconds` instead.\n",
  ],
  [
    ['run', '-c', '1', '-p', 'list.json'],
    "pungi: --policy: 'list.json': The policy is an array; allowed: a plain object of policy keys.\n",
  ],
  [['run', '-c', '1', '-p', 'latin1.json'], "pungi: --policy: 'latin1.json' is not UTF-8 text.\n"],
  [
    ['run', '-c', '1', '-i', '{"a": x}'],
    'pungi: --input is not valid JSON: line 1, column 7: a value is expected, not "x".\n',
  ],
  [
    ['run', '-c', '1', '-i', ''],
    'pungi: --input is not valid JSON: line 1, column 1: a value is expected, not the end.\n',
  ],
  [
    ['run', '-c', '1', '-i', '@none.json'],
    "pungi: --input: the file 'none.json' cannot be read: there is no such file.\n",
  ],
  [
    ['run', '-c', '1', '-f', 'data.csv'],
    "pungi: --file 'data.csv' is not of the form NAME=PATH.\nhint: Write for example --file data.csv=./data.csv.\n",
  ],
  [['run', '-c', '1', '-f', 'a=bad.json', '-f', 'a=list.json'], "pungi: --file gives the name 'a' twice.\n"],
  [
    ['run', 'program.py', '-f', 'program.py=bad.json'],
    "pungi: --file gives the name 'program.py', which is that of the program.\n",
  ],
  [
    ['run', '-c', '1', '-f', '../a=bad.json'],
    "pungi: File name '../a' has the part '..'.\nhint: Give each file a relative name and text, a Uint8Array or { path }.\n",
  ],
])('pungi %j', async (args, stderr) => {
  expect(await cli.run(args)).toEqual({ stdout: '', stderr, exitCode: 2 });
});

test('several faults of a policy file are counted', async () => {
  expect(await cli.run(['run', '-c', '1', '-p', 'bad.json'])).toEqual({
    stdout: '',
    stderr:
      "pungi: --policy: 'bad.json': Policy key `maxFiles` is -1; allowed: a whole number from 0 to 10000. (and 1 more)\n",
    exitCode: 2,
  });
});

test('code on standard input that is not UTF-8 is refused', async () => {
  expect(await cli.run(['run', '-'], { input: new Uint8Array([0x31, 0xe4]) })).toEqual({
    stdout: '',
    stderr: 'pungi: The code on standard input is not UTF-8 text.\n',
    exitCode: 2,
  });
});

const options = (command: string): string => `hint: \`pungi ${command} --help\` shows the options.\n`;
const PRESET =
  "The preset is 'agnt'; allowed: 'agent', 'strict', 'teaching', 'data'.\nhint: Did you mean 'agent'?\n";
const TOML =
  'pungi: --policy: \'broken.toml\' is not valid TOML: line 1, column 18: a value is expected, not "\\n".\n';
const NO_PYTHON =
  'pungi: The pythonExecutable cannot be used. Tried none: not found on PATH or in the working directory.\nhint: Set pythonExecutable to a CPython 3.9 or later, or to the directory of a virtual environment.\n';

/** Of every command: a wrong option, word, file, preset, key and Python, and what contradicts itself. */
test.concurrent.each<[command: string, stderr: string, exitCode?: number]>([
  ...['run', 'repl', 'validate', 'describe', 'learn', 'doctor', 'completion', 'policy show', 'env list'].map(
    (command): [string, string] => [
      `${command} --bogus`,
      `pungi: unknown option '--bogus'\n${options(command)}`,
    ],
  ),
  ...['repl', 'describe', 'doctor'].map((command): [string, string] => [
    `${command} extra`,
    `pungi: too many arguments for '${command}'. Expected 0 arguments but got 1.\n${options(command)}`,
  ]),
  ...['repl', 'validate program.py', 'describe', 'policy show'].map((command): [string, string] => [
    `${command} -p broken.toml`,
    TOML,
  ]),
  ['repl --preset agnt', `pungi: --preset: ${PRESET}`],
  ['run program.py -p preset.json', `pungi: --policy: 'preset.json': ${PRESET}`],
  [
    'validate program.py --dotenv bad.env',
    "pungi: Unknown variable PUNGI_TIMEOUT_SECOND in 'bad.env'. Did you mean PUNGI_TIMEOUT_SECONDS?\nhint: Write PUNGI_TIMEOUT_SECONDS instead.\n",
  ],
  ['run program.py --dotenv none', "pungi: --dotenv: 'none' cannot be read: there is no such file.\n"],
  [
    'run program.py -p none.yaml',
    "pungi: --policy: 'none.yaml' has a name that ends in neither .json nor .toml.\nhint: Name the file after what is in it: policy.json or policy.toml.\n",
  ],
  ...['describe', 'doctor', 'run program.py', 'env create name'].map((command): [string, string, number] => [
    `${command} --python none`,
    NO_PYTHON,
    70,
  ]),
  ['run program.py -t 1 -t 2', 'pungi: --timeout is given twice; allowed: once.\n'],
  [
    'run program.py --stdin --no-stdin',
    'pungi: Both --stdin and --no-stdin are given; allowed: one of them.\n',
  ],
  [
    'describe --no-allow-network --allow-network',
    'pungi: Both --no-allow-network and --allow-network are given; allowed: one of them.\n',
  ],
  [
    'validate -- program.py',
    'pungi: What follows -- is for the program that is run; pungi validate runs none.\nhint: Leave the -- out.\n',
  ],
  ['run program.py -f a=none', "pungi: --file a: 'none' cannot be read: there is no such file.\n"],
  ['run program.py -f a=folder', "pungi: --file a: 'folder' is not a regular file.\n"],
  ['run program.py -o list.json', "pungi: --output: 'list.json' cannot be made: it is no directory.\n"],
  [
    'repl --preload numpy,a-b',
    "pungi: --preload: 'a-b' is no name of a module.\nhint: Write for example --preload numpy,pandas.\n",
  ],
  ['program.py', "pungi: unknown command 'program.py'\nhint: Type `pungi run program.py`.\n"],
  ['learn', `pungi: missing required argument 'SCRIPT'\n${options('learn')}`],
  ['learn none.py', "pungi: The program 'none.py' cannot be read: there is no such file.\n"],
  ['learn program.py --preset agent', `pungi: unknown option '--preset'\n${options('learn')}`],
  ['learn program.py --toml --json', 'pungi: Both --toml and --json are given; allowed: one of them.\n'],
  [
    'learn program.py -o none/policy.json',
    "pungi: --output: 'none/policy.json' cannot be written: there is no directory 'none'.\n",
  ],
  [
    'policy explain timeoutSecond',
    "pungi: Unknown policy key 'timeoutSecond'. Did you mean 'timeoutSeconds'?\nhint: Type `pungi policy explain timeoutSeconds`.\n",
  ],
  [
    'policy shwo',
    "pungi: unknown command 'shwo' (Did you mean show?)\nhint: `pungi policy --help` shows the commands.\n",
  ],
  [
    'env create ../x',
    "pungi: The name '../x' cannot be that of an environment; allowed: 1 to 64 of letters, digits, '.', '_' and '-', a letter or digit first.\nhint: Choose a name such as data-2026.\n",
  ],
  [
    'env create name numpy',
    "pungi: The package 'numpy' is not pinned; allowed: NAME==VERSION with one exact version.\nhint: Write it as numpy==VERSION; `pip index versions numpy` lists the versions.\n",
  ],
  [
    'completion bsh',
    "pungi: There is no completion for 'bsh'; allowed: 'bash', 'zsh' or 'fish'.\nhint: Type `pungi completion bash`.\n",
  ],
])('pungi %s', async (command, stderr, exitCode = 2) => {
  expect(await cli.run(command.split(' '))).toEqual({ stdout: '', stderr, exitCode });
});

test('a list may be given in several options', async () => {
  const shown = await cli.run([
    'policy',
    'show',
    '--json',
    '--blocked-imports',
    'os',
    '--blocked-imports',
    're,json',
  ]);
  expect(JSON.parse(shown.stdout).policy).toEqual({ blockedImports: ['os', 're', 'json'] });
});
