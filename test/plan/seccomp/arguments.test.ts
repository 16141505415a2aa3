import { describe, expect, test } from 'vitest';
import { PID_PLACEHOLDER } from '../../../src/plan/seccomp/assemble.js';
import { buildSeccompProgram } from '../../../src/plan/seccomp/program.js';
import { ARCHITECTURES } from './interpret.js';
import {
  type Architecture,
  answerTo,
  ask,
  type Changes,
  FULL,
  NARROW,
  NUMBERS,
  numberOf,
} from './variants.js';

/** Bits that the kernel drops from an `int` argument, and that must not get past a filter of a wider one. */
const HIGH = 1n << 32n;
const JUNK = 0xdead_beefn << 32n;

const THREAD_GLIBC = 0x3d0f00n;
const THREAD_MUSL = 0x7d0f00n;
const FORK = 0x01200011n;
const VFORK_SPAWN = 0x4111n;
const BRANCH = 0x8011n;
const GATED: Changes = { branches: 'gated' };
const NETWORK: Changes = { network: true };

type Row = readonly [name: string, changes: Changes, args: readonly bigint[], answer: string];

const CLONE: Row[] = [
  ['clone', {}, [THREAD_GLIBC], 'allow'],
  ['clone', {}, [THREAD_MUSL], 'allow'],
  ['clone', {}, [FORK], 'EAGAIN'],
  ['clone', {}, [VFORK_SPAWN], 'EAGAIN'],
  ['clone', {}, [0n], 'EAGAIN'],
  ['clone', {}, [THREAD_GLIBC | HIGH], 'EPERM'],
  ['clone', {}, [FORK | HIGH], 'EPERM'],
  ['clone', FULL, [FORK], 'allow'],
  ['clone', FULL, [VFORK_SPAWN], 'allow'],
  ['clone', FULL, [THREAD_GLIBC], 'allow'],
  ['clone', FULL, [FORK | HIGH], 'EPERM'],
  ...[0x20000n, 0x02000000n, 0x04000000n, 0x08000000n, 0x10000000n, 0x20000000n, 0x40000000n, 0x80n].flatMap(
    (namespace): Row[] => [
      ['clone', FULL, [FORK | namespace], 'EPERM'],
      ['clone', {}, [THREAD_GLIBC | namespace], 'EPERM'],
      ['clone', FULL, [namespace | JUNK], 'EPERM'],
    ],
  ),
  ['clone', FULL, [FORK | 0x8000n], 'EPERM'],
  ['clone', FULL, [FORK | 0x2000n], 'EPERM'],
  ['clone', FULL, [FORK | 0x800000n], 'EPERM'],
  // What makes a branch is refused where no branches are made, and only exactly that call asks.
  ['clone', {}, [BRANCH], 'EPERM'],
  ['clone', FULL, [BRANCH], 'EPERM'],
  ...[GATED, { ...FULL, ...GATED }].flatMap((changes): Row[] => [
    ['clone', changes, [BRANCH], 'ask'],
    ['clone', changes, [BRANCH | HIGH], 'EPERM'],
    ['clone', changes, [BRANCH | 0x100n], 'EPERM'],
    ['clone', changes, [BRANCH | 0x10000000n], 'EPERM'],
    ['clone', changes, [BRANCH | 0x20000000n], 'EPERM'],
    ['clone', changes, [0x8000n], 'EPERM'],
    ['clone', changes, [THREAD_GLIBC], 'allow'],
    ['clone', changes, [THREAD_GLIBC | 0x8000n], 'EPERM'],
  ]),
  ['clone', GATED, [FORK], 'EAGAIN'],
  ['clone', { ...FULL, ...GATED }, [FORK], 'allow'],
  ['clone3', {}, [1n, 88n], 'ENOSYS'],
  ['clone3', FULL, [1n, 88n], 'ENOSYS'],
];

