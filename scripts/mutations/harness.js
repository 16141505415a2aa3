// What the harness does about the plan, and what both sides check of bytes that a worker sent.
const H = 'python-harness/pungi_harness';
const WORKER = `${H}/worker.py`;
const DESK = `${H}/desk.py`;
const LIVE = `${H}/live.py`;
const WATCH = `${H}/watch.py`;
const WORKDIR = `${H}/workdir.py`;
const ROOT = `${H}/jail/root.py`;

const MISSING = ['test/security/missing-layer.test.ts'];
const FACTS = ['test/security/jail-facts.test.ts'];
const FUZZ = ['tests.test_fuzz'];
const FILES = ['tests.test_workdir'];

const SKIP_SECCOMP = edit(WORKER, '        if orders["seccomp"]:\n', '        if False:\n');
const SKIP_LANDLOCK = edit(
  WORKER,
  '        if orders["landlock"]:\n            landlock',
  '        if False:\n            landlock',
);
const SKIP_CAPABILITIES = edit(WORKER, '        privileges.drop_capabilities()', '        pass');
const SKIP_NO_NEW = edit(WORKER, '        privileges.forbid_new_privileges()', '        pass');
const SKIP_PROOFS = edit(
  WORKER,
  'proofs.check(orders["proofs"], orders, place)',
  'proofs.check([], orders, place)',
);

