// What the plan orders: each rule, right and limit taken out in turn. `tests` are files of vitest or modules of unittest.
const RULES = 'src/plan/seccomp/argument-rules.ts';
const ALLOW = 'src/plan/seccomp/allow-list.ts';
const PROGRAM = 'src/plan/seccomp/program.ts';
const LANDLOCK = 'src/plan/landlock.ts';
const RLIMITS = 'src/plan/rlimits.ts';
const LANGUAGE = 'src/plan/language.ts';
const LIMITS = 'src/plan/limits.ts';
const REACH = 'src/plan/reach.ts';

const ARGUMENTS = ['test/plan/seccomp/arguments.test.ts'];
const SECCOMP = ['test/plan/seccomp/program.test.ts', 'test/plan/seccomp/arguments.test.ts'];
const PARTS = ['test/plan/worker-parts.test.ts'];
const BUILD = ['test/plan/build-plan.test.ts'];
const RIGHTS = ['test/plan/landlock.test.ts'];

const ALLOWED_WHEN = [
  ['ioctl', 'oneOf(1, IOCTLS)'],
  ['fcntl', 'oneOf(1, FCNTLS)'],
  ['prlimit64', 'oneOf(0, [0])'],
  ['setpriority', 'oneOf(0, [0]), oneOf(1, [0])'],
  ['personality', 'oneOf(0, [PERSONALITY_QUERY])'],
  ['mknod', 'oneOf(1, NODE_TYPES, S_IFMT)'],
  ['mknodat', 'oneOf(2, NODE_TYPES, S_IFMT)'],
  ['socketpair', 'oneOf(0, [AF_UNIX]), oneOf(1, [SOCK_STREAM], SOCK_TYPE_MASK)'],
];