const SOCKETS: Row[] = [
  ['socket', {}, [2n, 1n, 0n], 'EPERM'],
  ['socket', NETWORK, [2n, 1n, 0n], 'allow'],
  ['socket', NETWORK, [10n, 2n | 0x80800n, 17n], 'allow'],
  ['socket', NETWORK, [2n, 1n, 6n], 'allow'],
  ['socket', NETWORK, [2n | JUNK, 1n | JUNK, 6n | JUNK], 'allow'],
  ['socket', NETWORK, [2n, 3n, 1n], 'EPERM'],
  ['socket', NETWORK, [2n, 3n | JUNK, 0n], 'EPERM'],
  ['socket', NETWORK, [2n, 2n, 1n], 'EPERM'],
  ['socket', NETWORK, [2n, 1n, 262n], 'EPERM'],
  ['socket', NETWORK, [2n, 1n, 132n], 'EPERM'],
  // AF_UNIX, AF_NETLINK, AF_PACKET, AF_ALG, AF_VSOCK, AF_XDP, AF_UNSPEC, and one that is huge.
  ...[1n, 16n, 17n, 38n, 40n, 44n, 0n, 0xffffffffn].map(
    (family): Row => ['socket', NETWORK, [family, 1n, 0n], 'EPERM'],
  ),
  ['socket', NETWORK, [1n | JUNK, 1n, 0n], 'EPERM'],
  ['socketpair', {}, [1n, 1n], 'allow'],
  ['socketpair', {}, [1n, 1n | 0x80800n], 'allow'],
  ['socketpair', {}, [1n, 2n], 'EPERM'],
  ['socketpair', {}, [1n, 5n], 'EPERM'],
  ['socketpair', {}, [2n, 1n], 'EPERM'],
  ['socketpair', NETWORK, [1n, 2n], 'EPERM'],
  ['setsockopt', {}, [3n, 1n, 7n], 'allow'],
  ['setsockopt', {}, [3n, 41n, 26n], 'allow'],
  ...[26n, 50n, 51n, 52n].flatMap((option): Row[] => [
    ['setsockopt', NETWORK, [3n, 1n, option], 'EPERM'],
    ['setsockopt', NETWORK, [3n, 1n | JUNK, option | JUNK], 'EPERM'],
  ]),
];

const DESCRIPTORS: Row[] = [
  ...[0x541bn, 0x5401n, 0x5413n, 0x5421n, 0x5450n, 0x5451n, 0x802c542an, 0x40049409n].map(
    (command): Row => ['ioctl', {}, [0n, command], 'allow'],
  ),
  // TIOCSTI, TIOCLINUX, TIOCSCTTY, TCSETS, TIOCSPGRP, TUNSETIFF, none.
  ...[0x5412n, 0x541cn, 0x540en, 0x5402n, 0x5410n, 0x400454can, 0n].flatMap((command): Row[] => [
    ['ioctl', FULL, [0n, command], 'EPERM'],
    ['ioctl', FULL, [0n, command | JUNK], 'EPERM'],
  ]),
  ['ioctl', {}, [0n, 0x541bn | JUNK], 'allow'],
  ...[0n, 1n, 2n, 3n, 4n, 5n, 6n, 7n, 36n, 37n, 38n, 1030n, 1032n].map(
    (command): Row => ['fcntl', {}, [0n, command], 'allow'],
  ),
  // SETOWN, SETSIG, SETOWN_EX, SETLEASE, NOTIFY, SETPIPE_SZ, ADD_SEALS.
  ...[8n, 10n, 15n, 1024n, 1026n, 1031n, 1033n].map(
    (command): Row => ['fcntl', FULL, [0n, command], 'EPERM'],
  ),
  ['mknodat', {}, [0n, 1n, 0x11b6n], 'allow'],
  ['mknodat', {}, [0n, 1n, 0x81b6n], 'allow'],
  ['mknodat', {}, [0n, 1n, 0o666n], 'allow'],
  ['mknodat', FULL, [0n, 1n, 0x21b6n], 'EPERM'],
  ['mknodat', FULL, [0n, 1n, 0x61b6n], 'EPERM'],
  ['mknodat', FULL, [0n, 1n, 0xc1b6n], 'EPERM'],
  ['mknod', {}, [1n, 0x11b6n], 'allow'],
  ['mknod', FULL, [1n, 0x21b6n], 'EPERM'],
];

const MESSAGES: Row[] = [
  ['sendto', 3],
  ['sendmsg', 2],
  ['sendmmsg', 3],
  ['recvfrom', 3],
  ['recvmsg', 2],
  ['recvmmsg', 3],
].flatMap(([name, place]): Row[] => {
  const call = (flags: bigint): bigint[] => [...Array<bigint>(Number(place)).fill(0n), flags];
  return [
    [String(name), {}, call(0x4000n), 'allow'],
    [String(name), FULL, call(1n), 'EPERM'],
    [String(name), FULL, call(0x4001n), 'EPERM'],
  ];
});

