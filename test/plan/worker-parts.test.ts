import { describe, expect, test } from 'vitest';
import type { HostFacts } from '../../src/host/host-facts.js';
import { orderCgroup } from '../../src/plan/cgroup.js';
import { orderEnvironment } from '../../src/plan/environment.js';
import { orderIds } from '../../src/plan/ids.js';
import { kernelAtLeast } from '../../src/plan/kernel-release.js';
import { orderRlimits } from '../../src/plan/rlimits.js';
import { orderWorkdir } from '../../src/plan/workdir.js';
import type { IsolationLevel } from '../../src/policy/isolation-level.js';
import { facts, MEBIBYTE, policy, root } from './samples.js';

const locked = { ...facts().python, readableByOthers: false };

describe('ids', () => {
  const own = {
    writer: 'self',
    uid: [{ inside: 1000, outside: 1234 }],
    gid: [{ inside: 1000, outside: 1235 }],
  };
  const two = [
    { inside: 0, outside: 0 },
    { inside: 1000, outside: 65534 },
  ];
  const nobody = { uid: 65534, gid: 65534 };

  test.each<[string, IsolationLevel, Partial<HostFacts>, unknown]>([
    ['a user', 'full', {}, { idMap: own, worker: null }],
    [
      'root',
      'full',
      { identity: root },
      { idMap: { writer: 'parent', uid: two, gid: two }, worker: { uid: 1000, gid: 1000 } },
    ],
    ['a user', 'kernel', {}, { idMap: null, worker: null }],
    ['root', 'kernel', { identity: root }, { idMap: null, worker: nobody }],
    [
      'root with a Python in /root',
      'kernel',
      { identity: root, python: locked },
      { idMap: null, worker: null },
    ],
    [
      'root without capabilities',
      'kernel',
      { identity: { ...root, maySwitchIds: false } },
      { idMap: null, worker: null },
    ],
    ['root', 'process', { identity: root }, { idMap: null, worker: null }],
  ])('%s at level %s', (_who, level, changes, expected) => {
    expect(orderIds(level, facts(changes))).toEqual(expected);
  });
});

describe('rlimits', () => {
  const limits = (
    level: IsolationLevel,
    changes: Partial<HostFacts> = {},
  ): Map<string, readonly number[]> => {
    const host = facts(changes);
    const orders = orderRlimits(
      policy({
        memoryBytes: 256 * MEBIBYTE,
        maxProcesses: 4,
        cpuSeconds: 3,
        maxOpenFiles: 99,
        diskBytes: 77,
      }),
      orderIds(level, host),
      host,
      null,
    );
    return new Map(orders.map(({ name, soft, hard }) => [name, [soft, hard]]));
  };

  test('every limit of the policy has its own', () => {
    const address = (256 + 1024 + 4 * 16) * MEBIBYTE;
    expect(Object.fromEntries(limits('full'))).toEqual({
      DATA: [256 * MEBIBYTE, 256 * MEBIBYTE],
      AS: [address, address],
      CPU: [4, 5],
      FSIZE: [77, 77],
      NOFILE: [99, 99],
      NPROC: [4, 4],
      CORE: [0, 0],
      MSGQUEUE: [0, 0],
      MEMLOCK: [0, 0],
    });
  });

  test.each<[string, IsolationLevel, Partial<HostFacts>, number | null]>([
    ['a user with a namespace of its own', 'full', {}, 4],
    ['root with a namespace of its own', 'full', { identity: root }, 4],
    [
      'root that cannot switch: id 0 is never held',
      'full',
      { identity: { ...root, maySwitchIds: false } },
      null,
    ],
    ['a user whose other processes count, before 5.14', 'full', { kernelRelease: '5.13.0' }, null],
    ['nobody of the whole host, before 5.14', 'full', { kernelRelease: '5.13.0', identity: root }, 4 + 256],
    ['nobody of the whole host', 'kernel', { identity: root }, 4 + 256],
    ['a user whose other processes count', 'kernel', {}, null],
    ['root as itself', 'kernel', { identity: root, python: locked }, null],
    [
      'a caller that is nobody itself',
      'kernel',
      { identity: { uid: 65534, gid: 65534, maySwitchIds: false } },
      null,
    ],
  ])('processes of %s, at level %s', (_who, level, changes, expected) => {
    expect(limits(level, changes).get('NPROC') ?? null).toEqual(
      expected === null ? null : [expected, expected],
    );
  });
});