const seccomp = [
  ...ALLOWED_WHEN.map(([name, tests]) =>
    one(`seccomp/${name}`, RULES, `['${name}', allowWhen(${tests})]`, `['${name}', allowWhen()]`, ARGUMENTS),
  ),
  one('seccomp/prctl', RULES, 'allowWhen(oneOf(0, PRCTLS))', 'allowWhen()', ARGUMENTS),
  one('seccomp/clone-namespaces', RULES, 'CLONE_NAMESPACES = 0x7e020080', 'CLONE_NAMESPACES = 0', ARGUMENTS),
  one(
    'seccomp/clone-strange',
    RULES,
    'CLONE_STRANGE = 0x00002000 | 0x00800000 | 0x00008000',
    'CLONE_STRANGE = 0',
    ARGUMENTS,
  ),
  one(
    'seccomp/clone-high-bits',
    RULES,
    "read flags of clone3 here.\n      { when: [anyHighBit(0)], answer: 'EPERM' },",
    'read flags of clone3 here.',
    ARGUMENTS,
  ),
  one(
    'seccomp/clone-without-thread',
    RULES,
    "answer: 'allow' },\n      { when: [], answer: 'EAGAIN' },",
    "answer: 'allow' },\n      { when: [], answer: 'allow' },",
    ARGUMENTS,
  ),
  one(
    'seccomp/fork',
    RULES,
    "['fork', [{ when: [], answer: 'EAGAIN' }]]",
    "['fork', [{ when: [], answer: 'allow' }]]",
    SECCOMP,
  ),
  one(
    'seccomp/vfork',
    RULES,
    "['vfork', [{ when: [], answer: 'EAGAIN' }]]",
    "['vfork', [{ when: [], answer: 'allow' }]]",
    SECCOMP,
  ),
  one(
    'seccomp/clone3',
    RULES,
    "['clone3', [{ when: [], answer: 'ENOSYS' }]]",
    "['clone3', [{ when: [], answer: 'allow' }]]",
    SECCOMP,
  ),
  one(
    'seccomp/socket-filters',
    RULES,
    'FILTER_OPTIONS = [26, 50, 51, 52]',
    'FILTER_OPTIONS = [99]',
    ARGUMENTS,
  ),
  one('seccomp/out-of-band', RULES, 'const MSG_OOB = 1;', 'const MSG_OOB = 0;', ARGUMENTS),
  one('seccomp/socket-family', RULES, '[AF_INET, AF_INET6]', '[AF_UNIX, AF_INET, AF_INET6]', ARGUMENTS),
  one('seccomp/socket-type', RULES, '[SOCK_STREAM, SOCK_DGRAM]', '[SOCK_STREAM, SOCK_DGRAM, 3]', ARGUMENTS),
  one(
    'seccomp/socket-protocol',
    RULES,
    'PROTOCOLS = [0, 6, 17]',
    'PROTOCOLS = [0, 1, 6, 17, 132]',
    ARGUMENTS,
  ),
  one('seccomp/own-signals', RULES, 'allowWhen(ownPid(0))', 'allowWhen()', ARGUMENTS),
  one(
    'seccomp/x32',
    PROGRAM,
    "guard: [{ op: 'branch', test: 'at-least', value: X32_BIT, yes: 'kill', no: 'next' }]",
    'guard: []',
    SECCOMP,
  ),
  one('seccomp/architecture', PROGRAM, "yes: 'number', no: 'kill'", "yes: 'number', no: 'number'", SECCOMP),
  one('seccomp/default-deny', PROGRAM, "? 'allow' : 'EPERM'", "? 'allow' : 'allow'", SECCOMP),
  one('seccomp/beyond-the-table', PROGRAM, "answer: 'ENOSYS' }", "answer: 'allow' }", SECCOMP),
  one(
    'seccomp/no-rule-holds',
    'src/plan/seccomp/compile-rule.ts',
    "code.push({ op: 'return', value: RETURN_VALUES.EPERM });",
    "code.push({ op: 'return', value: RETURN_VALUES.allow });",
    ARGUMENTS,
  ),
  ...[
    ['network', 'inputs.network ? NETWORK : []', 'NETWORK'],
    ['processes', "inputs.processes === 'allowed' ? PROCESSES : []", 'PROCESSES'],
    ['exec', 'inputs.exec ? EXEC : []', 'EXEC'],
    ['signals', "inputs.signals === 'any' ? SIGNALS : []", 'SIGNALS'],
    ['truncate', "inputs.metadata === 'none' ? [] : TRUNCATE_BY_PATH", 'TRUNCATE_BY_PATH'],
    ['metadata', "inputs.metadata === 'any' ? METADATA : []", 'METADATA'],
  ].map(([name, find, replace]) =>
    one(`seccomp/list-${name}`, ALLOW, `...(${find})`, `...${replace}`, SECCOMP),
  ),
  ...['ptrace', 'bpf', 'keyctl', 'io_uring_setup', 'userfaultfd', 'mount', 'open_by_handle_at'].map((name) =>
    one(`seccomp/allows-${name}`, ALLOW, 'read write readv', `${name} read write readv`, SECCOMP),
  ),
  one(
    'seccomp/level-kernel',
    'src/plan/seccomp.ts',
    "signals: ownTree ? 'any' : 'own-pid'",
    "signals: 'any'",
    ['test/plan/worker-parts.test.ts', 'test/plan/build-plan.test.ts', 'test/security/syscall-sweep.test.ts'],
  ),
];

const FS = (
  'EXECUTE WRITE_FILE READ_FILE READ_DIR REMOVE_DIR REMOVE_FILE MAKE_CHAR MAKE_DIR MAKE_REG MAKE_SOCK MAKE_FIFO ' +
  'MAKE_BLOCK MAKE_SYM REFER TRUNCATE IOCTL_DEV'
).split(' ');

