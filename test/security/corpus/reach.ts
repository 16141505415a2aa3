import type { Attack, Family } from '../attack.js';

// Every way in against every kind of place: a rule that was forgotten for one of them shows as one cell.

/** Expressions of Python for paths of the host that everybody there may read. */
const READABLE: Readonly<Record<string, string>> = {
  accounts: "'/etc/passwd'",
  stranger: "os.environ['BAIT_FILE']",
  kernel: "'/proc/version'",
  processes: "'/proc/' + os.environ['BAIT_PID'] + '/stat'",
  devices: "'/sys/kernel/mm/transparent_hugepage/enabled'",
};

/** With `path` and a `name` that is free in the working directory. */
const READS: readonly (readonly [id: string, technique: string, code: string])[] = [
  ['open', 'open()', 'return open(path).read(1)'],
  [
    'pread',
    'pread of the C library',
    'd = libc_open(path)\nout = ctypes.create_string_buffer(1)\nreturn libc.pread(d, out, 1, 0)',
  ],
  ['readv', 'readv', 'return os.readv(os.open(path, os.O_RDONLY), [bytearray(1)])'],
  ['file-io', 'io.FileIO', "return load('io').FileIO(path).read(1)"],
  ['libc-open', 'open of the C library', 'return os.read(libc_open(path), 1)'],
  [
    'libc-fopen',
    'fopen of the C library',
    "libc.fopen.restype = ctypes.c_void_p\nif not libc.fopen(path.encode(), b'r'): raise OSError(ctypes.get_errno(), 'fopen')",
  ],
  [
    'openat',
    'openat beneath a descriptor of the directory',
    'd = os.open(os.path.dirname(path), os.O_PATH)\nreturn os.read(os.open(os.path.basename(path), os.O_RDONLY, dir_fd=d), 1)',
  ],
  [
    'openat2',
    'openat2 by number',
    "how = ctypes.create_string_buffer(struct.pack('QQQ', 0, 0, 0))\nreturn os.read(call(437, -100, path.encode(), how, 24), 1)",
  ],
  [
    'reopen',
    'O_PATH, then opened anew by its descriptor',
    "d = os.open(path, os.O_PATH)\nreturn open('/proc/self/fd/%d' % d).read(1)",
  ],
  ['symlink', 'a symlink', 'os.symlink(path, name)\nreturn open(name).read(1)'],
  [
    'symlink-relative',
    'a symlink by ..',
    "os.symlink('../' * 40 + path.lstrip('/'), name)\nreturn open(name).read(1)",
  ],
  [
    'symlink-chain',
    'a symlink to a symlink to its directory',
    "os.symlink(os.path.dirname(path), name)\nos.symlink(name, name + '2')\nreturn open(name + '2/' + os.path.basename(path)).read(1)",
  ],
  [
    'chdir',
    'its directory as working directory',
    'home = os.getcwd()\nos.chdir(os.path.dirname(path))\ntry:\n    return open(os.path.basename(path)).read(1)\nfinally:\n    os.chdir(home)',
  ],
  [
    'sendfile',
    'sendfile into a file of its own',
    'source = os.open(path, os.O_RDONLY)\nreturn os.sendfile(os.open(name, os.O_CREAT | os.O_WRONLY), source, 0, 1)',
  ],
  [
    'thread',
    'open() in another thread',
    "import threading\nout = []\nt = threading.Thread(target=lambda: out.append(libc_open(path)))\nt.start()\nt.join()\nif not out: raise PermissionError(13, 'refused in the thread')\nreturn os.read(out[0], 1)",
  ],
];

/** With `place`, a directory of the host that everybody there may write to. */
const WRITES: readonly (readonly [id: string, technique: string, code: string])[] = [
  ['create', 'open() for writing', "open(place + 'a', 'w').close()\nos.unlink(place + 'a')"],
  ['libc-creat', 'creat of the C library', "os.close(libc_open(place + 'b', 0o101))\nos.unlink(place + 'b')"],
  ['mkdir', 'mkdir', "os.mkdir(place + 'c')\nos.rmdir(place + 'c')"],
  ['symlink', 'a symlink left there', "os.symlink('x', place + 'd')\nos.unlink(place + 'd')"],
  ['fifo', 'a FIFO left there', "os.mkfifo(place + 'e')\nos.unlink(place + 'e')"],
  ['mknod', 'a regular file by mknod', "os.mknod(place + 'f', 0o100600)\nos.unlink(place + 'f')"],
  [
    'rename',
    'an own file moved there',
    "open('mine', 'w').close()\nos.rename('mine', place + 'g')\nos.unlink(place + 'g')",
  ],
  [
    'renameat2',
    'an own file moved there by renameat2',
    "open('mine2', 'w').close()\ncall({'x86_64': 316, 'aarch64': 276}[os.uname().machine], -100, b'mine2', -100, (place + 'h').encode(), 1)\nos.unlink(place + 'h')",
  ],
  [
    'link',
    'an own file linked there',
    "open('mine3', 'w').close()\nos.link('mine3', place + 'i')\nos.unlink(place + 'i')",
  ],
  [
    'tmpfile',
    'a file without a name, linked there',
    'd = os.open(place, os.O_TMPFILE | os.O_WRONLY)\nos.close(d)',
  ],
  [
    'openat',
    'openat beneath a descriptor',
    "d = os.open(place, os.O_PATH)\nos.close(os.open('k', os.O_CREAT | os.O_WRONLY, dir_fd=d))\nos.unlink('k', dir_fd=d)",
  ],
  [
    'exchange',
    'an own file exchanged with one of the host',
    "open('mine4', 'w').close()\nopen(place + 'l', 'w').close()\ncall({'x86_64': 316, 'aarch64': 276}[os.uname().machine], -100, b'mine4', -100, (place + 'l').encode(), 2)\nos.unlink(place + 'l')",
  ],
  [
    'unix-socket',
    'a socket bound there',
    "s = socket.socket(socket.AF_UNIX)\ns.bind(place + 'm')\nos.unlink(place + 'm')",
  ],
];

