import { readdirSync, readlinkSync } from 'node:fs';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { createLifetime } from '../../src/supervise/lifetime.js';
import { exceedsMemory, type MemoryWatch } from '../../src/supervise/sample-memory.js';

const FAR_MORE_BYTES = 2 ** 40;

const watched = (pid: number, memoryBytes: number): MemoryWatch => ({
  pid,
  memoryBytes,
  onSample: () => undefined,
});

/** Of other processes, in any state: a descriptor of a dead one stays as it is. */
function openStats(): string[] {
  return readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${name}`);
      return /^\/proc\/\d+\//.test(target) ? [target] : [];
    } catch {
      return [];
    }
  });
}

test('processes that were watched and have ended hold no descriptors', async () => {
  const children = Array.from({ length: 20 }, () => execa('sleep', ['0.15']));
  const lifetimes = children.map(createLifetime);
  const watches = children.map(({ pid = 0 }, index) =>
    exceedsMemory(watched(pid, FAR_MORE_BYTES), lifetimes[index] ?? createLifetime()),
  );
  await Promise.all(children);
  for (const lifetime of lifetimes) lifetime.end();
  expect(await Promise.all(watches)).toEqual(children.map(() => false));
  expect(openStats()).toEqual([]);
});

test('a process that holds more than it may is seen', async () => {
  const child = execa('sleep', ['10'], { reject: false });
  const lifetime = createLifetime();
  expect(await exceedsMemory(watched(child.pid ?? 0, 1), lifetime)).toBe(true);
  child.kill();
  await child;
});
