import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exit-codes.js';
import { type Actions, createProgram } from '../../src/cli/program.js';
import { buildCli } from './built-cli.js';

const cli = buildCli();

test('--version is that of the package', async () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  expect(await cli.run(['--version'])).toEqual({ stdout: `${manifest.version}\n`, stderr: '', exitCode: 0 });
});

test('--help is an answer on stdout', async () => {
  const { stdout, stderr, exitCode } = await cli.run(['--help']);
  expect(stdout).toMatch(/^Usage: pungi \[options\] \[command\]\n/);
  expect(stdout).toContain("$ pungi run -c 'sum(range(10))'");
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
});

test('no command at all is bad usage, told by the help on stderr', async () => {
  const { stdout, stderr, exitCode } = await cli.run([]);
  expect(stderr).toMatch(/^Usage: pungi /);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
});

test('no help is wider than a terminal of 80 columns', () => {
  const told: string[] = [];
  const never = (): never => {
    throw new Error('no command is carried out');
  };
  const actions = new Proxy<Actions>(Object.create(null), { get: () => never });
  const tell = (command: Command): void => {
    command.configureOutput({ writeOut: (text) => told.push(text), getOutHelpWidth: () => 80 });
    command.outputHelp();
    command.commands.forEach(tell);
  };
  tell(createProgram('1.0.0', actions));
  expect(told.join('')).toContain('\nUsage: pungi env create');
  expect(told.flatMap((text) => text.split('\n')).filter((line) => line.length > 80)).toEqual([]);
});

test('the help of run names every exit code', async () => {
  const { stdout } = await cli.run(['run', '--help']);
  for (const { code, meaning } of Object.values(EXIT_CODES)) {
    expect(stdout).toContain(`  ${String(code).padEnd(4)} ${meaning}\n`);
  }
});

// Examples that can run as they stand, so that nobody's first command fails.
test.each([
  ["'sum(range(10))'", '45\n'],
  ["'6 * 7'", '42\n'],
])('the example %s of the help', async (quoted, out) => {
  const help = (await cli.run(['--help'])).stdout + (await cli.run(['run', '--help'])).stdout;
  expect(help).toContain(`$ pungi run -c ${quoted}`);
  expect((await cli.run(['run', '-c', quoted.slice(1, -1)])).stdout).toBe(out);
});
