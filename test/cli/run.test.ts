import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readsStdin } from '../../src/cli/reads-stdin.js';
import { buildCli } from './built-cli.js';

const cli = buildCli();

const JSON_STATUS = (stdout: string): unknown => JSON.parse(stdout).status;

test.each([
  ['the last expression', '6 * 7', '42\n'],
  ['the variable result', "result = 'x'\n1", "'x'\n"],
  ['nothing for None', 'print(1)', '1\n'],
  ['a line of its own for the result', "print('a', end='')\n1", 'a\n1\n'],
  ['what cannot travel, as its repr', 'type(1)', "<class 'int'>\n"],
])('-c shows %s', async (_, code, stdout) => {
  const ended = await cli.run(['run', '-c', code]);
  expect({ stdout: ended.stdout, exitCode: ended.exitCode }).toEqual({ stdout, exitCode: 0 });
});

test('a file runs under its own name, with what follows -- as its arguments', async () => {
  const code = 'import sys\nprint(sys.argv, __name__)\n1 / 0\n';
  writeFileSync(join(cli.directory, 'program.py'), code);
  expect(await cli.run(['run', 'program.py', '--', '-x', '--json', '--', 'y'])).toEqual({
    stdout: "['program.py', '-x', '--json', '--', 'y'] __main__\n",
    stderr: expect.stringMatching(
      /^Traceback \(most recent call last\):\n {2}File "program\.py", line 3, in <module>\n(?:.|\n)*ZeroDivisionError: division by zero\n$/,
    ),
    exitCode: 1,
  });
});

test.each([['-'], []])('code is read from standard input (%s)', async (...file) => {
  expect(await cli.run(['run', ...file], { input: "print('ü')\ninput_data" })).toEqual({
    stdout: 'ü\n{}\n',
    stderr: '',
    exitCode: 0,
  });
});

test('standard input goes to the code of -c and of a file, and --no-stdin keeps it', async () => {
  const code = 'import sys\nprint(repr(sys.stdin.read()))';
  writeFileSync(join(cli.directory, 'reads.py'), code);
  const input = 'one\ntwo';
  expect((await cli.run(['run', '-c', code], { input })).stdout).toBe("'one\\ntwo'\n");
  expect((await cli.run(['run', 'reads.py'], { input })).stdout).toBe("'one\\ntwo'\n");
  expect((await cli.run(['run', '--no-stdin', 'reads.py'], { input })).stdout).toBe("''\n");
  // Nothing in this text speaks of it.
  const hidden = 'import sys\nprint(repr(getattr(sys, "std" + "in").read()))';
  expect((await cli.run(['run', '-c', hidden], { input })).stdout).toBe("''\n");
  expect((await cli.run(['run', '--stdin', '-c', hidden], { input })).stdout).toBe("'one\\ntwo'\n");
});

test.each([
  ['input()', true],
  ['import fileinput', true],
  ['open(0).read()', true],
  ['os.read( 0, 5)', true],
  ["input_data['x']", false],
  ['print(1)', false],
])('%s speaks of standard input: %s', (code, expected) => {
  expect(readsStdin({ kind: 'code', code, stdin: 'free' })).toBe(expected);
  expect(readsStdin({ kind: 'file', name: 'x.py', content: Buffer.from(code) })).toBe(expected);
});

test('--input takes JSON or a file of JSON, long integers kept', async () => {
  writeFileSync(join(cli.directory, 'input.json'), '\uFEFF{"x": [1, null, "ü", true]}');
  const code = "input_data['x']";
  expect((await cli.run(['run', '-c', code, '--input', '{"x": 9007199254740993}'])).stdout).toBe(
    '9007199254740993\n',
  );
  expect((await cli.run(['run', '-c', code, '-i', '@input.json'])).stdout).toBe("[1, None, 'ü', True]\n");
});

test('--policy is a file, and an option wins over it', async () => {
  writeFileSync(join(cli.directory, 'policy.json'), '{"timeoutSeconds": 60, "blockedImports": ["math"]}');
  const blocked = await cli.run(['run', '-p', 'policy.json', '-c', 'import math', '--json']);
  expect([JSON_STATUS(blocked.stdout), blocked.exitCode]).toEqual(['blocked', 3]);
  const late = await cli.run(['run', '-p', 'policy.json', '-t', '0.3', '-c', 'while True: pass']);
  expect(late).toEqual({
    stdout: '',
    stderr:
      'pungi: timeout: the run was ended after 0.3 s (timeoutSeconds)\n' +
      'hint: Raise timeoutSeconds, or do less work in one run.\n',
    exitCode: 124,
  });
});

test.each([['64m'], ['64'], ['64mb']])('--memory %s', async (size) => {
  const ended = await cli.run(['run', '-m', size, '-c', 'x = bytearray(90_000_000)']);
  expect(ended.stderr).toMatch(/MemoryError\nhint: Raise memoryLimitMb \(now 64 MB\), or [^\n]*\n$/);
  expect(ended.exitCode).toBe(137);
  expect((await cli.run(['run', '-m', '256m', '-c', 'x = bytearray(90_000_000)'])).exitCode).toBe(0);
});

