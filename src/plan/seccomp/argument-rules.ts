import type { SeccompInputs } from './inputs.js';
import { anyBit, anyHighBit, noHighBit, oneOf, ownPid, type Rule } from './rule.js';

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET, NEWTIME. */
const CLONE_NAMESPACES = 0x7e020080;
const CLONE_THREAD = 0x00010000;
/** CLONE_PTRACE and CLONE_UNTRACED; CLONE_PARENT would give the zygote a child that it did not fork. */
const CLONE_STRANGE = 0x00002000 | 0x00800000 | 0x00008000;

/** CLONE_PARENT and SIGCHLD: a child of the zygote, which tells its end and its accounts. */
export const CLONE_BRANCH = 0x00008000 | 17;
/** PR_SET_PDEATHSIG to SIGKILL: a fork clears it. */
const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;

const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
/** The kernel's SOCK_TYPE_MASK; above it are SOCK_CLOEXEC and SOCK_NONBLOCK. */
const SOCK_TYPE_MASK = 0xf;
/** Default, TCP, UDP: not MPTCP, SCTP, ICMP or the rest. */
const PROTOCOLS = [0, 6, 17];

const SOL_SOCKET = 1;
/** SO_ATTACH_FILTER, SO_ATTACH_BPF, SO_ATTACH_REUSEPORT_CBPF, SO_ATTACH_REUSEPORT_EBPF. */
const FILTER_OPTIONS = [26, 50, 51, 52];

/** FIOCLEX, FIONCLEX, FIONBIO, FIONREAD, TCGETS, TCGETS2, TIOCGWINSZ, FICLONE (pathlib.copy of CPython 3.14). */
const IOCTLS = [0x5451, 0x5450, 0x5421, 0x541b, 0x5401, 0x802c542a, 0x5413, 0x40049409];

/** F_DUPFD, GETFD, SETFD, GETFL, SETFL, GETLK, SETLK, SETLKW, OFD_GETLK, OFD_SETLK, OFD_SETLKW, DUPFD_CLOEXEC, GETPIPE_SZ. */
const FCNTLS = [0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032];

/** PR_GET_PDEATHSIG, GET_DUMPABLE, SET_NAME, GET_NAME, GET_SECCOMP, CAPBSET_READ, SET_TIMERSLACK, GET_TIMERSLACK,
 * SET_NO_NEW_PRIVS, GET_NO_NEW_PRIVS, GET_THP_DISABLE, SVE_GET_VL, GET_TAGGED_ADDR_CTRL, SET_VMA. */
const PRCTLS = [2, 3, 15, 16, 21, 23, 29, 30, 38, 39, 42, 51, 56, 0x53564d41];

const S_IFMT = 0xf000;
/** No type (a regular file), S_IFREG, S_IFIFO: no device nodes, no sockets. */
const NODE_TYPES = [0, 0x8000, 0x1000];

const PERSONALITY_QUERY = 0xffffffff;

/** Calls whose answer depends on their arguments. */
export function argumentRules(inputs: SeccompInputs): ReadonlyMap<string, Rule> {
  return new Map<string, Rule>([
    ...FIXED_RULES,
    ...NO_OUT_OF_BAND,
    ...(inputs.processes === 'allowed' ? CLONE_ALLOWED : CLONE_REFUSED),
    ...(inputs.branches === 'gated' ? withBranches(inputs) : []),
    ...(inputs.network ? INET_SOCKETS : []),
    ...(inputs.signals === 'own-pid' ? OWN_SIGNALS : []),
  ]);
}

type NamedRule = readonly [name: string, rule: Rule];

const PLAIN_PRCTL: Rule = allowWhen(oneOf(0, PRCTLS));

