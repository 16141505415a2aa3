import { execa } from 'execa';
import { expect, test } from 'vitest';
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
async function onTerminal(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const program = 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)';
  const command = ['-c', program, 'node', cli.main, ...args];
  const { stdout } = await execa('python3', command, {
    cwd: cli.directory,
    stdin: 'ignore',
    reject: false,
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