const layers = [
  many(
    'jail/seccomp',
    [SKIP_SECCOMP],
    ['test/security/corpus.test.ts -t family .syscalls. at level kernel with presets.agent'],
  ),
  many(
    'jail/landlock',
    [SKIP_LANDLOCK],
    ['test/security/corpus.test.ts -t family .files. at level kernel with presets.agent'],
  ),
  many(
    'jail/capabilities',
    [SKIP_CAPABILITIES],
    ['test/security/corpus.test.ts -t family .files. at level kernel with presets.agent'],
  ),
  many(
    'jail/no-new-privileges',
    [SKIP_NO_NEW],
    ['test/security/corpus.test.ts -t family .files. at level kernel with presets.agent'],
  ),
  many('jail/proofs', [SKIP_PROOFS], MISSING),
  // Both at once, so that the attacks have to find it.
  many(
    'jail/seccomp-and-proofs',
    [SKIP_SECCOMP, SKIP_PROOFS],
    ['test/security/corpus.test.ts -t family .syscalls. at level kernel with presets.agent'],
  ),
  many(
    'jail/landlock-and-proofs',
    [SKIP_LANDLOCK, SKIP_PROOFS],
    ['test/security/corpus.test.ts -t family .files. at level kernel with presets.agent'],
  ),
  many('jail/capabilities-and-proofs', [SKIP_CAPABILITIES, SKIP_PROOFS], FACTS),
  many('jail/no-new-privileges-and-proofs', [SKIP_NO_NEW, SKIP_PROOFS], FACTS),
  one('jail/rlimits', WORKER, '        limits.apply(others)', '        pass', [
    'test/security/corpus.test.ts -t family .processes. at level kernel with presets.agent',
    'test/security/jail-facts.test.ts',
  ]),
  one('jail/rlimit-of-open-files', WORKER, '        limits.apply(open_files)', '        pass', [
    'test/security/jail-facts.test.ts',
  ]),
  one('jail/hand-over-first', WORKER, 'limits.apply(others)', 'limits.apply(orders["rlimits"])', [
    'test/security/in-flight.test.ts',
  ]),
  one('jail/rlimits-taken', `${H}/jail/limits.py`, 'resource.setrlimit(which, (soft, hard))', 'pass', [
    'tests.test_jail',
  ]),
  one('jail/ids', WORKER, '            privileges.become(ids["uid"], ids["gid"])', '            pass', [
    'test/security/jail-facts.test.ts',
  ]),
  one(
    'jail/own-namespaces',
    WORKER,
    '            namespaces.enter_own(PROC, os.getuid(), os.getgid())',
    '            pass',
    ['test/security/jail-facts.test.ts'],
  ),
  one('jail/oom-score', WORKER, '            namespaces.offer_to_memory_killer(PROC)', '            pass', [
    'test/security/jail-facts.test.ts',
  ]),
  one(
    'jail/environment',
    WORKER,
    '    if not before:\n        os.environ.clear()',
    '    if False:\n        os.environ.clear()',
    ['tests.test_worker'],
  ),
  one('jail/descriptors', WORKER, '    closing.close_all_but(kept, RULESET + 1)', '    pass', [
    'test/security/jail-facts.test.ts',
  ]),
  one('jail/session', WORKER, '    os.setsid()', '    pass', ['test/security/jail-facts.test.ts']),
  one('jail/private-root', `${H}/zygote.py`, '            root.build(orders["root"])', '            pass', [
    'test/security/jail-facts.test.ts',
  ]),
  one('jail/proc-is-closed', WORKER, '            os.close(PROC)', '            pass', [
    'test/security/jail-facts.test.ts',
  ]),
  one(
    'jail/own-pid-namespace',
    `${H}/jail/namespaces.py`,
    '    syscalls.call("unshare", CLONE["pid"])\n',
    '',
    ['tests.test_jail_namespaces'],
  ),
  one('root/read-only', ROOT, '    _set_attributes("/", ATTR_RDONLY |', '    _set_attributes("/",', [
    'tests.test_jail_root',
  ]),
  one('root/binds-read-only', ROOT, '(ATTR_RDONLY if read_only else 0)', '0', ['tests.test_jail_root']),
  one(
    'root/binds-recursive',
    ROOT,
    '_set_attributes(path, attributes, recursive=True)',
    '_set_attributes(path, attributes, recursive=False)',
    ['tests.test_jail_root'],
  ),
  one('root/nodev', ROOT, '(ATTR_NODEV if nodev else 0)', '0', ['tests.test_jail_root']),
  one(
    'root/old-root',
    ROOT,
    '    syscalls.call("umount2", _path(OLD), MNT_DETACH)\n    os.rmdir(OLD)\n',
    '',
    ['tests.test_jail_root'],
  ),
  one('root/private-mounts', ROOT, '    _mount(None, "/", None, MS_REC | MS_PRIVATE)\n', '', [
    'tests.test_jail_root',
  ]),
  one('root/workdir-size', ROOT, 'f"size={size},nr_inodes', 'f"size=8g,nr_inodes', ['tests.test_jail_root']),
  one('root/workdir-inodes', ROOT, 'nr_inodes={inodes},mode=700', 'nr_inodes=9999999,mode=700', [
    'tests.test_jail_root',
  ]),
  one(
    'landlock/file-rights',
    `${H}/jail/landlock.py`,
    'orders["handledFs"].to_bytes',
    '(orders["handledFs"] & ~4).to_bytes',
    ['tests.test_jail'],
  ),
  one('landlock/net', `${H}/jail/landlock.py`, 'orders["handledNet"].to_bytes', '(0).to_bytes', [
    'tests.test_jail',
  ]),
  one('landlock/signals', `${H}/jail/landlock.py`, 'orders["scoped"].to_bytes', '(0).to_bytes', [
    'tests.test_jail',
  ]),
  one('seccomp/own-pid', `${H}/jail/seccomp.py`, 'os.getpid().to_bytes', 'os.getppid().to_bytes', [
    'tests.test_jail',
  ]),
  one('cgroup/join', `${H}/zygote.py`, '            cgroup.join(self._group)', '            pass', [
    'test/security/jail-facts.test.ts',
  ]),
  one(
    'cgroup/ends-all',
    `${H}/jail/cgroup.py`,
    '                    os.kill(pid, _signal.SIGKILL)',
    '                    pass',
    ['tests.test_jail_cgroup'],
  ),
];

const PROOFS =
  'file socket unix-socket signal namespace mount ptrace fork exec capabilities new-privileges'.split(' ');
const proofs = PROOFS.map((name) => {
  const find =
    new Map([
      ['file', '"file": _file,'],
      ['socket', '"socket": _socket_,'],
      ['unix-socket', '"unix-socket": _unix,'],
      ['new-privileges', '"new-privileges": _new_privileges,'],
    ]).get(name) ?? `"${name}": _${name},`;
  return one(`proofs/${name}-tries`, `${H}/jail/proofs.py`, find, `"${name}": lambda: None,`, [
    'tests.test_proofs',
  ]);
});