const PROCESS: Row[] = [
  ...[2n, 3n, 15n, 16n, 21n, 23n, 29n, 30n, 38n, 39n, 42n, 51n, 56n, 0x53564d41n].map(
    (option): Row => ['prctl', {}, [option], 'allow'],
  ),
  // SET_PDEATHSIG, SET_DUMPABLE, SET_SECCOMP, CAPBSET_DROP, SET_SECUREBITS, SET_MM, SET_CHILD_SUBREAPER,
  // CAP_AMBIENT, SET_SPECULATION_CTRL, SET_PTRACER.
  ...[1n, 4n, 22n, 24n, 28n, 35n, 36n, 47n, 53n, 0x59616d61n].flatMap((option): Row[] => [
    ['prctl', FULL, [option], 'EPERM'],
    ['prctl', { ...FULL, ...GATED }, [option], 'EPERM'],
    ['prctl', FULL, [option | JUNK], 'EPERM'],
  ]),
  ['prctl', GATED, [1n, 9n], 'allow'],
  ['prctl', GATED, [1n, 0n], 'EPERM'],
  ['prctl', GATED, [1n, 15n], 'EPERM'],
  ['prlimit64', {}, [0n, 7n, 1n], 'allow'],
  ['prlimit64', FULL, [1n, 7n, 1n], 'EPERM'],
  ['setpriority', {}, [0n, 0n, 5n], 'allow'],
  ['setpriority', FULL, [0n, 1n, 5n], 'EPERM'],
  ['setpriority', FULL, [1n, 0n, 5n], 'EPERM'],
  ['personality', {}, [0xffffffffn], 'allow'],
  ['personality', {}, [0xffff_ffff_ffff_ffffn], 'allow'],
  ['personality', FULL, [0n], 'EPERM'],
  ['personality', FULL, [0x0040000n], 'EPERM'],
];

describe.each(['x64', 'arm64'] as const)('on %s', (architecture) => {
  const rows = [...CLONE, ...SOCKETS, ...DESCRIPTORS, ...PROCESS, ...MESSAGES].filter(([name]) =>
    NUMBERS[architecture].has(name),
  );

  test.each(rows.map((row) => [inHex(row), ...row] as const))('%s', (_title, name, changes, args, answer) => {
    expect(ask(architecture, changes, name, args)).toBe(answer);
  });

  test.each(['kill', 'tkill', 'tgkill', 'rt_sigqueueinfo', 'rt_tgsigqueueinfo'])(
    '%s reaches the own pid only',
    (name) => {
      const program = withPid(architecture, 4242);
      const call = (pid: bigint): string =>
        answerTo(program, {
          architecture: ARCHITECTURES[architecture],
          number: numberOf(architecture, name),
          args: [pid, 9n, 9n],
        });
      expect(call(4242n)).toBe('allow');
      expect(call(4242n | JUNK)).toBe('allow');
      const others = [
        0n,
        1n,
        4241n,
        4243n,
        0xffffffffn,
        0xffff_ffff_ffff_ffffn,
        BigInt(PID_PLACEHOLDER),
        0xffffffffn - 4241n,
      ];
      expect(others.map(call)).toEqual(others.map(() => 'EPERM'));
    },
  );

  test('before the pid is put in, only a pid that no process can have gets through', () => {
    expect(ask(architecture, {}, 'kill', [0n])).toBe('EPERM');
    expect(ask(architecture, {}, 'kill', [1n])).toBe('EPERM');
    expect(PID_PLACEHOLDER).toBeGreaterThan(2 ** 22);
  });
});

function withPid(architecture: Architecture, pid: number): Uint8Array {
  const orders = buildSeccompProgram({ ...NARROW, architecture });
  const program = Buffer.from(orders.program, 'base64');
  for (const slot of orders.pidSlots) program.writeUInt32LE(pid, slot * 8 + 4);
  return program;
}

function inHex([name, changes, args, answer]: Row): string {
  const written = args.map((value) => `0x${value.toString(16)}`).join(', ');
  return `${name}(${written}) under ${JSON.stringify(changes)}: ${answer}`;
}
