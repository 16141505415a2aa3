import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { orderLandlock } from '../../src/plan/landlock.js';
import { FS } from '../../src/plan/landlock-rights.js';
import type { LandlockOrders } from '../../src/plan/plan.js';
import type { ResolvedPolicy } from '../../src/policy/resolved-policy.js';
import { facts, policy } from './samples.js';

const orders = (landlockAbi: number, changes: Partial<ResolvedPolicy> = {}): LandlockOrders =>
  orderLandlock(
    policy(changes),
    [
      { path: '/usr/lib', access: 'read' },
      { path: '/data', access: 'write' },
    ],
    facts({ landlockAbi }),
  );

const allowed = (landlock: LandlockOrders, path: string): number | undefined =>
  landlock.rules.find((rule) => rule.path === path)?.allowed;

describe('masks of each ABI', () => {
  test.each([
    [1, 0x1fff, 0, 0, 1],
    [2, 0x3fff, 0, 0, 2],
    [3, 0x7fff, 0, 0, 3],
    [4, 0x7fff, 3, 0, 4],
    [5, 0xffff, 3, 0, 5],
    [6, 0xffff, 3, 3, 6],
    [7, 0xffff, 3, 3, 7],
    [9, 0xffff, 3, 3, 7],
  ])('ABI %i', (offered, handledFs, handledNet, scoped, abi) => {
    expect(orders(offered)).toMatchObject({ abi, handledFs, handledNet, scoped });
  });

  test.each([1, 2, 3, 4, 5, 6, 7])('no rule of ABI %i allows a right that is not handled', (abi) => {
    const { handledFs, rules } = orders(abi, { allowSubprocess: true });
    expect(rules.filter((rule) => (rule.allowed & ~handledFs) !== 0)).toEqual([]);
  });
});

describe('rules', () => {
  test('reading is reading files and directories', () => {
    expect(allowed(orders(7), '/usr/lib')).toBe(FS.READ_FILE | FS.READ_DIR);
  });

  test('writing is all but device nodes, device control and executing', () => {
    const expected = 0xffff & ~(FS.MAKE_CHAR | FS.MAKE_BLOCK | FS.IOCTL_DEV | FS.EXECUTE);
    expect(allowed(orders(7), '/data')).toBe(expected);
    expect(allowed(orders(7), '$workdir')).toBe(expected);
  });

  test.each(['/usr/lib', '/data', '$workdir'])('%s holds programs only with allowSubprocess', (path) => {
    expect((allowed(orders(7), path) ?? 0) & FS.EXECUTE).toBe(0);
    expect((allowed(orders(7, { allowSubprocess: true }), path) ?? 0) & FS.EXECUTE).toBe(FS.EXECUTE);
  });

  test('devices are read and written', () => {
    expect(allowed(orders(7), '/dev/null')).toBe(FS.READ_FILE | FS.WRITE_FILE);
  });

  test('with network TCP is not handled; signals and abstract sockets still are', () => {
    expect(orders(7, { allowNetwork: true })).toMatchObject({ handledNet: 0, scoped: 3 });
  });
});

const HEADER = '/usr/include/linux/landlock.h';

test.skipIf(!existsSync(HEADER))(`the rights are those of ${HEADER}`, () => {
  const header = readFileSync(HEADER, 'utf8');
  const seen = [...header.matchAll(/#define LANDLOCK_ACCESS_FS_(\w+)\s+\(1ULL << (\d+)\)/g)];
  expect(seen.length).toBeGreaterThanOrEqual(13);
  for (const [, name, bit] of seen) {
    expect(new Map(Object.entries(FS)).get(name ?? '')).toBe(1 << Number(bit));
  }
});
