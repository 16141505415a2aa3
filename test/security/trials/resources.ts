import { expect } from 'vitest';
import { LINE_PRELUDE, type Trial } from '../trial.js';

function trial(id: string, technique: string, code: string, rest: Partial<Trial>): Trial {
  return {
    id: `resources/${id}`,
    technique,
    source: 'DESIGN section 8',
    mustNot: 'hold more than the policy gives',
    code: LINE_PRELUDE + code,
    statuses: ['ok'],
    ...rest,
  };
}

const FORKS = `
def children(count, act):
    pids = []
    for _ in range(count):
        pid = os.fork()
        if pid == 0:
            try: act()
            finally: os._exit(0)
        pids.append(pid)
    return pids
`;

export const RESOURCES: readonly Trial[] = [
  trial(
    'unlinked',
    'files that no directory shows',
    `
held = 0
for i in range(40):
    d = os.open('u', os.O_CREAT | os.O_RDWR); os.unlink('u')
    try: held += os.write(d, b'x' * (1 << 20))
    except OSError: break
time.sleep(0.5)
result = held >> 20`,
    {
      policy: { diskLimitMb: 4 },
      statuses: ['ok', 'disk_limit'],
      check: ({ status, result }) =>
        expect(status === 'disk_limit' ? 0 : Number(result)).toBeLessThanOrEqual(4),
    },
  ),
  trial(
    'hidden',
    'files in a directory that only a descriptor reaches',
    `
os.mkdir('h'); d = os.open('h', os.O_RDONLY); fs = [os.open('h/%d' % i, os.O_CREAT | os.O_RDWR) for i in range(40)]
libc.fchmod(d, 0)
held = 0
for f in fs:
    try: held += os.write(f, b'x' * (1 << 20))
    except OSError: break
time.sleep(0.5)
result = held >> 20`,
    {
      policy: { diskLimitMb: 4 },
      statuses: ['ok', 'disk_limit'],
      check: ({ status, result }) =>
        expect(status === 'disk_limit' ? 0 : Number(result)).toBeLessThanOrEqual(4),
    },
  ),
  trial(
    'shared-memory',
    'anonymous shared memory, which RLIMIT_DATA does not count',
    `
maps = []
for _ in range(50):
    m = mmap.mmap(-1, 16 << 20); maps.append(m)
    for o in range(0, 16 << 20, 4096): m[o] = 1
time.sleep(1)`,
    { statuses: ['memory_limit'] },
  ),
  trial(
    'children-memory',
    'memory spread over children',
    `${FORKS}
def hold():
    b = bytearray(100 << 20)
    for o in range(0, len(b), 4096): b[o] = 1
    time.sleep(1.5)
pids = children(8, hold)
result = sum(1 for p in pids if os.waitpid(p, 0)[1] == 0)`,
    {
      levels: ['full'],
      statuses: ['memory_limit', 'ok', 'error'],
      // Eight of them would be 800 MB of the 256.
      check: ({ status, result }) => expect(status === 'ok' ? Number(result) : 0).toBeLessThan(5),
    },
  ),
  trial('fork-bomb', 'a fork bomb', 'while True:\n    try: os.fork()\n    except OSError: pass', {
    statuses: ['timeout', 'process_limit', 'cpu_limit'],
  }),
  trial(
    'thread-bomb',
    'threads without end',
    'while True: threading.Thread(target=time.sleep, args=(9,)).start()',
    {
      statuses: ['process_limit', 'memory_limit', 'timeout'],
    },
  ),
  trial(
    'daemon',
    'a daemon by double fork that holds the pipes',
    `
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0: time.sleep(60)
    os._exit(0)
os.wait()
result = 1`,
    { levels: ['full'] },
  ),
  trial(
    'pipe-holder',
    'a child that holds stdout after the deadline',
    `
if os.fork() == 0:
    os.setsid()
    while True: os.write(1, b'x')
time.sleep(60)`,
    { levels: ['full'], statuses: ['timeout', 'output_limit', 'cpu_limit'] },
  ),
  trial(
    'output-flood',
    'stdout without end from C',
    "b = b'x' * 65536\nwhile True: libc.write(1, b, 65536)",
    { statuses: ['output_limit'] },
  ),
  trial(
    'flood-behind-outcome',
    'a thread that floods stdout while the outcome goes out',
    `
def flood():
    while True: libc.write(1, b'y' * 65536, 65536)
threading.Thread(target=flood, daemon=True).start()
time.sleep(0.01)
result = 1`,
    { statuses: ['ok', 'output_limit'] },
  ),
  trial(
    'open-files',
    'descriptors without end',
    "held = []\ntry:\n    while True: held.append(os.open('/dev/null', 0))\nexcept OSError: pass\nresult = len(held)",
    {
      check: ({ result }) => expect(Number(result)).toBeLessThanOrEqual(256),
    },
  ),
  trial(
    'mlock',
    'locked memory',
    'b = mmap.mmap(-1, 1 << 20)\nresult = libc.mlock(ctypes.c_void_p(ctypes.addressof(ctypes.c_char.from_buffer(b))), 1 << 20)',
    {
      check: ({ result }) => expect(result).toBe(-1),
    },
  ),
  trial(
    'pipes',
    'bigger pipes',
    'import fcntl\nr, w = os.pipe()\ntry: result = fcntl.fcntl(w, 1031, 1 << 20)\nexcept OSError: result = -1',
    {
      check: ({ result }) => expect(result).toBe(-1),
    },
  ),
];
