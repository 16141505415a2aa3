import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { createTerminalFilter, visible } from '../../src/cli/terminal-text.js';
import { buildCli } from './built-cli.js';

const cli = buildCli();

const ESC = '\u001b';

test.each([
  ['plain text with a tab\tand lines\r\n', 'plain text with a tab\tand lines\r\n'],
  [`${ESC}[1;31mred${ESC}[0m ${ESC}[38:2::1:2:3mx`, `${ESC}[1;31mred${ESC}[0m ${ESC}[38:2::1:2:3mx`],
  [`${ESC}]0;title\u0007`, '^[]0;title^G'],
  [`${ESC}]52;c;aGk=${ESC}\\`, '^[]52;c;aGk=^[\\'],
  [`${ESC}[2J${ESC}[6n`, '^[[2J^[[6n'],
  ['\u009b31m', '\\x9b31m'],
])('on a terminal %j reads %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('a sequence that is cut between two pieces is judged whole', () => {
  const filter = createTerminalFilter();
  const pieces = [`a${ESC}`, '[3', '1mb', `${ESC}`, ']0;x'].map((piece) => filter.push(piece));
  expect(pieces).toEqual(['a', '', `${ESC}[31mb`, '', '^[]0;x']);
  expect([filter.push(`c${ESC}[3`), filter.flush(), filter.flush()]).toEqual(['c', '^[[3', '']);
});

/** Runs the command on a terminal of its own, made by Python's pty. */
async function onTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  through: readonly string[] = [],
): Promise<string> {
  const program = 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)';
  const command = ['-c', program, ...through, 'node', cli.main, ...args];
  const { stdout } = await execa('python3', command, {
    cwd: cli.directory,
    stdin: 'ignore',
    reject: false,
    stripFinalNewline: false,
    env: { TERM: 'xterm', NO_COLOR: '', ...env },
  });
  return stdout.replaceAll('\r\n', '\n');
}

test('colour is for terminals, and NO_COLOR takes it away', async () => {
  const late = ['run', '--no-stdin', '-t', '0.2', '-c', 'while True: pass'];
  expect(await onTerminal(late, {})).toContain(`${ESC}[31mpungi:${ESC}[39m timeout: `);
  expect(await onTerminal(late, { NO_COLOR: '1' })).toMatch(/^pungi: timeout: /m);
  expect(await onTerminal(late, { NO_COLOR: '1' })).not.toContain(ESC);
  expect((await cli.run(late)).stderr).not.toContain(ESC);
});

test('a hostile title is shown as text on a terminal and passed on elsewhere', async () => {
  const code = ['run', '--no-stdin', '-c', String.raw`print("\033]0;owned\007")`];
  expect(await onTerminal(code, {})).toContain('^[]0;owned^G');
  expect((await cli.run(code)).stdout).toBe(`${ESC}]0;owned\u0007\n`);
});

test('no code on a terminal is asked for', async () => {
  expect(await onTerminal(['run'], { NO_COLOR: '1' })).toContain('pungi: There is no code to run.');
});

/** What stands on the terminal in the end: a carriage return leads back to the start of its line. */
function inTheEnd(written: string): string {
  const lines = written.split('\n').map((line) => {
    const shown = line.split('\r').reduce((under, over) => over + under.slice(over.length));
    return shown.trimEnd();
  });
  return lines.join('\n');
}

const STATUS = /\d\.\d of 30 s(?:, \d+ of 256 MB)?/g;
const run = (code: string, ...more: readonly string[]): string[] => [
  ...['run', '--no-stdin', '-t', '30', '-c', code],
  ...more,
];
const SLOW = "import time\nprint('one')\ntime.sleep(1.5)\nprint('two')\n6 * 7";

describe.concurrent('the line with elapsed time and memory', () => {
  test.each<[title: string, args: readonly string[], end: string]>([
    ['run', run(SLOW), 'one\ntwo\n42\n'],
    [
      'a run that is killed',
      ['run', '--no-stdin', '-t', '1.5', '-c', 'while True: pass'],
      'pungi: timeout: ',
    ],
  ])('of %s stands below what is printed and leaves no trace', async (_title, args, end) => {
    const written = await onTerminal(args, { NO_COLOR: '1' });
    expect(written).toMatch(/\d\.\d of [\d.]+ s, \d+ of 256 MB/);
    expect(written).not.toContain(ESC);
    expect(inTheEnd(written)).toContain(end);
    expect(inTheEnd(written)).not.toMatch(/ of [\d.]+ s/);
  });

  test('is dim where colours are', async () => {
    expect(await onTerminal(run(SLOW))).toContain(`${ESC}[2m`);
  });

  const midLine = "import time\nprint('one', end='', flush=True)\ntime.sleep(1.5)\nprint(' two')";

  test.each<[title: string, args: readonly string[], env: Readonly<Record<string, string>>, end: string]>([
    ['with --quiet', run(SLOW, '--quiet'), {}, 'one\ntwo\n'],
    ['on a terminal that can do nothing', run(SLOW), { TERM: 'dumb' }, 'one\ntwo\n42\n'],
  ])('is not there %s', async (_title, args, env, end) => {
    const written = await onTerminal(args, env);
    expect(written.match(STATUS)).toBeNull();
    expect(written).toBe(end);
  });

  test('is gone while the program is in the middle of a line', async () => {
    const written = await onTerminal(run(midLine), { NO_COLOR: '1' });
    expect(written).toContain('one two\n');
    expect(inTheEnd(written)).toBe('one two\n');
  });

  test('is not there for --json and where standard output goes through a pipe', async () => {
    expect((await onTerminal(run(SLOW, '--json'))).match(STATUS)).toBeNull();
    const piped = 'import subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)';
    expect((await onTerminal(run(SLOW), {}, ['python3', '-c', piped])).match(STATUS)).toBeNull();
  });

  test('is there for learn, whose policy goes to a file', async () => {
    writeFileSync(join(cli.directory, 'slow.py'), SLOW);
    const written = await onTerminal(['learn', 'slow.py', '-o', 'learnt.json', '--alone'], { NO_COLOR: '1' });
    expect(written).toMatch(/\d\.\d of 60 s, \d+ of 2 GB/);
    expect(inTheEnd(written)).not.toMatch(/ of 60 s/);
  });
});