const landlock = [
  ...FS.map((right) =>
    one(
      `landlock/handles-${right}`,
      LANDLOCK,
      'const handledFs = fsRights(abi);',
      `const handledFs = fsRights(abi) & ~FS.${right};`,
      RIGHTS,
    ),
  ),
  one('landlock/tcp', LANDLOCK, 'policy.allowNetwork ? 0 : netRights(abi)', '0', RIGHTS),
  one('landlock/scopes', LANDLOCK, 'scoped: scopes(abi)', 'scoped: 0', RIGHTS),
  one('landlock/execute', LANDLOCK, 'policy.allowSubprocess ? FS.EXECUTE : 0', 'FS.EXECUTE', RIGHTS),
  one('landlock/read-only', LANDLOCK, "access === 'write' ? write : read", 'write', RIGHTS),
  one(
    'landlock/device-nodes',
    LANDLOCK,
    'handledFs & ~NEVER & ~FS.EXECUTE',
    'handledFs & ~FS.EXECUTE',
    RIGHTS,
  ),
  one(
    'landlock/all-of-the-host',
    LANDLOCK,
    '...DEVICES.map',
    "{ path: '/', allowed: read }, ...DEVICES.map",
    [...RIGHTS, 'test/security/corpus.test.ts -t family .files. at level kernel with presets.agent'],
  ),
];

const rlimits = [
  ["both('DATA', policy.memoryBytes),", 'DATA'],
  ["both('AS', addressSpace),", 'AS'],
  ["{ name: 'CPU', soft: cpuSeconds + 1, hard: cpuSeconds + 2 },", 'CPU'],
  ["both('FSIZE', policy.diskBytes),", 'FSIZE'],
  ["both('NOFILE', policy.maxOpenFiles),", 'NOFILE'],
  ['...processLimit(maxProcesses, ids, facts),', 'NPROC'],
  ["both('CORE', 0),", 'CORE'],
  ["both('MSGQUEUE', 0),", 'MSGQUEUE'],
  ["both('MEMLOCK', 0),", 'MEMLOCK'],
].map(([find, name]) => one(`rlimits/${name}`, RLIMITS, find, '', PARTS));

const namespaces = ['user', 'mount', 'net', 'ipc', 'uts', 'pid'].map((name) => {
  const all = ['user', 'mount', 'net', 'ipc', 'uts', 'pid'];
  const text = (names) => `: [${names.map((each) => `'${each}'`).join(', ')}];`;
  const rest = all.filter((each) => each !== name);
  return one(`namespaces/${name}`, 'src/plan/namespaces.ts', text(all), text(rest), BUILD);
});

const proofs = [
  ...['file', 'signal', 'namespace', 'mount', 'ptrace', 'capabilities', 'new-privileges'].map((name) =>
    one(`proofs/${name}`, 'src/plan/proofs.ts', `    '${name}',\n`, '', BUILD),
  ),
  ...['socket', 'fork', 'exec'].map((name) =>
    one(`proofs/${name}`, 'src/plan/proofs.ts', `(['${name}'] as const)`, '[]', BUILD),
  ),
];

const reach = [
  one('reach/whole-machine', REACH, "if (path !== '/') return path;", 'return path;', [
    'test/plan/reach.test.ts',
  ]),
  one('reach/interpreter-writable', REACH, 'for (const path of writable) refuseTrusted(path, trusted);', '', [
    'test/plan/reach.test.ts',
  ]),
  one(
    'reach/other-runs',
    'src/plan/build-plan.ts',
    "if (level !== 'full') refuseRunDirectories(policy, facts, base);",
    '',
    ['test/plan/reach.test.ts', 'test/plan/build-plan.test.ts'],
  ),
  one('reach/writable-is-asked', REACH, "({ path, access: 'read' })", "({ path, access: 'write' })", [
    'test/plan/reach.test.ts',
  ]),
];

