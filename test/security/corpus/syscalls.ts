import { SYSCALL_NUMBERS_ARM64 } from '../../../src/plan/seccomp/syscall-numbers-arm64.js';
import { SYSCALL_NUMBERS_X64 } from '../../../src/plan/seccomp/syscall-numbers-x64.js';
import { type Attack, type Family, onlyRoot } from '../attack.js';

const NUMBERS = process.arch === 'arm64' ? SYSCALL_NUMBERS_ARM64 : SYSCALL_NUMBERS_X64;

/**
 * Calls of DESIGN section 5 and of the allow list's "refused on purpose", with arguments that change nothing even where
 * the kernel takes them: bad pointers, bad descriptors, bad commands. Bare, each must get past the entry.
 */
const CALLS: readonly (readonly [name: string, args: string])[] = [
  ...rows('mount', 'BAD, BAD, BAD, 0, BAD'),
  ...rows('umount2 pivot_root swapoff swapon chroot acct', 'BAD, BAD'),
  ...rows('sethostname setdomainname', 'BAD, 5'),
  ...rows('setns', '-1, 0'),
  ...rows('unshare', '0x10'),
  ...rows('move_mount open_tree fsopen fspick fsconfig', '-1, BAD, -1, BAD, 0x7fff'),
  ...rows('fsmount', '-1, 0, 0'),
  ...rows('mount_setattr', '-1, BAD, 0, BAD, 32'),
  ...rows('bpf', '99, BAD, 48'),
  ...rows('perf_event_open', 'BAD, 0, -1, -1, 0'),
  ...rows('userfaultfd memfd_secret', '0x7fff0000'),
  ...rows('io_uring_setup', '8, BAD'),
  ...rows('io_uring_enter io_uring_register', '-1, 0, 0, 0, 0, 0'),
  ...rows('io_setup', '0, BAD'),
  ...rows('io_destroy', '0'),
  ...rows('add_key request_key', 'BAD, BAD, BAD, 0, 0'),
  ...rows('keyctl', '0, -3, 1'),
  ...rows('kexec_load', '0, 99, BAD, 0'),
  ...rows('kexec_file_load', '-1, -1, 0, 0, 0x7f0'),
  ...rows('init_module finit_module', 'BAD, 1, BAD'),
  ...rows('delete_module', 'BAD, 0'),
  ...rows('open_by_handle_at', '-1, BAD, 0'),
  ...rows('name_to_handle_at', '-1, BAD, BAD, BAD, 0'),
  ...rows('personality', '0x0040000'),
  ...rows('reboot', '0, 0, 0, 0'),
  ...rows('syslog', '99, 0, 0'),
  ...rows('settimeofday', 'BAD, 0'),
  ...rows('clock_settime clock_adjtime', '99, BAD'),
  ...rows('adjtimex', 'BAD'),
  ...rows('quotactl', '0x7fffff00, BAD, 0, BAD'),
  ...rows('fanotify_init', '0x7f000000, 0'),
  ...rows('fanotify_mark', '-1, 0, 0, -1, 0'),
  ...rows('inotify_init1', '0x7f000000'),
  ...rows('inotify_add_watch', '-1, BAD, 1'),
  ...rows('shmget', '0, 0, 0'),
  ...rows('shmat shmctl', '-1, 0, 0'),
  ...rows('semget', '0, -1, 0'),
  ...rows('semctl', '-1, 0, 0, 0'),
  ...rows('msgget', '0x70756e67, 0'),
  ...rows('msgctl', '-1, 0, 0'),
  ...rows('mq_open', 'BAD, 0, 0, 0'),
  ...rows('mq_unlink', 'BAD'),
  ...rows('migrate_pages move_pages', '0x3ffffff0, 0, 0, 0, 0, 0'),
  ...rows('mbind set_mempolicy', '0, 0, 99, 0, 0, 0'),
  ...rows('splice tee vmsplice', '-1, 0, -1, 0, 1, 0'),
  ...rows('memfd_create', 'BAD, 0'),
  ...rows('setxattr lsetxattr removexattr', 'BAD, BAD, BAD, 0, 0'),
  ...rows('fsetxattr fremovexattr', '-1, BAD, BAD, 0, 0'),
  ...rows('fchown', '-1, -1, -1'),
  ...rows('seccomp', '99, 0, 0'),
  ...rows('landlock_create_ruleset', 'BAD, 8, 0'),
  ...rows('landlock_restrict_self', '-1, 0'),
  ...rows('sched_setattr', '0, BAD, 99'),
  ...rows('pidfd_getfd', '-1, 0, 0'),
  ...rows('cachestat', '-1, BAD, BAD, 0'),
  ...rows('listmount statmount', 'BAD, BAD, 0, 0'),
  ...(process.arch === 'x64'
    ? [...rows('iopl', '9'), ...rows('ioperm', '0, -1, 1'), ...rows('modify_ldt', '1, BAD, 0')]
    : []),
  ...rows('syncfs', '-1'),
];

function rows(names: string, args: string): readonly (readonly [string, string])[] {
  return names.split(' ').map((name) => [name, args] as const);
}

