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