const others = [
  one('ids/full', 'src/plan/ids.ts', 'worker: { uid: INSIDE_ID, gid: INSIDE_ID },', 'worker: null,', PARTS),
  one(
    'ids/kernel',
    'src/plan/ids.ts',
    'maySwitch ? { uid: NOBODY_ID, gid: NOBODY_ID } : null',
    'null',
    PARTS,
  ),
  one(
    'processes/kernel',
    'src/plan/processes.ts',
    "if (!policy.allowSubprocess) return 'refused';",
    '',
    BUILD,
  ),
  one('level/never-weaker', 'src/plan/choose-level.ts', 'if (missing.length > 0) throw', 'if (false) throw', [
    'test/plan/choose-level.test.ts',
  ]),
  one('level/exactly', 'src/plan/choose-level.ts', "isolation.rule === 'exactly' ? isolation.level : ", '', [
    'test/plan/choose-level.test.ts',
  ]),
  one(
    'workdir/inodes',
    'src/plan/workdir.ts',
    'sizeBytes, inodes }\n    :',
    'sizeBytes, inodes: 1e9 }\n    :',
    PARTS,
  ),
  one(
    'cgroup/memory',
    'src/plan/cgroup.ts',
    'policy.memoryBytes + workdirBytes + KERNEL_BYTES',
    '1e15',
    PARTS,
  ),
  one('cgroup/processes', 'src/plan/cgroup.ts', 'processes: policy.maxProcesses', 'processes: 1e6', PARTS),
  one('cgroup/memory-is-written', 'src/spawn/run-cgroup.ts', 'made.memory !== undefined', 'false', [
    'test/spawn/run-cgroup.test.ts',
  ]),
  one('cgroup/processes-are-written', 'src/spawn/run-cgroup.ts', 'made.pids !== undefined', 'false', [
    'test/spawn/run-cgroup.test.ts',
  ]),
  one(
    'environment/reserved',
    'src/policy/env-rules.ts',
    "RESERVED_PREFIXES = ['PYTHON', 'LD_']",
    'RESERVED_PREFIXES: string[] = []',
    ['test/policy/resolve-policy-errors.test.ts'],
  ),
];

const limits = [
  'cpuSeconds memoryBytes maxProcesses maxOutputBytes maxResultBytes maxFileBytes maxFiles maxDisplays',
  'maxDisplayBytes diskBytes',
]
  .join(' ')
  .split(' ')
  .map((name) => one(`limits/${name}`, LIMITS, `${name}: policy.${name}`, `${name}: 1e12`, BUILD));

const language = [
  ['blockedImports: policy.blockedImports', 'blockedImports: []'],
  ["policy.allowedImports === 'any' ? null : policy.allowedImports", 'null'],
  ['blockedBuiltins: policy.blockedBuiltins', 'blockedBuiltins: []'],
  ["policy.allowedBuiltins === 'any' ? null : policy.allowedBuiltins", 'null'],
  ['blockedGlobals: policy.blockedGlobals', 'blockedGlobals: []'],
  ["policy.allowedGlobals === 'any' ? null : policy.allowedGlobals", 'null'],
  ["policy.allow === 'off' ? null : orderGuard(policy.allow)", 'null'],
  ['banDefinitions: policy.banDefinitions', 'banDefinitions: false'],
  ['banDunders: policy.banDunders', 'banDunders: false'],
  ['bannedSyntax: policy.bannedSyntax', 'bannedSyntax: []'],
  ['maxAstNodes: policy.maxAstNodes', 'maxAstNodes: 1e9'],
  ['maxResultBytes: policy.maxResultBytes', 'maxResultBytes: 1e9'],
  ['maxDisplays: policy.maxDisplays', 'maxDisplays: 1e9'],
  ['maxDisplayBytes: policy.maxDisplayBytes', 'maxDisplayBytes: 1e9'],
  ['resultFrom: policy.resultFrom', "resultFrom: 'either'"],
  ["policy.recursionLimit === 'python' ? null : policy.recursionLimit", 'null'],
  ["policy.deterministic === 'off' ? null : policy.deterministic.seed", 'null'],
  ["policy.clock === 'host' ? null : policy.clock", 'null'],
  ['network: policy.allowNetwork', 'network: true'],
  ['subprocess: policy.allowSubprocess', 'subprocess: true'],
].map(([find, replace]) =>
  one(`language/${(/(?:policy\.)(\w+)/.exec(find) ?? [])[1]}`, LANGUAGE, find, replace, [
    'test/plan/language.test.ts',
  ]),
);

export const PLAN = [
  ...seccomp,
  ...landlock,
  ...rlimits,
  ...namespaces,
  ...proofs,
  ...reach,
  ...others,
  ...limits,
  ...language,
];

function one(id, file, find, replace, tests) {
  return { id, edits: [{ file, find, replace }], tests };
}
