import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { buildCli } from '../built-cli.js';

const cli = buildCli();

const repl = (script: string, ...args: string[]): ReturnType<typeof cli.run> =>
  cli.run(['repl', '--preset', 'agent', ...args], { input: script });

describe('a script on standard input', () => {
  test('entries share their variables, blocks end with an empty line', async () => {
    const { stdout, stderr, exitCode } = await repl('x = 6\nfor i in range(2):\n    print(i)\n\nx * 7\n');
    expect([stdout, stderr, exitCode]).toEqual(['0\n1\n42\n', '', 0]);
  });

  test('an error is shown and the next entry runs; the exit code is that of the last', async () => {
    const { stdout, stderr, exitCode } = await repl('1 / 0\nprint("still")\n');
    expect([stdout, exitCode]).toEqual(['still\n', 0]);
    expect(stderr).toContain('ZeroDivisionError: division by zero');
    expect((await repl('print("first")\n1 / 0\n')).exitCode).toBe(1);
  });

  test('%fork and %restore, %vars, %files, %reset', async () => {
    const script =
      'x = 1\n%fork a\nx = 2\n%restore a\nx\nopen("f.txt", "w").write("hi") and None\n%files\n%vars\n%reset\n%vars\nquit()\n3\n';
    const { stdout, stderr } = await repl(script);
    expect(stdout).toBe(
      '1\n   2 bytes  f.txt\nx  int  1\n'.replace('x  int  1', 'input_data  dict  {}\nx           int   1'),
    );
    expect(stderr).toContain("kept as 'a'; %restore a goes back to it\n");
    expect(stderr).toContain('no variables yet');
  });

  test.each([
    [
      '%nope',
      "pungi: unknown command '%nope'; known: %vars, %files, %fork, %restore, %reset, %help, %quit.\n",
    ],
    ['%restore b', "pungi: no copy is kept as 'b'; kept: none. %fork keeps one.\n"],
  ])('%s is one clear line', async (line, stderr) => {
    expect((await repl(`${line}\n`)).stderr).toBe(stderr);
  });

  test('a session that has ended says so, and can be had anew', async () => {
    const { stdout, stderr } = await repl('import os\nos._exit(3)\n1\n%reset\n2\n');
    expect(stdout).toBe('2\n');
    expect(stderr).toContain('pungi: the session has ended; %reset goes on with an empty one\n');
    expect(stderr).toContain('hint: %reset goes on with an empty session\n');
  });

  test('--json gives one object for each entry, and for what was asked of the session', async () => {
    const { stdout, stderr, exitCode } = await repl('print("a"); x = 7\nx\n%vars\n%files\n1 / 0\n', '--json');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { ok: true, stdout: 'a\n' },
      { result: 7 },
      { variables: [{ name: 'input_data' }, { name: 'x', type: 'int', repr: '7' }] },
      { files: [] },
      { status: 'error', error: { type: 'ZeroDivisionError', line: 1 } },
    ]);
    expect([stderr, exitCode]).toEqual(['', 1]);
  });

  test('nothing on standard input is no entry', async () => {
    expect(await repl('')).toEqual({ stdout: '', stderr: '', exitCode: 0 });
  });
});

test('at a terminal Ctrl-C interrupts a step and keeps what was defined; the history is kept', async () => {
  const home = join(cli.directory, 'home');
  mkdirSync(home);
  const driver = `
import os, pty, select, sys, time
pid, terminal = pty.fork()
if pid == 0:
    os.execvp('node', ['node', ${JSON.stringify(cli.main)}, 'repl', '--preset', 'agent', '--timeout', '60'])
seen = ''
def until(text, seconds=60):
    global seen
    end = time.monotonic() + seconds
    while text not in seen:
        if time.monotonic() > end: sys.exit('never saw ' + repr(text) + ' in ' + repr(seen))
        if select.select([terminal], [], [], 0.1)[0]:
            try: seen += os.read(terminal, 65536).decode()
            except OSError: return
    seen = seen.split(text, 1)[1]
def say(text): os.write(terminal, text.encode())
until('>>> ')
say('n = 0\\r'); until('>>> ')
say('while True: n += 1\\r'); time.sleep(0.1); say('\\r'); time.sleep(1)
say('\\x03'); until('KeyboardInterrupt')
until('>>> ')
say('n > 0\\r'); until('True'); until('>>> ')
say('half\\x03'); until('>>> ')
say('6 * 7\\r'); until('42')
say('\\x04')
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
`;
  const ended = await execa('python3', ['-c', driver], {
    cwd: cli.directory,
    reject: false,
    env: { HOME: home, XDG_STATE_HOME: '', TERM: 'xterm', NO_COLOR: '1' },
  });
  expect([ended.exitCode, ended.stderr]).toEqual([0, '']);
  const history = readFileSync(join(home, '.local/state/pungi/repl-history'), 'utf8');
  expect(history.split('\n').filter((line) => line !== '')).toEqual([
    'n = 0',
    'while True: n += 1',
    'n > 0',
    '6 * 7',
  ]);
}, 90_000);
