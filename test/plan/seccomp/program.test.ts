import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allowedOutright } from '../../../src/plan/seccomp/allow-list.js';
import { argumentRules } from '../../../src/plan/seccomp/argument-rules.js';
import { PID_PLACEHOLDER } from '../../../src/plan/seccomp/assemble.js';
import { buildSeccompProgram } from '../../../src/plan/seccomp/program.js';
import { ARCHITECTURES, interpret } from './interpret.js';
import {
  type Architecture,
  answerTo,
  type Changes,
  FULL,
  inWords,
  NARROW,
  NUMBERS,
  programOf,
} from './variants.js';

const BOTH = ['x64', 'arm64'] as const;
const WIDE: Changes = { ...FULL, exec: true, network: true };

/** Name of each call that is not ENOSYS, with its answer; `arguments` where that depends on them. */
function answers(architecture: Architecture, changes: Changes = {}): Map<number, string> {
  const program = programOf(architecture, changes);
  const seen = new Map<number, string>();
  for (let number = 0; number <= 600; number += 1) {
    const { action, readArguments } = interpret(program, {
      architecture: ARCHITECTURES[architecture],
      number,
    });
    const answer = readArguments ? 'arguments' : inWords(action);
    seen.set(number, answer);
  }
  return seen;
}

function reviewed(architecture: Architecture): Map<number, [name: string, answer: string]> {
  const text = readFileSync(new URL(`reviewed-${architecture}.txt`, import.meta.url), 'utf8');
  return new Map(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [number, name = '', answer = ''] = line.split(' ');
        return [Number(number), [name, answer]];
      }),
  );
}

