import { readFileSync } from 'node:fs';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { isAbandoned, ownerPrefix } from '../../src/spawn/owner.js';

const [, own = '', start = '', space = ''] = /^pungi-(\d+)-(\d+)-([0-9a-f]{8})$/.exec(ownerPrefix()) ?? [];

test('the prefix names this process and when it began', () => {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  expect({ own, start }).toEqual({ own: String(process.pid), start: fields[19] });
  expect(ownerPrefix()).toBe(ownerPrefix());
});

test.each([
  ['ours', `${ownerPrefix()}-abcdef`],
  ['another thing of pungi', 'pungi-suite-abcdef'],
  ['one without space', `pungi-${own}-abcdef`],
  ['a number that is taken, of another boot or namespace', `pungi-999999999-1-00000000-abcdef`],
  ['a path', `pungi-999999999-1-${space}-../..`],
])('%s is not abandoned', (_what, name) => {
  expect(isAbandoned(name)).toBe(false);
});

test('a number that nobody has is abandoned', () => {
  expect(isAbandoned(`pungi-999999999-1-${space}-abcdef`)).toBe(true);
});

test('a number that another process has by now is abandoned', () => {
  expect(isAbandoned(`pungi-1-${start}-${space}-abcdef`)).toBe(true);
});

test('where no start could be told, the number alone counts', () => {
  expect(isAbandoned(`pungi-1-0-${space}-abcdef`)).toBe(false);
});

describe('another process', () => {
  const PROGRAM = "process.stdout.write(require('fs').readFileSync('/proc/self/stat', 'utf8'))";

  test('owns what it made while it lives, and not after', async () => {
    const child = execa('node', ['--eval', `${PROGRAM}; setInterval(() => {}, 1000)`], { reject: false });
    try {
      const stat = await new Promise<string>((resolve) => {
        child.stdout.once('data', (data: Buffer) => resolve(data.toString()));
      });
      const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      const name = `pungi-${child.pid}-${ticks}-${space}-abcdef`;
      expect(isAbandoned(name)).toBe(false);
      child.kill('SIGKILL');
      await child;
      expect(isAbandoned(name)).toBe(true);
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('that is dead and not yet reaped owns nothing', async () => {
    // Its child dies when exec has made the shell a sleep, which knows of no child and waits for none.
    const child = execa('sh', ['-c', 'sleep 1 & echo $!; exec sleep 20'], { reject: false });
    try {
      const pid = await new Promise<string>((resolve) => {
        child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
      });
      await expect
        .poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '')[0], { timeout: 10_000 })
        .toBe('Z');
      expect(isAbandoned(`pungi-${pid}-0-${space}-abcdef`)).toBe(true);
    } finally {
      child.kill('SIGKILL');
      await child;
    }
  });
});
