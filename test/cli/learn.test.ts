import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { levelsHere } from '../conformance/levels.js';
import { buildCli } from './built-cli.js';

const cli = buildCli();
const at = (name: string): string => join(cli.directory, name);

beforeAll(() => {
  for (const name of ['report', 'large', 'empty']) mkdirSync(at(name));
  const files = {
    'report/report.py':
      "import csv, sys\nfrom own import total\nprint(total(csv.DictReader(open('data.csv'))), sys.argv[1:])\n" +
      "open('made.txt', 'w').close()\n",
    'report/own.py': "def total(rows):\n    return sum(float(row['x']) for row in rows)\n",
    'report/data.csv': 'x\n1\n2\n',
    'report/.env': 'SECRET=1',
    'host.py': "open('/etc/hostname')\n",
    'broken.py': 'x = (\n',
    'bytes.py': '\u0000\u0001',
    'slow.py': 'while True: pass\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
  for (let index = 0; index < 2001; index += 1) writeFileSync(at(`large/${index}`), '');
  writeFileSync(at('large/a.py'), '');
});

/** Times and memory differ from run to run. */
function steady(text: string): string {
  return text.replace(/[\d.]+ s, \d+ MB/, 'TIME, MEMORY');
}

const full = (await levelsHere()).find(({ level }) => level === 'full');

describe.skipIf(full === undefined || full.skip !== null)('pungi learn', () => {
  test('prints a policy that pungi run takes, and how', async () => {
    const { stdout, stderr, exitCode } = await cli.run(['learn', 'report/report.py', '--', '--month', '3']);
    const files = '--file data.csv=report/data.csv --file own.py=report/own.py';
    expect([exitCode, steady(stderr)]).toEqual([
      0,
      "3.0 ['--month', '3']\nwatched report/report.py: ok, TIME, MEMORY\nfiles that it read: data.csv, own.py\n" +
        'ran again under this policy and passed\n' +
        `next: pungi run report/report.py --policy policy.json ${files} -- --month 3\n`,
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      allowedImports: ['csv', 'sys'],
      allowedBuiltins: ['float', 'open', 'print', 'sum'],
    });
    writeFileSync(at('policy.json'), stdout);
    const run = ['run', 'report/report.py', '-q', '--policy', 'policy.json', ...files.split(' ')];
    expect(await cli.run(run)).toEqual({ stdout: '3.0 []\n', stderr: '', exitCode: 0 });
    expect((await cli.run([...run, '--allowed-imports', 'csv'])).exitCode).toBe(3);
  });

  test('writes TOML to a file, and says in it what was refused', async () => {
    const { stdout, exitCode } = await cli.run(['learn', 'host.py', '--alone', '-o', 'host.toml']);
    expect([stdout, exitCode]).toEqual(['', 1]);
    expect(readFileSync(at('host.toml'), 'utf8')).toContain(
      'allowedBuiltins = ["open"]\ntimeoutSeconds = 2\nmemoryLimitMb = 64\n',
    );
    expect(readFileSync(at('host.toml'), 'utf8')).toContain(
      '# refused while it was learnt: readablePaths = ["/etc/hostname"]\n',
    );
  });

  test('a program that fails is shown with what it needs', async () => {
    const { stderr, exitCode } = await cli.run(['learn', 'host.py', '--alone', '--no-verify']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      'pungi: The program failed while it was watched (error): the policy holds only what it came to.\n' +
        "pungi: warning: Refused (line 1): Reading '/etc/hostname' is outside of what this run may read. " +
        'To let it: pungi learn --readable-paths /etc/hostname host.py\n',
    );
    const granted = await cli.run(['learn', 'host.py', '--alone', '--json', '--readable-paths', '/etc']);
    expect(JSON.parse(granted.stdout)).toMatchObject({
      policy: { readablePaths: ['/etc/hostname'] },
      needs: [],
      verification: { state: 'passed', rounds: 1 },
    });
  });

  test.each<[args: readonly string[], stderr: string, exitCode: number]>([
    [['broken.py', '-q'], "pungi: 'broken.py' is no Python that can be run: SyntaxError: ", 1],
    [['bytes.py', '-q'], "pungi: 'bytes.py' is no Python that can be run: ", 1],
    [
      ['slow.py', '--timeout', '0.3'],
      "pungi: Nothing was learnt from 'slow.py': Timeout: the run was ended after 0.3 s (timeoutSeconds).\n" +
        'hint: --timeout, --memory and the other limits give it more room.\n',
      124,
    ],
  ])('learn %j learns nothing', async (args, stderr, exitCode) => {
    const ended = await cli.run(['learn', ...args, '--alone']);
    expect([ended.stdout, ended.exitCode]).toEqual(['', exitCode]);
    expect(ended.stderr).toContain(stderr);
  });
});

test.each<[args: readonly string[], stderr: string]>([
  [[], "pungi: missing required argument 'SCRIPT'\nhint: `pungi learn --help` shows the options.\n"],
  [['missing.py'], "pungi: The program 'missing.py' cannot be read: there is no such file.\n"],
  [['empty'], "pungi: The program 'empty' cannot be read: it is a directory.\n"],
  [
    ['host.py', '-o', 'policy.txt'],
    "pungi: --output 'policy.txt' has a name that ends in neither .json nor .toml.\nhint: Name the file after what is in it: policy.json or policy.toml.\n",
  ],
  [['host.py', '--json', '--toml'], 'pungi: Both --toml and --json are given; allowed: one of them.\n'],
  [
    ['host.py', '--writable-paths', '.', '-o', 'policy.json'],
    "pungi: writablePaths: '.' holds 'policy.json', from which later runs read their policy.\nhint: Name a directory that holds only data, or move the file out of it.\n",
  ],
  [
    ['host.py', 'b'],
    "pungi: too many arguments for 'learn'. Expected 1 argument but got 2.\nhint: Arguments of the program go after --.\n",
  ],
])('learn %j is bad usage', async (args, stderr) => {
  expect(await cli.run(['learn', ...args])).toEqual({ stdout: '', stderr, exitCode: 2 });
});

test('a directory that is too large to copy is refused', async () => {
  expect(await cli.run(['learn', 'large/a.py'])).toEqual({
    stdout: '',
    stderr: `pungi: The directory of the program, '${at('large')}', is too large to copy; allowed: 2000 files and 256 MB.\nhint: --alone copies only the program, and --file NAME=PATH what it needs beside it.\n`,
    exitCode: 2,
  });
});