describe.each(BOTH)('on %s', (architecture) => {
  test('every number from 0 to 600 is answered as reviewed, and unknown numbers as on an older kernel', () => {
    const list = reviewed(architecture);
    const expected = [...answers(architecture).keys()].map((number) => [
      number,
      list.get(number)?.[1] ?? 'ENOSYS',
    ]);
    expect([...answers(architecture)]).toEqual(expected);
  });

  test('the reviewed list names every call of the table', () => {
    const names = [...reviewed(architecture)].map(([number, [name]]) => [name, number]);
    expect(names).toEqual([...NUMBERS[architecture]].sort(([, left], [, right]) => left - right));
  });

  test.each<[string, Changes, Record<string, string>]>([
    ['processes', { processes: 'allowed' }, { fork: 'allow', vfork: 'allow', pidfd_open: 'allow' }],
    ['branches', { branches: 'gated' }, { landlock_restrict_self: 'allow' }],
    ['exec', { exec: true }, { execve: 'allow', execveat: 'allow' }],
    [
      'network',
      { network: true },
      {
        socket: 'arguments',
        connect: 'allow',
        bind: 'allow',
        listen: 'allow',
        accept: 'allow',
        accept4: 'allow',
      },
    ],
    [
      'signals',
      { signals: 'any' },
      {
        kill: 'allow',
        tkill: 'allow',
        tgkill: 'allow',
        rt_sigqueueinfo: 'allow',
        rt_tgsigqueueinfo: 'allow',
        pidfd_send_signal: 'allow',
      },
    ],
    ['no truncating by path', { metadata: 'none' }, { truncate: 'EPERM' }],
    [
      'changes of modes and times',
      { metadata: 'any' },
      {
        chmod: 'allow',
        fchmod: 'allow',
        fchmodat: 'allow',
        fchmodat2: 'allow',
        utime: 'allow',
        utimes: 'allow',
        futimesat: 'allow',
        utimensat: 'allow',
      },
    ],
  ])('%s changes these answers and no other', (_what, changes, expected) => {
    const [narrow, wide] = [answers(architecture), answers(architecture, changes)];
    const names = [...NUMBERS[architecture]].filter(([, number]) => narrow.get(number) !== wide.get(number));
    const present = Object.entries(expected).filter(([name]) => NUMBERS[architecture].has(name));
    expect(Object.fromEntries(names.map(([name, number]) => [name, wide.get(number)]))).toEqual(
      Object.fromEntries(present),
    );
  });

  test.each([
    'ptrace process_vm_readv process_vm_writev process_madvise process_mrelease pidfd_getfd kcmp',
    'bpf io_uring_setup io_uring_enter io_uring_register io_setup io_submit userfaultfd perf_event_open',
    'keyctl add_key request_key shmget shmat semget msgget mq_open memfd_create memfd_secret',
    'mount umount2 pivot_root chroot open_tree open_tree_attr move_mount fsopen fsconfig fsmount fspick',
    'mount_setattr statmount listmount unshare setns listns init_module finit_module delete_module',
    'kexec_load kexec_file_load open_by_handle_at name_to_handle_at lookup_dcookie fanotify_init fanotify_mark',
    'inotify_init1 inotify_add_watch swapon swapoff reboot settimeofday clock_settime clock_adjtime adjtimex acct',
    'quotactl quotactl_fd syslog landlock_create_ruleset landlock_restrict_self seccomp setuid setgid setreuid',
    'setregid setresuid setresgid setfsuid setfsgid setgroups capset fchown fchownat setxattr lsetxattr fsetxattr',
    'setxattrat removexattr vmsplice splice tee sethostname setdomainname vhangup nfsservctl cachestat sync syncfs',
    'sched_setaffinity sched_setscheduler sched_setattr sched_setparam ioprio_set mbind move_pages migrate_pages',
    'lsm_set_self_attr remap_file_pages file_setattr',
  ])('refused whatever the policy and the arguments: %s', (names) => {
    const program = programOf(architecture, WIDE);
    for (const name of names.split(' ')) {
      const number = NUMBERS[architecture].get(name);
      if (number === undefined) throw new Error(name);
      const answer = interpret(program, { architecture: ARCHITECTURES[architecture], number });
      expect([name, answer]).toEqual([name, { action: 'errno 1', readArguments: false }]);
    }
  });

  test('another architecture is death, whatever the call', () => {
    const program = programOf(architecture, WIDE);
    // i386, arm, the other of the two, and none.
    for (const foreign of [0x40000003, 0x40000028, 0xc000003e, 0xc00000b7, 0]) {
      if (foreign === ARCHITECTURES[architecture]) continue;
      expect(answerTo(program, { architecture: foreign, number: 0 })).toBe('kill');
      expect(answerTo(program, { architecture: foreign, number: 172 })).toBe('kill');
    }
  });

  test.each([NARROW, WIDE])('a program the kernel takes: %o', (changes) => {
    const length = programOf(architecture, changes).length / 8;
    expect(length).toBeLessThan(600);
  });

  test('slots for the own pid are comparisons with the placeholder, and all of them are named', () => {
    const orders = buildSeccompProgram({ ...NARROW, architecture });
    const bytes = Buffer.from(orders.program, 'base64');
    const comparisons = [...Array(bytes.length / 8).keys()].filter(
      (at) => bytes.readUInt16LE(at * 8) === 0x15 && bytes.readUInt32LE(at * 8 + 4) === PID_PLACEHOLDER,
    );
    expect(orders.pidSlots).toEqual(comparisons);
    expect(orders.pidSlots.length).toBe(1);
    expect(buildSeccompProgram({ ...NARROW, ...FULL, architecture }).pidSlots).toEqual([]);
  });
});

test('on x64 the numbers of x32 are death', () => {
  for (const number of [0x40000000, 0x40000000 + 59, 0x40000000 + 520, 0x7fffffff, -1]) {
    expect(answerTo(programOf('x64', WIDE), { architecture: ARCHITECTURES.x64, number })).toBe('kill');
  }
});

test('on arm64 numbers beyond the table are unknown, not death', () => {
  for (const number of [471, 0x40000000, 0x7fffffff, -1]) {
    expect(answerTo(programOf('arm64', WIDE), { architecture: ARCHITECTURES.arm64, number })).toBe('ENOSYS');
  }
});

test.each([NARROW, { ...NARROW, ...WIDE }])(
  'every name on the lists is a call of x64, and in one list only',
  (inputs) => {
    const allowed = [...allowedOutright(inputs)];
    const ruled = [...argumentRules(inputs).keys()];
    expect([...allowed, ...ruled].filter((name) => !NUMBERS.x64.has(name))).toEqual([]);
    expect(ruled.filter((name) => allowed.includes(name))).toEqual([]);
  },
);
