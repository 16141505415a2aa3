import { execa } from 'execa';
import { expect, test } from 'vitest';
import { childrenOf } from '../engines/warm/processes.js';
import { buildCli } from './built-cli.js';

const cli = buildCli();

const LOOP = 'print("ready", flush=True)\nwhile True: pass';

/** Slow enough to stay below the output limit until the reader is gone. */
const FLOOD = 'import time\nwhile True:\n    print("x" * 1000, flush=True)\n    time.sleep(0.01)';

function start(args: readonly string[], stdin: 'ignore' | 'pipe') {
  return execa('node', [cli.main, ...args], { cwd: cli.directory, reject: false, stdin, buffer: true });
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s ends the run at once', async (signal, exitCode) => {
  const child = start(['run', '-t', '30', '-c', LOOP], 'ignore');
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const asked = performance.now();
  child.kill(signal);
  const ended = await child;
  expect({ code: ended.exitCode, stdout: ended.stdout, stderr: ended.stderr }).toEqual({
    code: exitCode,
    stdout: 'ready',
    stderr: '',
  });
  expect(performance.now() - asked).toBeLessThan(10_000);
});

test('a cancelled run is still told by --json', async () => {
  const child = start(['run', '--json', '-c', 'while True: pass'], 'ignore');
  // Python is there: the command listens for signals from before that.
  await expect.poll(() => childrenOf(child.pid ?? 0).length, { timeout: 20_000 }).toBeGreaterThan(0);
  child.kill('SIGINT');
  const { stdout, exitCode } = await child;
  expect([JSON.parse(stdout).status, exitCode]).toEqual(['cancelled', 130]);
});

test('standard input that never ends is told, and Ctrl-C ends the waiting', async () => {
  const child = start(['run', '-c', 'input()'], 'pipe');
  const told = await new Promise<string>((resolve) =>
    child.stderr.once('data', (text) => resolve(String(text))),
  );
  expect(told).toBe('reading standard input to its end; --no-stdin or </dev/null leaves it out\n');
  child.kill('SIGINT');
  expect((await child).exitCode).toBe(130);
});

test('a pipe that nobody closes does not hold up a program that does not read', async () => {
  const { stdout, exitCode } = await start(['run', '-c', '6 * 7'], 'pipe');
  expect({ stdout, exitCode }).toEqual({ stdout: '42', exitCode: 0 });
});

test('output goes on as it comes', async () => {
  const child = start(['run', '-c', `${LOOP.replace('pass', 'input()')}`, '-t', '30'], 'ignore');
  const first = await new Promise((resolve) => child.stdout.once('data', (text) => resolve(String(text))));
  expect(first).toBe('ready\n');
  child.kill('SIGINT');
  await child;
});

test('a reader that goes away ends the run without a word', async () => {
  const script = `node "$1" run -t 30 -c "$2" | head -c 3; echo " $\{PIPESTATUS[0]}"`;
  const { stdout, stderr } = await execa('bash', ['-c', script, 'bash', cli.main, FLOOD], {
    cwd: cli.directory,
    stdin: 'ignore',
  });
  expect({ stdout, stderr }).toEqual({ stdout: 'xxx 141', stderr: '' });
});
