import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/host/doctor.js';
import { formatDoctor } from '../../src/host/format-doctor.js';
import type { HostFacts } from '../../src/host/host-facts.js';

const whole: HostFacts = {
  platform: 'linux',
  architecture: 'x64',
  kernelRelease: '6.18.0',
  python: {
    executable: '/usr/bin/python3.11',
    requested: null,
    version: [3, 11, 2],
    implementation: 'cpython',
    prefix: '/usr',
    basePrefix: '/usr',
    sysPath: [],
    libraryPaths: [],
    readableByOthers: true,
  },
  identity: { uid: 0, gid: 0, maySwitchIds: true },
  landlockAbi: 7,
  seccompFilter: true,
  namespaces: { available: true },
  cgroup: { version: 2, directories: { memory: '/sys/fs/cgroup/a', pids: '/sys/fs/cgroup/a' } },
  systemPaths: [],
  systemLinks: [],
  commandPaths: [],
  networkPaths: [],
  temporaryDirectory: '/tmp',
  temporaryDirectoryOpen: true,
  harness: { directory: '/opt/pungi', cacheDirectory: null, bundle: new Uint8Array() },
};

const noNamespaces = (reason: string): Partial<HostFacts> => ({ namespaces: { available: false, reason } });
const unshare = 'unshare(user, mount, net, ipc, uts, pid)';

test('a machine with everything', () => {
  expect(formatDoctor(diagnose(whole))).toBe(
    [
      'system      linux 6.18.0 x64',
      'python      /usr/bin/python3.11 3.11.2',
      'isolation   full',
      '',
      'ok       landlock    ABI 7: files, TCP, signals and abstract sockets',
      'ok       seccomp     filters for x64',
      'ok       namespaces  user, mount, net, ipc, uts, pid; a private root',
      'ok       ids         uid 0, gid 0; workers take an unprivileged id',
      'ok       cgroup      version 2: memory and pids',
    ].join('\n'),
  );
});

test('a machine with nothing', () => {
  const reason = 'only Linux has it, this is darwin';
  const report = diagnose({
    ...whole,
    platform: 'darwin',
    python: { ...whole.python, requested: 'python3' },
    identity: { uid: 501, gid: 20, maySwitchIds: false },
    landlockAbi: 0,
    seccompFilter: false,
    namespaces: { available: false, reason },
    cgroup: null,
    absences: { landlock: reason, seccomp: reason, cgroup: reason },
  });
  expect(report.ok).toBe(false);
  expect(formatDoctor(report)).toBe(
    [
      'system      darwin 6.18.0 x64',
      'python      /usr/bin/python3.11 3.11.2 (asked for python3)',
      'isolation   process: less than the default policy asks for',
      '',
      `MISSING  landlock    ${reason} (needed for level kernel)`,
      "                     fix: Run on Linux; here only `isolation: 'process'` is possible.",
      `MISSING  seccomp     ${reason} (needed for level kernel)`,
      "                     fix: Run on Linux; here only `isolation: 'process'` is possible.",
      `MISSING  namespaces  ${reason} (needed for level full)`,
      "                     fix: Run on Linux; here only `isolation: 'process'` is possible.",
      'ok       ids         uid 501, gid 20, not root',
      `absent   cgroup      ${reason}`,
      '                     fix: Not needed: memory and processes are held by rlimits and sampling.',
    ].join('\n'),
  );
});

describe('the level is that of the layers', () => {
  test.each<[string, Partial<HostFacts>, string, boolean]>([
    ['nothing missing', {}, 'full', true],
    ['no cgroup', { cgroup: null }, 'full', true],
    ['no namespaces', noNamespaces(`${unshare}: EPERM`), 'kernel', true],
    ['no Landlock', { landlockAbi: 0 }, 'process', false],
    ['no seccomp', { seccompFilter: false }, 'process', false],
    ['no allow list for the processor', { architecture: 'other' }, 'process', false],
  ])('%s', (_name, change, level, ok) => {
    expect(diagnose({ ...whole, ...change })).toMatchObject({ level, ok });
  });
});

describe('the fix fits the reason', () => {
  const boot =
    'Boot with `landlock` in the list of security modules: `lsm=landlock,lockdown,yama,integrity,apparmor`.';
  test.each<[string, Partial<HostFacts>, string, string]>([
    [
      'namespaces',
      noNamespaces(`${unshare}: EPERM; kernel.unprivileged_userns_clone is 0`),
      `${unshare}: EPERM; kernel.unprivileged_userns_clone is 0`,
      'sysctl -w kernel.unprivileged_userns_clone=1',
    ],
    [
      'namespaces',
      noNamespaces('write /proc/self/uid_map: EPERM; kernel.apparmor_restrict_unprivileged_userns is 1'),
      'write /proc/self/uid_map: EPERM; kernel.apparmor_restrict_unprivileged_userns is 1',
      'sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
    ],
    [
      'namespaces',
      noNamespaces(`${unshare}: ENOSPC; user.max_user_namespaces is 0`),
      `${unshare}: ENOSPC; user.max_user_namespaces is 0`,
      'sysctl -w user.max_user_namespaces=15000',
    ],
    [
      'landlock',
      { landlockAbi: 0, absences: { landlock: 'landlock_create_ruleset: EOPNOTSUPP' } },
      'landlock_create_ruleset: EOPNOTSUPP',
      boot,
    ],
    [
      'landlock',
      { landlockAbi: 0, absences: { landlock: 'landlock_create_ruleset: ENOSYS' } },
      'landlock_create_ruleset: ENOSYS',
      'Use Linux 5.13 or later built with CONFIG_SECURITY_LANDLOCK=y.',
    ],
    [
      'ids',
      { python: { ...whole.python, readableByOthers: false } },
      'uid 0, gid 0; the Python can be read by this user alone',
      'Use a Python that other users can read, or run Node as an ordinary user.',
    ],
    [
      'ids',
      { identity: { uid: 0, gid: 0, maySwitchIds: false } },
      'uid 0, gid 0, and no other id may be taken',
      'Run Node as an ordinary user.',
    ],
  ])('%s %#', (name, change, detail, fix) => {
    const layer = diagnose({ ...whole, ...change }).layers.find((candidate) => candidate.name === name);
    expect(layer).toMatchObject({ held: false, detail, fix });
  });

  test('a container keeps level kernel and hears how to have more', () => {
    const report = diagnose({
      ...whole,
      ...noNamespaces(`${unshare}: EPERM; a seccomp filter is already in force`),
    });
    expect(report.level).toBe('kernel');
    expect(report.layers[2]?.fix).toBe(
      'Start the container with a seccomp profile that allows unshare, mount and pivot_root, such as ' +
        '`--security-opt seccomp=unconfined`; level `kernel` holds without it.',
    );
  });
});
