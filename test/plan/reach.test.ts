import { describe, expect, test } from 'vitest';
import { orderRoot } from '../../src/plan/mounts.js';
import { resolvePath } from '../../src/plan/paths.js';
import { listReach, refuseRunDirectories } from '../../src/plan/reach.js';
import type { ResolvedPolicy } from '../../src/policy/resolved-policy.js';
import { base, facts, policy } from './samples.js';

const reach = (changes: Partial<ResolvedPolicy>): string[] =>
  listReach(policy(changes), facts(), base).map(({ path, access }) => `${access} ${path}`);

const ALWAYS = [
  'read /etc/ld.so.cache',
  'read /usr/bin/python3.11',
  'read /usr/lib',
  'read /usr/share/zoneinfo',
];

describe('what a worker may reach', () => {
  test.each<[Partial<ResolvedPolicy>, string[]]>([
    [{}, ALWAYS],
    [{ allowSubprocess: true }, [...ALWAYS.filter((line) => !line.includes('/usr/bin')), 'read /usr/bin']],
    [{ allowNetwork: true }, [...ALWAYS, 'read /etc/resolv.conf']],
    [
      { readablePaths: ['~/data', 'in', '/mnt/x/'] },
      [...ALWAYS, 'read /home/ada/data', 'read /srv/app/in', 'read /mnt/x'],
    ],
    [{ readablePaths: ['/usr/share/zoneinfo/UTC', '/usr/lib'] }, ALWAYS],
    [{ writablePaths: ['.'], readablePaths: ['in'] }, [...ALWAYS, 'write /srv/app']],
    [
      { writablePaths: ['in/out'], readablePaths: ['in'] },
      [...ALWAYS, 'read /srv/app/in', 'write /srv/app/in/out'],
    ],
    [{ writablePaths: ['in'], readablePaths: ['in'] }, [...ALWAYS, 'write /srv/app/in']],
    [{ writablePaths: ['/a', '/a-b', '/a/b'] }, [...ALWAYS, 'write /a', 'write /a-b']],
  ])('%o', (changes, expected) => {
    expect(reach(changes).sort()).toEqual([...expected].sort());
  });

  test('parents come before what lies in them', () => {
    const paths = reach({ readablePaths: ['/a-b', '/a'], writablePaths: ['/a/b'] }).slice(0, 3);
    expect(paths).toEqual(['read /a', 'write /a/b', 'read /a-b']);
  });

  test.each([
    ['/usr', '/usr/lib/python3'],
    ['/usr/lib/python3.11/json', '/usr/lib/python3.11'],
    ['/opt', '/opt/pungi/python-harness'],
    ['/home/ada/.cache', '/home/ada/.cache/pungi'],
    ['/usr/share', '/usr/share/zoneinfo'],
  ])('%s may not be written, for every run loads %s', (path, overlap) => {
    expect(() => reach({ writablePaths: [path] })).toThrow(
      expect.objectContaining({
        code: 'INVALID_POLICY',
        message: `writablePaths: '${path}' overlaps '${overlap}', which every run loads as Python or harness code.`,
        details: { key: 'writablePaths', value: path, overlap },
      }),
    );
  });

  test.each([['readablePaths'], ['writablePaths']])('%s may not be the whole machine', (key) => {
    expect(() => reach({ [key]: ['/'] })).toThrow(`${key}: '/' is the whole machine; a jail cannot hold it.`);
  });
});

describe('the private root', () => {
  const links = (changes: Partial<ResolvedPolicy>): string[] =>
    orderRoot(listReach(policy(changes), facts(), base), facts()).symlinks.map(({ path }) => path);

  test('mounts what is in reach, five devices, and the links of the host and for scratch files', () => {
    const mounts = listReach(policy(), facts(), base);
    expect(orderRoot(mounts, facts())).toEqual({
      mountPoint: '/tmp',
      mounts,
      devices: ['/dev/null', '/dev/zero', '/dev/full', '/dev/urandom', '/dev/random'],
      symlinks: [
        { path: '/lib', target: 'usr/lib' },
        { path: '/tmp', target: '/sandbox/tmp' },
        { path: '/dev/shm', target: '/sandbox/shm' },
      ],
    });
  });

  test.each<[string, string[]]>([
    ['/tmp/in', ['/lib', '/dev/shm']],
    ['/tmp', ['/lib', '/dev/shm']],
    ['/dev', ['/lib', '/tmp']],
    ['/tmpfiles', ['/lib', '/tmp', '/dev/shm']],
  ])('a mount at %s leaves the links %j', (path, expected) => {
    expect(links({ readablePaths: [path] })).toEqual(expected);
  });
});

test.each([
  ['~', '/home/ada'],
  ['~/x/../y', '/home/ada/y'],
  ['~bob', '/srv/app/~bob'],
  ['.', '/srv/app'],
  ['../z/', '/srv/z'],
  ['/abs//x/', '/abs/x'],
])('%s is %s', (path, expected) => {
  expect(resolvePath(path, base)).toBe(expected);
});

describe('the directories of other runs', () => {
  const place = facts().temporaryDirectory;
  test.each<[Partial<ResolvedPolicy>, string]>([
    [{ readablePaths: [place] }, `readablePaths: '${place}' holds the directories of other runs.`],
    [{ writablePaths: [place] }, `writablePaths: '${place}' holds the directories of other runs.`],
    [
      { readablePaths: [`${place}/pungi-1-2-0123abcd-x`] },
      `readablePaths: '${place}/pungi-1-2-0123abcd-x' holds the directories of other runs.`,
    ],
  ])('%o is refused', (changes, message) => {
    expect(() => refuseRunDirectories(policy(changes), facts(), base)).toThrow(message);
  });

  test('a directory beside them is not', () => {
    const changes = { readablePaths: [`${place}/data`], writablePaths: [`${place}/out`] };
    expect(() => refuseRunDirectories(policy(changes), facts(), base)).not.toThrow();
  });
});