const FIXED_RULES: readonly NamedRule[] = [
  // Its flags are in memory, which no filter can read; at ENOSYS libc falls back to clone.
  ['clone3', [{ when: [], answer: 'ENOSYS' }]],
  ['ioctl', allowWhen(oneOf(1, IOCTLS))],
  ['fcntl', allowWhen(oneOf(1, FCNTLS))],
  ['prctl', PLAIN_PRCTL],
  ['prlimit64', allowWhen(oneOf(0, [0]))],
  // PRIO_PROCESS of the caller itself: os.nice.
  ['setpriority', allowWhen(oneOf(0, [0]), oneOf(1, [0]))],
  ['personality', allowWhen(oneOf(0, [PERSONALITY_QUERY]))],
  ['mknod', allowWhen(oneOf(1, NODE_TYPES, S_IFMT))],
  ['mknodat', allowWhen(oneOf(2, NODE_TYPES, S_IFMT))],
  // Stream only: a datagram pair could still send to any other socket of the host by its address.
  ['socketpair', allowWhen(oneOf(0, [AF_UNIX]), oneOf(1, [SOCK_STREAM], SOCK_TYPE_MASK))],
  [
    'setsockopt',
    [
      { when: [oneOf(1, [SOL_SOCKET]), oneOf(2, FILTER_OPTIONS)], answer: 'EPERM' },
      { when: [], answer: 'allow' },
    ],
  ],
];

/** Out-of-band data on Unix sockets was the way out of a browser's sandbox in 2025 (CVE-2025-38236). */
const MSG_OOB = 1;
const MESSAGE_FLAGS = [
  ['sendto', 3],
  ['sendmsg', 2],
  ['sendmmsg', 3],
  ['recvfrom', 3],
  ['recvmsg', 2],
  ['recvmmsg', 3],
] as const;
const NO_OUT_OF_BAND: readonly NamedRule[] = MESSAGE_FLAGS.map(([name, flags]) => [
  name,
  [
    { when: [anyBit(flags, MSG_OOB)], answer: 'EPERM' },
    { when: [], answer: 'allow' },
  ],
]);

const CLONE_ALLOWED: readonly NamedRule[] = [
  [
    'clone',
    [
      { when: [anyBit(0, CLONE_NAMESPACES | CLONE_STRANGE)], answer: 'EPERM' },
      // Kernels from 5.3 to 5.6 read flags of clone3 here.
      { when: [anyHighBit(0)], answer: 'EPERM' },
      { when: [], answer: 'allow' },
    ],
  ],
];

const CLONE_REFUSED: readonly NamedRule[] = [
  [
    'clone',
    [
      { when: [anyBit(0, CLONE_NAMESPACES | CLONE_STRANGE)], answer: 'EPERM' },
      { when: [anyHighBit(0)], answer: 'EPERM' },
      { when: [anyBit(0, CLONE_THREAD)], answer: 'allow' },
      { when: [], answer: 'EAGAIN' },
    ],
  ],
  ['fork', [{ when: [], answer: 'EAGAIN' }]],
  ['vfork', [{ when: [], answer: 'EAGAIN' }]],
];

const INET_SOCKETS: readonly NamedRule[] = [
  [
    'socket',
    allowWhen(
      oneOf(0, [AF_INET, AF_INET6]),
      oneOf(1, [SOCK_STREAM, SOCK_DGRAM], SOCK_TYPE_MASK),
      oneOf(2, PROTOCOLS),
    ),
  ],
];

/** Not 0 either: a process may move into any group of its session and then signal the group. */
const OWN_SIGNALS: readonly NamedRule[] = [
  'kill',
  'tkill',
  'tgkill',
  'rt_sigqueueinfo',
  'rt_tgsigqueueinfo',
].map((name): NamedRule => [name, allowWhen(ownPid(0))]);

function withBranches({ processes }: SeccompInputs): readonly NamedRule[] {
  const others = new Map(processes === 'allowed' ? CLONE_ALLOWED : CLONE_REFUSED).get('clone') ?? [];
  return [
    ['clone', [{ when: [oneOf(0, [CLONE_BRANCH]), noHighBit(0)], answer: 'ask' }, ...others]],
    ['prctl', [...allowWhen(oneOf(0, [PR_SET_PDEATHSIG]), oneOf(1, [SIGKILL])), ...PLAIN_PRCTL]],
  ];
}

function allowWhen(...when: Rule[number]['when']): Rule {
  return [{ when, answer: 'allow' }];
}