/** Newer than this kernel, or compiled out of it: refused to everybody here. */
const MAY_BE_ABSENT: ReadonlySet<string> = new Set(
  (
    'kexec_load kexec_file_load init_module finit_module delete_module memfd_secret userfaultfd acct quotactl ' +
    'perf_event_open bpf fanotify_init fanotify_mark shmget shmat shmctl semget semctl msgget msgctl mq_open mq_unlink ' +
    'swapon swapoff modify_ldt iopl ioperm add_key request_key keyctl migrate_pages move_pages mbind set_mempolicy ' +
    'listmount statmount cachestat reboot io_setup io_destroy syslog'
  ).split(' '),
);

/** Refused by the capabilities of the caller before the arguments are looked at. */
const ONLY_ROOT: ReadonlySet<string> = new Set(
  'fsmount fsopen fspick landlock_restrict_self mount_setattr move_mount pivot_root setdomainname sethostname'.split(
    ' ',
  ),
);

function attackOf([name, args]: readonly [string, string]): Attack {
  const number = NUMBERS.get(name);
  if (number === undefined) throw new TypeError(`no number is known for ${name}`);
  const attack: Attack = {
    id: `syscalls/${name}`,
    technique: `${name}(${args})`,
    source: 'DESIGN section 5; docker and Chrome deny lists',
    code: `return reach(${number}, ${args})`,
    mustNot: 'get past the system call filter',
    control: MAY_BE_ABSENT.has(name) ? { unprovable: 'this kernel may lack the call' } : 'bare',
  };
  return ONLY_ROOT.has(name) ? onlyRoot(attack) : attack;
}

const TERMINAL: readonly Attack[] = [
  ['TIOCSTI', '0x5412'],
  ['TIOCLINUX', '0x541c'],
  ['TIOCSCTTY', '0x540e'],
  ['FS_IOC_SETFLAGS', '0x40086602'],
  ['FIONREAD with high bits', '0x100005412'],
].map(([name, command]) => ({
  id: `syscalls/ioctl ${name}`,
  technique: `ioctl ${command}`,
  source: 'CVE-2017-5226 (bubblewrap)',
  code: `return reach(${NUMBERS.get('ioctl')}, 0, ${command}, BAD)`,
  mustNot: 'get past the system call filter',
  control: 'bare' as const,
}));

const CLONES: readonly Attack[] = [
  ['NEWUSER', '0x10000000'],
  ['NEWNS', '0x20000'],
  ['NEWPID', '0x20000000'],
  ['NEWNET', '0x40000000'],
  ['NEWIPC', '0x8000000'],
  ['NEWUTS', '0x4000000'],
  ['NEWCGROUP', '0x2000000'],
].flatMap(([name, flag]): Attack[] => [
  {
    id: `syscalls/clone ${name}`,
    technique: 'clone with a namespace flag and flags that no kernel takes together',
    source: 'DESIGN section 5',
    // CLONE_SIGHAND without CLONE_VM is EINVAL for everybody: the call makes no process even where it is let in.
    code: `return reach(${NUMBERS.get('clone')}, ${flag} | 0x800, 0, 0, 0, 0)`,
    mustNot: 'get past the system call filter',
    control: 'bare',
  },
  {
    id: `syscalls/unshare ${name}`,
    technique: 'unshare with a namespace flag and an unknown one',
    source: 'DESIGN section 5',
    code: `return reach(${NUMBERS.get('unshare')}, ${flag} | 0x10)`,
    mustNot: 'get past the system call filter',
    control: 'bare',
  },
]);

const CLONE3: Attack = {
  id: 'syscalls/clone3',
  technique: 'clone3, whose flags lie in memory',
  source: 'CVE-2022-0185 style escapes; systemd issue 10424',
  code: 'return reach(435, BAD, 88)',
  mustNot: 'get past the system call filter',
  control: 'bare',
};

const OTHERS: readonly Attack[] = [
  ['AF hidden in setsockopt', 'setsockopt', '-1, 1, 26, BAD, 16'],
  ['F_SETPIPE_SZ', 'fcntl', '1, 1031, 1 << 30'],
  ['F_SETOWN', 'fcntl', '1, 8, 1'],
  ['F_NOTIFY', 'fcntl', '0, 1026, 0'],
  ['F_SETLEASE', 'fcntl', '0, 1024, 99'],
  ['PR_SET_MM', 'prctl', '35, 0, 0, 0, 0'],
  ['PR_SET_SECCOMP', 'prctl', '22, 99, 0, 0, 0'],
  ['PR_CAP_AMBIENT', 'prctl', '47, 99, 0, 0, 0'],
  ['PR_SET_DUMPABLE', 'prctl', '4, 1, 0, 0, 0'],
  ['PR_SET_SECUREBITS', 'prctl', '28, -1, 0, 0, 0'],
].map(([label, name, args]) => ({
  id: `syscalls/${label}`,
  technique: `${name}(${args})`,
  source: 'docker and Chrome deny lists',
  code: `return reach(${NUMBERS.get(name ?? '')}, ${args})`,
  mustNot: 'get past the system call filter',
  control: { unprovable: 'the kernel itself may refuse these arguments' },
}));

export const SYSCALLS: Family = {
  name: 'syscalls',
  attacks: [...CALLS.map(attackOf), ...TERMINAL, ...CLONES, CLONE3, ...OTHERS],
};
