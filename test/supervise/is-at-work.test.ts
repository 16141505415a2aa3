import { readFileSync } from 'node:fs';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { isAtWork } from '../../src/supervise/is-at-work.js';

const LOOP = ['-c', 'while :; do :; done'];

test.each<[string, string, string[], NodeJS.Signals | null, boolean]>([
  ['computes', 'sh', LOOP, null, true],
  ['sleeps', 'sleep', ['60'], null, false],
  ['was stopped while it computed', 'sh', LOOP, 'SIGSTOP', false],
])('a process that %s', async (_, command, args, signal, expected) => {
  const child = execa(command, args, { reject: false });
  const pid = child.pid ?? 0;
  try {
    await expect.poll(() => readFileSync(`/proc/${pid}/comm`, 'utf8')).toBe(`${command}\n`);
    if (signal !== null) child.kill(signal);
    await expect.poll(() => isAtWork(pid)).toBe(expected);
  } finally {
    child.kill('SIGKILL');
    await child;
  }
});

test('a process that is gone', async () => {
  const child = execa('true');
  await child;
  expect(await isAtWork(child.pid ?? 0)).toBe(false);
});
