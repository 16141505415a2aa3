import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  LIMIT_KEYS,
  LIMIT_RULES,
  type LimitKey,
  type Limits,
  limitsAsPolicy,
  narrowLimits,
} from '../../src/learn/narrow-limits.js';

const NOTHING: Limits = {
  timeoutSeconds: 0,
  cpuSeconds: 0,
  memoryLimitMb: 0,
  maxProcesses: 1,
  maxOpenFiles: 3,
  diskLimitMb: 0,
  maxOutputKb: 0,
  maxResultKb: 0,
};
const MOST: Limits = {
  timeoutSeconds: 60,
  cpuSeconds: 240,
  memoryLimitMb: 2048,
  maxProcesses: 256,
  maxOpenFiles: 1024,
  diskLimitMb: 512,
  maxOutputKb: 8192,
  maxResultKb: 8192,
};

test.each<[key: LimitKey, used: number, limit: number]>([
  ['timeoutSeconds', 0.01, 2],
  ['timeoutSeconds', 0.6, 5],
  ['timeoutSeconds', 2.5, 10],
  ['timeoutSeconds', 2.6, 20],
  ['timeoutSeconds', 30, 60],
  ['cpuSeconds', 12, 50],
  ['memoryLimitMb', 10, 64],
  ['memoryLimitMb', 43, 128],
  ['memoryLimitMb', 1900, 2048],
  ['maxProcesses', 1, 2],
  ['maxProcesses', 31, 64],
  ['maxOpenFiles', 5, 64],
  ['maxOpenFiles', 103, 256],
  ['diskLimitMb', 0.01, 1],
  ['diskLimitMb', 20.5, 64],
  ['maxOutputKb', 300, 1024],
  ['maxResultKb', 48.9, 128],
])('%s of %d becomes %d', (key, used, limit) => {
  expect(narrowLimits({ ...NOTHING, [key]: used }, MOST)[key]).toBe(limit);
});

test('docs/learn.md has the rule of each limit', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/learn.md'), 'utf8');
  for (const key of LIMIT_KEYS) {
    const { factor, least, round } = LIMIT_RULES[key];
    const words = round === 'binary' ? 'a power of two' : '1, 2, 5, 10, 20, 50, ...';
    const row = text
      .split('\n')
      .find(
        (line) =>
          line.startsWith('|') &&
          line.endsWith(`| ${factor} | ${least} | ${words} |`) &&
          line.includes(`\`${key}\``),
      );
    expect([key, row === undefined]).toEqual([key, false]);
  }
});

test('processor time is said only where it is not that of the clock', () => {
  const limits = narrowLimits(NOTHING, MOST);
  expect(limitsAsPolicy(limits)).not.toHaveProperty('cpuSeconds');
  expect(limitsAsPolicy({ ...limits, cpuSeconds: 5 })).toHaveProperty('cpuSeconds', 5);
});
