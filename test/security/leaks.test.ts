import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { closeSharedPools, presets, type RunOptions, type RunResult, runCode } from '../../src/index.js';
import { createDeferred } from '../../src/supervise/deferred.js';
import { wantedJails } from '../conformance/wanted-levels.js';

/** What one run leaves and another looks for; `look` sets `result` to true when it finds it. */
interface Leak {
  readonly id: string;
  readonly leave: string;
  readonly look: string;
}

const IMPORTS = 'import os, socket, fcntl, ctypes, tempfile\nlibc = ctypes.CDLL(None, use_errno=True)\n';

const LEAKS: readonly Leak[] = [
  {
    id: 'a file in the workdir',
    leave: "open('left', 'w').close()",
    look: "result = os.path.exists('left')",
  },
  {
    id: 'a file in /tmp',
    leave: "open(tempfile.gettempdir() + '/left', 'w').close()",
    look: "result = os.path.exists(tempfile.gettempdir() + '/left') or os.access('/tmp/left', 0)",
  },
  {
    id: 'a file beside the workdir',
    leave: "libc.mkdir(b'../shm/left', 0o700)",
    look: "result = libc.access(b'../shm/left', 0) == 0",
  },
  { id: 'an environment variable', leave: "os.environ['LEFT'] = '1'", look: "result = 'LEFT' in os.environ" },
  {
    id: 'a module',
    leave: "import sys\nsys.modules['left'] = sys",
    look: "import sys\nresult = 'left' in sys.modules",
  },
  {
    id: 'a changed module',
    leave: 'import math\nmath.left = 1',
    look: "import math\nresult = hasattr(math, 'left')",
  },
  {
    id: 'a builtin',
    leave: 'import builtins\nbuiltins.left = 1',
    look: "import builtins\nresult = hasattr(builtins, 'left')",
  },
  { id: 'a umask', leave: 'os.umask(0o777)', look: 'result = os.umask(0) == 0o777' },
  {
    id: 'an ignored signal',
    leave: 'import signal\nsignal.signal(signal.SIGUSR1, signal.SIG_IGN)',
    look: 'import signal\nresult = signal.getsignal(signal.SIGUSR1) == signal.SIG_IGN',
  },
  {
    id: 'a process name',
    leave: "libc.prctl(15, b'left', 0, 0, 0)",
    look: "b = ctypes.create_string_buffer(16)\nlibc.prctl(16, b, 0, 0, 0)\nresult = b.value == b'left'",
  },
];

/** Places that two living runs would share: the first holds it while the second looks. */
const SHARED: readonly Leak[] = [
  {
    id: 'an abstract socket',
    leave:
      "try:\n    held = socket.socket(socket.AF_UNIX); held.bind(chr(0) + 'pungi-leak'); held.listen()\nexcept OSError: pass",
    look: "try:\n    socket.socket(socket.AF_UNIX).connect(chr(0) + 'pungi-leak')\n    result = True\nexcept OSError:\n    result = False",
  },
  {
    id: 'System V shared memory',
    leave: 'libc.shmget(0x50554e47, 4096, 0o1666)',
    look: 'result = libc.shmget(0x50554e47, 4096, 0o666) >= 0',
  },
  {
    id: 'a POSIX message queue',
    leave: "libc.mq_open(b'/pungi-leak', os.O_CREAT | os.O_RDWR, 0o666, None)",
    look: "result = libc.mq_open(b'/pungi-leak', os.O_RDWR) >= 0",
  },
  {
    id: 'shared memory by name',
    leave: "try:\n    d = os.open('/dev/shm/pungi-leak', os.O_CREAT | os.O_RDWR)\nexcept OSError: pass",
    look: "result = os.access('/dev/shm/pungi-leak', os.F_OK)",
  },
  {
    id: 'a key in a keyring',
    leave: "libc.syscall(248, b'user', b'pungi-leak', b'x', 1, -4)",
    look: "result = libc.syscall(249, b'user', b'pungi-leak', None, 0) >= 0",
  },
];

/** No filter can tell descriptors apart, and SQLite needs locks: docs/limitations.md says so. */
const KNOWN: Leak = {
  id: 'a lock on a file of the standard library',
  leave: 'held = open(os.__file__)\nfcntl.flock(held, fcntl.LOCK_EX)',
  look: 'f = open(os.__file__)\ntry:\n    fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)\n    result = False\nexcept BlockingIOError:\n    result = True',
};

const LEVELS = wantedJails();

const CASES = LEVELS.flatMap((level) => [
  { level, trees: 'in trees of their own', oneshot: true },
  { level, trees: 'in one tree', oneshot: false },
]);

afterAll(() => closeSharedPools());

describe.each(CASES)('runs $trees at level $level', ({ level, oneshot }) => {
  const policy = { ...presets.agent, timeoutSeconds: 30, isolation: { exactly: level } } as const;
  const run = (code: string, options: RunOptions = {}): PromiseLike<RunResult> =>
    runCode(IMPORTS + code, undefined, policy, { oneshot, ...options });

  /** Looks while the other run holds what it has left: from when it says so until it is told to end. */
  async function beside(leave: string, look: string): Promise<RunResult> {
    const done = new AbortController();
    const holds = createDeferred<void>();
    const held = run(`${leave}\nprint('held', flush=True)\nimport time\ntime.sleep(60)`, {
      signal: done.signal,
      onStdout: () => holds.resolve(),
    });
    const ended = held.then(() => holds.resolve());
    await holds.promise;
    const seen = await run(look);
    done.abort();
    await ended;
    expect(await held).toMatchObject({ status: 'cancelled', stdout: 'held\n' });
    return seen;
  }

  test.each(LEAKS.map((leak) => [leak.id, leak] as const))(
    '%s is not left to the next run',
    async (_id, { leave, look }) => {
      expect(await run(`${leave}\n${look}`)).toMatchObject({ status: 'ok', result: true });
      expect(await run(leave)).toMatchObject({ status: 'ok' });
      expect(await run(look)).toMatchObject({ status: 'ok', result: false });
    },
  );

  test.each(SHARED.map((leak) => [leak.id, leak] as const))(
    '%s is not seen by a run beside it',
    async (_id, { leave, look }) => {
      expect(await beside(leave, look)).toMatchObject({ status: 'ok', result: false });
    },
  );

  test(`known and documented: ${KNOWN.id} is seen by a run beside it`, async () => {
    expect(await beside(KNOWN.leave, KNOWN.look)).toMatchObject({ status: 'ok', result: true });
    expect(await readFile('docs/limitations.md', 'utf8')).toContain('File locks');
  });

  test('two runs at once do not see each other', async () => {
    const look =
      "result = [n for n in range(2, 100000) if os.getpid() != n and os.access('/proc/%d/cwd/mine' % n, 0)]";
    expect((await beside("open('mine', 'w').close()", look)).result).toEqual([]);
  });

  test("Node's environment is not in a worker", async () => {
    process.env['PUNGI_SECRET_OF_NODE'] = 'a value of the host';
    const { status, result } = await run(
      "result = [n for n in os.environ if 'SECRET' in n] + [libc.getenv(b'PUNGI_SECRET_OF_NODE')]",
    );
    delete process.env['PUNGI_SECRET_OF_NODE'];
    expect({ status, result }).toEqual({ status: 'ok', result: [0] });
  });
});