const supervisor = [
  one('supervisor/flood', DESK, 'if not run.is_flooded(self._limits["maxOutputBytes"]):', 'if True:', [
    'tests.test_supervisor_limits',
  ]),
  one('supervisor/deadline', DESK, '                self._stop(run, "timeout")', '                pass', [
    'tests.test_supervisor_limits',
  ]),
  one('supervisor/cpu', WATCH, 'if handle.cpu_ms() >= self._limits["cpuSeconds"] * 1000:', 'if False:', [
    'tests.test_supervisor_limits',
  ]),
  one('supervisor/threads', WATCH, 'if handle.threads() > self._limits["maxProcesses"]:', 'if False:', [
    'tests.test_supervisor_limits',
  ]),
  one(
    'supervisor/disk',
    WATCH,
    'if size > self._workdir["sizeBytes"] or entries >= self._workdir["inodes"]:',
    'if False:',
    ['tests.test_supervisor_limits'],
  ),
  one(
    'supervisor/unlinked-files',
    WATCH,
    'size += workdir.unlinked_bytes(self._birth.tree_of(handle.pid), handle.top)',
    'pass',
    ['tests.test_supervisor_limits'],
  ),
  one(
    'supervisor/one-outcome',
    DESK,
    'or not run.started or run.outcome is not None:',
    'or not run.started:',
    ['tests.test_supervisor_limits'],
  ),
  one('supervisor/kinds', DESK, 'if kind != protocol.OUTCOME or run is None', 'if run is None', [
    'tests.test_supervisor_limits',
  ]),
  one(
    'supervisor/displays',
    LIVE,
    'if run.room[kind] < 0 or run.events > MOST_EVENTS:',
    'if run.events > MOST_EVENTS:',
    ['tests.test_supervisor_limits'],
  ),
  one('supervisor/events', LIVE, 'run.room[kind] < 0 or run.events > MOST_EVENTS:', 'run.room[kind] < 0:', [
    'test/security/event-flood.test.ts',
  ]),
  one('supervisor/first-reason', `${H}/run.py`, '        if not self.reason:', '        if True:', [
    'tests.test_run',
  ]),
  one(
    'supervisor/broken-line',
    `${H}/roster.py`,
    '            self.desk.on_silence(handle)\n        if handle.line.ended and',
    '            pass\n        if handle.line.ended and',
    ['tests.test_supervisor_limits'],
  ),
  one(
    'supervisor/line-of-the-dead',
    `${H}/roster.py`,
    '            if handle.line.dry:\n                return\n',
    '',
    FUZZ,
  ),
  one('supervisor/stdin-sealed', `${H}/run.py`, 'fcntl.fcntl(self.stdin, F_ADD_SEALS, F_SEAL_ALL)', 'pass', [
    'tests.test_run',
  ]),
  one(
    'supervisor/orphans',
    `${H}/birth.py`,
    '        self.end_orphans()\n        for name',
    '        for name',
    ['test/security/orphans.test.ts'],
  ),
  one('frames/cap', `${H}/protocol.py`, ' or length - 5 > cap:', ':', ['tests.test_protocol']),
  one('frames/kind', `${H}/protocol.py`, 'if cap is None or length < 5', 'if length < 5', [
    'tests.test_protocol',
  ]),
  one('frames/least', `${H}/protocol.py`, 'cap is None or length < 5 or', 'cap is None or', [
    'tests.test_protocol',
  ]),
];

const files = [
  one('files/no-symlink', WORKDIR, 'READ = os.O_RDONLY | os.O_NOFOLLOW |', 'READ = os.O_RDONLY |', [
    'tests.test_collect_races',
  ]),
  one(
    'files/no-wait',
    WORKDIR,
    'os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY',
    'os.O_NOFOLLOW | os.O_NOCTTY',
    FILES,
  ),
  one(
    'files/regular',
    WORKDIR,
    'if not stat.S_ISREG(facts.st_mode) or facts.st_dev != self._device:',
    'if facts.st_dev != self._device:',
    FILES,
  ),
  one('files/one-file-system', WORKDIR, ' or facts.st_dev != self._device:', ':', [
    'tests.test_collect_races',
  ]),
  one(
    'files/no-symlink-to-directories',
    WORKDIR,
    'os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=parent',
    'os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=parent',
    ['tests.test_collect_races'],
  ),
  one('files/most-files', WORKDIR, 'if self._given >= self._max_files:', 'if False:', FILES),
  one('files/largest', WORKDIR, 'elif facts.st_size > self._max_bytes:', 'elif False:', FILES),
  one('files/deepest', WORKDIR, 'if depth >= MAX_DEPTH:', 'if False:', FILES),
  one(
    'files/longest-name',
    WORKDIR,
    'if len(name.encode()) > MAX_NAME:',
    'if len(name.encode()) < 0:',
    FILES,
  ),
  one('files/most-entries', WORKDIR, 'if self._entries > MAX_ENTRIES:', 'if False:', FILES),
  one('files/most-told', WORKDIR, 'if len(self.left_out) < MAX_LEFT_OUT:', 'if True:', FILES),
  one(
    'files/directories',
    WORKDIR,
    'DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW |',
    'DIRECTORY = os.O_RDONLY | os.O_DIRECTORY |',
    FILES,
  ),
  one(
    'files/new-only',
    WORKDIR,
    'os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW',
    'os.O_CREAT | os.O_NOFOLLOW',
    FILES,
  ),
  one(
    'files/counted-apparent',
    WORKDIR,
    'max(facts.st_size if stat.S_ISREG(facts.st_mode) else 0, facts.st_blocks * 512)',
    'facts.st_blocks * 512',
    FILES,
  ),
];