test.each([['process'], ['kernel']])('--isolation exactly:%s', async (level) => {
  const ended = await cli.run(['run', '--isolation', `exactly:${level}`, '-c', '1', '--json']);
  // A machine without the layers says so; with them the level is this one and no other.
  if (ended.exitCode === 70) expect(ended.stderr).toMatch(/^pungi: This machine cannot give isolation/);
  else expect(JSON.parse(ended.stdout).isolation.level).toBe(level);
});

test('--file puts files in and --output saves those that came out', async () => {
  writeFileSync(join(cli.directory, 'a.csv'), '1,2');
  writeFileSync(join(cli.directory, 'lib.py'), 'def twice(x): return 2 * x');
  const code = 'from pkg.lib import twice\nopen("made/b.csv", "w").write(twice(open("a.csv").read()))';
  const files = ['--file', 'a.csv=a.csv', '-f', 'pkg/lib.py=lib.py', '-f', 'made/old=a.csv'];
  expect(await cli.run(['run', ...files, '--output', 'out/deep', '-c', code])).toEqual({
    stdout: '6\n',
    stderr: 'files saved in out/deep: made/b.csv (6 bytes)\n',
    exitCode: 0,
  });
  expect(readFileSync(join(cli.directory, 'out/deep/made/b.csv'), 'utf8')).toBe('1,21,2');
});

test('files that came out without --output are named', async () => {
  expect((await cli.run(['run', '-c', 'x = open("b", "w").write("1")'])).stderr).toBe(
    'files not kept, --output DIRECTORY keeps them: b (1 byte)\n',
  );
});

test('--quiet leaves what the program prints, and errors', async () => {
  expect(await cli.run(['run', '-q', '-c', 'open("b", "w")\nprint(1)\n2'])).toEqual({
    stdout: '1\n',
    stderr: '',
    exitCode: 0,
  });
  expect(await cli.run(['run', '-q', '-t', '0.2', '-c', 'while True: pass'])).toEqual({
    stdout: '',
    stderr: 'pungi: timeout: the run was ended after 0.2 s (timeoutSeconds)\n',
    exitCode: 124,
  });
});

test('--json prints one object and nothing else', async () => {
  const code = 'import sys\nprint("out")\nprint("err", file=sys.stderr)\nopen("f", "w").write("x")\n1 / 0';
  const { stdout, stderr, exitCode } = await cli.run(['run', '--json', '-c', code]);
  expect({ stderr, exitCode, lines: stdout.split('\n').length }).toEqual({
    stderr: '',
    exitCode: 1,
    lines: 2,
  });
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    status: 'error',
    stdout: 'out\n',
    stderr: expect.stringContaining('err\n'),
    error: { type: 'ZeroDivisionError', line: 5 },
    files: { f: { base64: 'eA==' } },
  });
});

test('--python is the interpreter of the run', async () => {
  const code = 'import sys\nsys.version_info[0]';
  expect((await cli.run(['run', '--python', '/usr/bin/python3', '-c', code])).stdout).toBe('3\n');
  const missing = await cli.run(['run', '--python', './no-such', '-c', code]);
  expect(missing.stderr).toMatch(
    /^pungi: The pythonExecutable cannot be used\. Tried [^\n]*no-such[^\n]*\nhint: /,
  );
  expect([missing.stdout, missing.exitCode]).toEqual(['', 70]);
});

test.each([
  ['sys.exit', 'import sys\nsys.exit(7)', 7],
  ['a message', 'import sys\nsys.exit("no")', 1],
  ['an abrupt end with 0', 'import os\nos._exit(0)', 1],
  ['an abrupt end', 'import os\nos._exit(9)', 9],
  ['a signal', 'import ctypes\nctypes.string_at(1)', 139],
  ['a blocked import', 'import subprocess', 3],
  ['a flood', 'while True: print("x" * 100000)', 141],
  ['CPU time', 'while True: pass', 152],
])('exit code of %s', async (name, code, exitCode) => {
  const open = name === 'a blocked import' ? {} : { blockedImports: [] };
  const policy = { timeoutSeconds: 30, cpuSeconds: 1, ...open };
  writeFileSync(join(cli.directory, 'exit.json'), JSON.stringify(policy));
  expect((await cli.run(['run', '-p', 'exit.json', '-c', code, '--json'])).exitCode).toBe(exitCode);
});

test('a directory as the place of --output that is a file is refused', async () => {
  mkdirSync(join(cli.directory, 'd'), { recursive: true });
  writeFileSync(join(cli.directory, 'd/file'), '');
  const ended = await cli.run(['run', '-c', '1', '-o', 'd/file']);
  expect(ended.stderr).toMatch(/^pungi: --output: 'd\/file' cannot be made: [^\n]*\n$/);
  expect(ended.exitCode).toBe(2);
});