describe('environment', () => {
  test('is small and made anew', () => {
    expect(orderEnvironment(policy({ env: { MODE: 'x', MPLBACKEND: 'svg' } }), facts())).toEqual({
      HOME: '$workdir/work',
      PWD: '$workdir/work',
      TMPDIR: '$workdir/tmp',
      XDG_CACHE_HOME: '$workdir/tmp/cache',
      MPLCONFIGDIR: '$workdir/tmp/matplotlib',
      MPLBACKEND: 'svg',
      LANG: 'C.UTF-8',
      USER: 'sandbox',
      LOGNAME: 'sandbox',
      PYTHONDONTWRITEBYTECODE: '1',
      OPENBLAS_NUM_THREADS: '1',
      OMP_NUM_THREADS: '1',
      MKL_NUM_THREADS: '1',
      NUMEXPR_NUM_THREADS: '1',
      VECLIB_MAXIMUM_THREADS: '1',
      MODE: 'x',
    });
  });

  test('has a PATH only with allowSubprocess', () => {
    const commands = { commandPaths: ['/usr/local/bin', '/usr/bin'] };
    expect(orderEnvironment(policy({ allowSubprocess: true }), facts(commands))).toHaveProperty(
      'PATH',
      '/usr/bin:/usr/local/bin',
    );
  });
});

describe('workdir', () => {
  test.each([
    [MEBIBYTE, 4096],
    [64 * MEBIBYTE, 4096],
    [128 * MEBIBYTE, 8192],
    [64 * 1024 * MEBIBYTE, 1_048_576],
  ])('%i bytes have %i inodes', (diskBytes, inodes) => {
    expect(orderWorkdir('full', policy({ diskBytes }), facts())).toEqual({
      kind: 'tmpfs',
      path: '/sandbox',
      sizeBytes: diskBytes,
      inodes,
    });
  });

  test.each(['kernel', 'process'] as const)('at level %s it is a directory of the host', (level) => {
    expect(orderWorkdir(level, policy({ diskBytes: 5 }), facts())).toEqual({
      kind: 'directory',
      base: '/tmp',
      sizeBytes: 5,
      inodes: 4096,
    });
  });
});

describe('cgroup', () => {
  const cgroup = {
    version: 2,
    directories: { memory: '/sys/fs/cgroup/x', pids: '/sys/fs/cgroup/x' },
  } as const;
  const limits = policy({ memoryBytes: 100 * MEBIBYTE, diskBytes: 10 * MEBIBYTE, maxProcesses: 4 });

  test.each([
    ['full', 142, 2],
    ['kernel', 132, 1],
  ] as const)(
    'at level %s the group may use %i MiB and %i tasks of its own',
    (level, megabytes, ownTasks) => {
      const host = facts({ cgroup });
      expect(orderCgroup(limits, orderWorkdir(level, limits, host), host)).toEqual({
        ...cgroup,
        memoryBytes: megabytes * MEBIBYTE,
        processes: 4,
        ownTasks,
      });
    },
  );

  test('is not needed', () => {
    expect(orderCgroup(limits, orderWorkdir('full', limits, facts()), facts())).toBeNull();
  });
});

test.each([
  ['6.1.0-18-amd64', 5, 14, true],
  ['5.14.0', 5, 14, true],
  ['5.4.0-generic', 5, 14, false],
  ['4.19', 5, 14, false],
  ['strange', 0, 0, false],
])('kernel %s is at least %i.%i: %s', (release, major, minor, expected) => {
  expect(kernelAtLeast(release, major, minor)).toBe(expected);
});
