import { readFileSync } from 'node:fs';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { isHeldUp, processState } from '../../src/supervise/process-state.js';

test.each<[string, string, string[], NodeJS.Signals | null, string, boolean]>([
  ['computes', 'sh', ['-c', 'while :; do :; done'], null, 'R', true],
  ['sleeps', 'sleep', ['60'], null, 'S', false],
  ['was stopped while it computed', 'sh', ['-c', 'while :; do :; done'], 'SIGSTOP', 'T', false],
])('a supervisor that %s', async (_, command, args, signal, state, expected) => {
  const child = execa(command, args, { reject: false });
  const pid = child.pid ?? 0;
  try {
    await expect.poll(() => readFileSync(`/proc/${pid}/comm`, 'utf8')).toBe(`${command}\n`);
    if (signal !== null) child.kill(signal);
    await expect.poll(() => processState(pid)).toBe(state);
    expect(await isHeldUp(pid, null)).toBe(expected);
    // A worker that sleeps holds nobody up.
    expect(await isHeldUp(pid, process.ppid)).toBe(expected);
  } finally {
    child.kill('SIGKILL');
    await child;
  }
});

test('a process that is gone', async () => {
  const child = execa('true');
  await child;
  expect([await processState(child.pid ?? 0), await isHeldUp(child.pid ?? 0, null)]).toEqual(['', false]);
});
