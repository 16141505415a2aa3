import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { createDeferred } from '../../src/supervise/deferred.js';
import { insist } from '../../src/supervise/insist.js';
import { processState } from '../../src/supervise/process-state.js';

const STOPPED = 'it or its zygote was stopped';

/** Why a tree of this shape is given up that was to answer in so long; `answered` when it is not before the answer. */
async function giveUpOf(
  command: string,
  mostMs: number,
  prepare: (pid: number) => Promise<void>,
): Promise<string> {
  const child = execa('sh', ['-c', command], { reject: false, detached: true });
  const pid = child.pid ?? 0;
  const late = createDeferred<string>();
  try {
    await prepare(pid);
    const timer = setTimeout(() => late.resolve('answered'), 4000);
    const why = await insist({ pid, giveUp: late.resolve }, mostMs, late.promise);
    clearTimeout(timer);
    return why;
  } finally {
    // The group: its children, too.
    if (pid > 1) process.kill(-pid, 'SIGKILL');
    await child;
  }
}

const is = (state: string) => async (pid: number) => {
  await expect.poll(() => processState(pid)).toBe(state);
};

async function stop(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await is('T')(pid);
}

describe.concurrent('a tree that', () => {
  test.each([
    ['sleeps is given up in time', 'sleep 60 & wait', 700, is('S'), 'it did not answer within 0.7 s'],
    ['sleeps is waited for so long', 'sleep 60 & wait', 60_000, is('S'), 'answered'],
    ['computes is waited for longer', 'while :; do :; done', 700, is('R'), 'answered'],
    ['was stopped is given up soon', 'sleep 60 & wait', 60_000, stop, STOPPED],
    ['has a child that was stopped, too', 'sh -c "kill -STOP \\$\\$" & wait', 60_000, is('S'), STOPPED],
  ])('%s', async (_, command, mostMs, prepare, expected) => {
    expect(await giveUpOf(command, mostMs, prepare)).toBe(expected);
  });
});

test('a tree that says something is waited for from then on', async () => {
  const answer = createDeferred<string>();
  const begun = performance.now();
  const heardAt = (): number => (performance.now() - begun < 1500 ? performance.now() : begun + 1500);
  const why = await insist({ pid: 1, giveUp: answer.resolve }, 700, answer.promise, heardAt);
  expect([why, performance.now() - begun > 2000]).toEqual(['it did not answer within 0.7 s', true]);
});