const values = [
  one('values/largest', `${H}/values.py`, 'if len(text) > max_bytes:', 'if False:', FUZZ),
  one('values/room', `${H}/value_walk.py`, '        if self._room < 0:', '        if False:', [
    'tests.test_values',
  ]),
  one('values/deepest', `${H}/value_walk.py`, '        if depth >= MAX_DEPTH:', '        if False:', [
    ...FUZZ,
    'tests.test_values',
  ]),
  one('values/cycles', `${H}/value_walk.py`, 'if id(owner) in self._active:', 'if False:', [
    'tests.test_values',
  ]),
  one('values/notes', `${H}/value_walk.py`, 'if len(self.notes) >= MAX_NOTES:', 'if False:', [
    ...FUZZ,
    'tests.test_values',
  ]),
  one('values/tag-escaped', `${H}/value_walk.py`, ' if TAG in walked else walked', ' if False else walked', [
    ...FUZZ,
    'tests.test_values',
  ]),
  one('values/tags', `${H}/values.py`, 'except (KeyError, TypeError):', 'except KeyError:', FUZZ),
];

const node = [
  one('node/frame-cap', 'src/protocol/frames.ts', 'if (payloadBytes > cap) {', 'if (false) {', [
    'test/protocol/frames.test.ts',
  ]),
  one('node/frame-kind', 'src/protocol/frames.ts', 'if (cap === null)\n', 'if (false)\n', [
    'test/protocol/frames.test.ts',
  ]),
  one(
    'node/nesting',
    'src/protocol/parse-json.ts',
    'if (!checkNesting(bytes, limits.maxDepth)) {',
    'if (false) {',
    ['test/protocol/parse-json.test.ts'],
  ),
  one('node/size', 'src/protocol/parse-json.ts', 'if (bytes.length > limits.maxBytes) {', 'if (false) {', [
    'test/protocol/parse-json.test.ts',
  ]),
  one(
    'node/utf8',
    'src/protocol/parse-json.ts',
    "if (!isUtf8(bytes)) return { ok: false, reason: 'JSON that is not UTF-8' };",
    '',
    ['test/protocol/parse-json.test.ts'],
  ),
  one('node/schema', 'src/protocol/read-message.ts', 'if (isPlain(parsed.value)) return', 'return', [
    'test/protocol/messages.test.ts',
  ]),
  one('node/value-depth', 'src/protocol/decode-value.ts', 'if (depth >= MAX_VALUE_DEPTH)', 'if (false)', [
    'test/protocol/values.test.ts',
  ]),
  one('node/prototype', 'src/protocol/decode-value.ts', "if (key === '__proto__') {", 'if (false) {', [
    'test/protocol/values.test.ts',
  ]),
  one('node/tag-keys', 'src/protocol/decode-value.ts', 'if (Object.keys(wire).length !== 2)', 'if (false)', [
    'test/protocol/values.test.ts',
  ]),
];

export const HARNESS = [...layers, ...proofs, ...supervisor, ...files, ...values, ...node];

function edit(file, find, replace) {
  return { file, find, replace };
}

function one(id, file, find, replace, tests) {
  return many(id, [edit(file, find, replace)], tests);
}

function many(id, edits, tests) {
  return { id, edits, tests };
}