/** With `port`, where somebody of the host listens for TCP, and `udp`. */
const NETWORK: readonly (readonly [id: string, technique: string, code: string])[] = [
  ['connect', 'connect()', "socket.create_connection(('127.0.0.1', port), 2).close()"],
  [
    'non-blocking',
    'connect() without waiting',
    "s = socket.socket()\ns.setblocking(False)\ne = s.connect_ex(('127.0.0.1', port))\nif e != errno.EINPROGRESS and e: raise OSError(e, 'connect')",
  ],
  [
    'fast-open',
    'data in the first packet (MSG_FASTOPEN)',
    "s = socket.socket()\nreturn s.sendto(b'x', 0x20000000, ('127.0.0.1', port))",
  ],
  [
    'libc',
    'socket and connect of the C library',
    "d = libc.socket(2, 1, 0)\nif d < 0: raise OSError(ctypes.get_errno(), 'socket')\na = struct.pack('<H', 2) + struct.pack('>H', port) + socket.inet_aton('127.0.0.1') + bytes(8)\nif libc.connect(d, a, 16): raise OSError(ctypes.get_errno(), 'connect')",
  ],
  [
    'any-address',
    'connect() to 0.0.0.0, which is this host',
    "socket.create_connection(('0.0.0.0', port), 2).close()",
  ],
  ['listen', 'a server of its own', "s = socket.socket()\ns.bind(('127.0.0.1', 0))\ns.listen(1)"],
  ['udp-send', 'sendto()', "socket.socket(2, 2).sendto(b'x', ('127.0.0.1', udp))"],
  [
    'udp-connect',
    'a connected datagram socket',
    "s = socket.socket(2, 2)\ns.connect(('127.0.0.1', udp))\nreturn s.send(b'x')",
  ],
  ['udp-sendmsg', 'sendmsg()', "return socket.socket(2, 2).sendmsg([b'x'], [], 0, ('127.0.0.1', udp))"],
  ['udp-bind', 'a datagram server of its own', "socket.socket(2, 2).bind(('127.0.0.1', 0))"],
  [
    'asyncio',
    'asyncio.open_connection',
    "a = load('asyncio')\nr, w = a.new_event_loop().run_until_complete(a.open_connection('127.0.0.1', port))",
  ],
  [
    'http',
    'http.client',
    "c = load('http.client').HTTPConnection('127.0.0.1', port, timeout=2)\nc.connect()",
  ],
];

const LIBC_OPEN =
  "def libc_open(path, flags=0):\n    d = libc.open(path.encode(), flags, 0o600)\n    if d < 0:\n        raise OSError(ctypes.get_errno(), 'open')\n    return d\n";

function attack(id: string, technique: string, mustNot: string, code: string): Attack {
  return { id: `reach/${id}`, technique, source: 'DESIGN section 5', mustNot, code, control: 'bare' };
}

// The kernel sends no file of a process to another file, bare or not.
const reads = Object.entries(READABLE).flatMap(([target, path]) =>
  READS.filter(([id]) => id !== 'sendfile' || target !== 'processes').map(([id, technique, code]) =>
    attack(
      `${target}-${id}`,
      `${technique}, of ${target}`,
      'read a file of the host',
      `${LIBC_OPEN}path, name = ${path}, 'reach-${target}-${id}'\n${code}`,
    ),
  ),
);

const writes = WRITES.map(([id, technique, code]) =>
  attack(
    `write-${id}`,
    technique,
    'change a directory of the host',
    `${LIBC_OPEN}place = os.environ['BAIT_DIRECTORY'] + '/other-run/'\n${code}`,
  ),
);

const network = NETWORK.map(([id, technique, code]) =>
  attack(
    `network-${id}`,
    technique,
    'reach the network',
    `port, udp = int(os.environ['BAIT_TCP']), int(os.environ['BAIT_UDP'])\n${code}`,
  ),
);

export const REACH: Family = { name: 'reach', attacks: [...reads, ...writes, ...network] };
