import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunner, presets, type Runner } from '../../../src/index.js';
import { WARM_LEVELS } from './levels.js';

interface Trace {
  readonly name: string;
  /** Leaves a trace. */
  readonly leave: string;
  /** `result` is truthy when a trace of another run is seen. */
  readonly look: string;
}

/** Each `look` also runs after its `leave` in the same run, where it must see the trace: a blind one proves nothing. */
const TRACES: readonly Trace[] = [
  { name: 'module globals', leave: 'trace = 1', look: 'result = "trace" in globals()' },
  {
    name: '__main__',
    leave: 'import __main__; __main__.t = 1',
    look: 'import __main__; result = hasattr(__main__, "t")',
  },
  {
    name: 'sys.modules',
    leave: 'import sys, types; sys.modules["t"] = types.ModuleType("t")',
    look: 'import sys; result = "t" in sys.modules',
  },
  {
    name: 'builtins',
    leave: 'import builtins; builtins.t = 1',
    look: 'import builtins; result = hasattr(builtins, "t")',
  },
  {
    name: 'a patched preloaded module',
    leave: 'import json; json.dumps = lambda v: "trace"',
    look: 'import json; result = json.dumps(1) == "trace"',
  },
  {
    name: 'the environment',
    leave: 'import os; os.environ["T"] = "1"',
    look: 'import os; result = "T" in os.environ',
  },
  {
    name: 'the working directory',
    leave: 'import os; os.mkdir("t"); os.chdir("t")',
    look: 'import os; result = os.getcwd().endswith("/t") or os.path.exists("t")',
  },
  { name: 'files', leave: 'open("t", "w").write("1")', look: 'import os; result = os.path.exists("t")' },
  {
    name: 'TMPDIR',
    leave: 'import tempfile, os; open(tempfile.gettempdir() + "/t", "w").write("1")',
    look: 'import tempfile, os; result = os.path.exists(tempfile.gettempdir() + "/t")',
  },
  { name: 'umask', leave: 'import os; os.umask(0o135)', look: 'import os; result = os.umask(0) == 0o135' },
  {
    name: 'signal handlers',
    leave: 'import signal; signal.signal(signal.SIGUSR1, signal.SIG_IGN)',
    look: 'import signal; result = signal.getsignal(signal.SIGUSR1) != signal.SIG_DFL',
  },
  {
    name: 'blocked signals',
    leave: 'import signal; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])',
    look: 'import signal; result = bool(signal.pthread_sigmask(signal.SIG_BLOCK, []))',
  },
  {
    name: 'open descriptors',
    leave: 'import os; fd = os.open("x", os.O_CREAT | os.O_RDWR)\nos.dup2(fd, 55)',
    look: 'import os\ntry:\n    os.fstat(55)\n    result = True\nexcept OSError:\n    result = False',
  },
  {
    name: 'the trace function',
    leave: 'import sys; sys.setprofile(lambda *a: None)',
    look: 'import sys; result = sys.getprofile() is not None',
  },
  {
    name: 'the recursion limit',
    leave: 'import sys; sys.setrecursionlimit(4321)',
    look: 'import sys; result = sys.getrecursionlimit() == 4321',
  },
  {
    name: 'rlimits',
    leave: 'import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))',
    look: 'import resource; result = resource.getrlimit(resource.RLIMIT_FSIZE)[0] == 4096',
  },
  {
    name: 'file locks',
    leave: 'import fcntl, json; held = open(json.__file__); fcntl.flock(held, fcntl.LOCK_EX)',
    // The worker of the run before ends a moment after its answer.
    look: `import fcntl, json, time
result, mine = True, open(json.__file__)
for _ in range(50):
    try:
        fcntl.flock(mine, fcntl.LOCK_EX | fcntl.LOCK_NB)
        result = False
        break
    except BlockingIOError:
        time.sleep(0.02)`,
  },
  {
    name: 'a lock of a file of its own',
    leave: `import fcntl, os
for name in ("held", os.environ["TMPDIR"] + "/held"):
    fcntl.lockf(os.open(name, os.O_CREAT | os.O_RDWR), fcntl.LOCK_EX)`,
    look: 'import os; result = os.path.exists("held") or os.path.exists(os.environ["TMPDIR"] + "/held")',
  },
  {
    name: 'shared memory',
    leave: `import _posixshmem, os
try:
    _posixshmem.shm_open("/trace", os.O_CREAT | os.O_RDWR, mode=0o600)
except OSError:
    refused = True`,
    look: `import _posixshmem, os
try:
    _posixshmem.shm_open("/trace", os.O_RDWR, mode=0o600)
    result = True
except OSError:
    result = "refused" in globals()`,
  },
  {
    name: 'a timer',
    leave: 'import signal; signal.setitimer(signal.ITIMER_REAL, 1000)',
    look: 'import signal; result = signal.getitimer(signal.ITIMER_REAL)[0] > 0',
  },
  {
    name: 'sys.path and import hooks',
    leave: 'import sys; sys.path.insert(0, "trace"); sys.meta_path.append("trace")',
    look: 'import sys; result = "trace" in sys.path or "trace" in sys.meta_path',
  },
  {
    name: 'the size of stacks',
    leave: 'import threading; threading.stack_size(1 << 20)',
    look: 'import threading; result = threading.stack_size() == 1 << 20',
  },
  {
    name: 'the decimal context',
    leave: 'import decimal; decimal.getcontext().prec = 77',
    look: 'import decimal; result = decimal.getcontext().prec == 77',
  },
  {
    name: 'the locale',
    leave: 'import locale; locale.setlocale(locale.LC_ALL, "C")',
    look: 'import locale; result = locale.setlocale(locale.LC_ALL) == "C"',
  },
  {
    name: 'interned and cached state',
    leave: 'import re; re.purge(); re.compile("trace-77")',
    look: 'import re; result = any("trace-77" in str(key) for key in getattr(re, "_cache", {}))',
  },
  {
    name: 'the garbage collector',
    leave: 'import gc; gc.disable()',
    look: 'import gc; result = not gc.isenabled()',
  },
  {
    name: 'memory',
    leave: 'secret = "tr" + "ace" + "-9" * 50',
    look: 'import gc\nresult = any(("tr" + "ace") + "-9" * 50 == o for d in gc.get_objects() if type(d) is dict for o in list(d.values()) if type(o) is str)',
  },
];

const SIDE = 'import os, time, fcntl\nopen("lock", "w")\n';

describe.each(WARM_LEVELS)('at level %s', (level) => {
  const made: Runner[] = [];
  const policy = { ...presets.agent, isolation: { exactly: level } } as const;
  beforeAll(async () => {
    made.push(
      await createRunner({
        policy,
        warm: { size: 1, preload: ['json', 're', 'decimal', 'tempfile', 'random'] },
      }),
    );
  });
  afterAll(async () => {
    for (const runner of made) await runner.close();
  });
  const runner = (): Runner => {
    const [first] = made;
    if (first === undefined) throw new Error('beforeAll did not run');
    return first;
  };

  test.each(TRACES.map((trace) => [trace.name, trace] as const))('%s', async (_, { leave, look }) => {
    const left = await runner().run(`${leave}\n${look}`);
    expect([left.status, String(left.error), left.result]).toEqual(['ok', 'null', true]);
    const seen = await runner().run(look);
    expect([seen.status, String(seen.error), seen.result]).toEqual(['ok', 'null', false]);
  });

  test('exit handlers run in their own run only', async () => {
    const first = await runner().run('import atexit; atexit.register(lambda: print("bye"))');
    const second = await runner().run('print("hello")');
    expect([first.stdout, second.stdout]).toEqual(['bye\n', 'hello\n']);
  });

  test('what a run prints late is nobody else’s output', async () => {
    const first = await runner().run(
      'import threading, time, os\ndef late():\n    time.sleep(0.05)\n    os.write(1, b"late")\nthreading.Thread(target=late, daemon=True).start()',
    );
    const second = await runner().run('import time; time.sleep(0.1); print("mine")');
    expect([first.status, second.stdout]).toEqual(['ok', 'mine\n']);
  });

  test('processes, pids and numbers of descriptors tell nothing of other runs', async () => {
    const look = 'import os, threading\nresult = [os.getpid(), os.getppid()] if os.getpid() < 3 else "host"';
    const counts =
      'import os\nfds = []\nfor fd in range(256):\n    try:\n        os.fstat(fd)\n        fds.append(fd)\n    except OSError:\n        pass\nresult = fds';
    expect((await runner().run(look)).result).toEqual(level === 'full' ? [1, 0] : 'host');
    const seen = [await runner().run(counts), await runner().run(counts)].map((each) => each.result);
    expect(seen).toEqual([
      [0, 1, 2, 3],
      [0, 1, 2, 3],
    ]);
  });

  test('runs side by side do not see each other’s files', async () => {
    const wide = await createRunner({ policy, warm: { size: 4 } });
    try {
      const code = `${SIDE}import tempfile\nopen(tempfile.gettempdir() + "/shared-" + str(input_data), "w")\ntime.sleep(0.2)\nresult = sorted(os.listdir(tempfile.gettempdir()))`;
      const results = await Promise.all([1, 2, 3, 4].map((index) => wide.run(code, index)));
      expect(results.map((each) => each.result)).toEqual([1, 2, 3, 4].map((index) => [`shared-${index}`]));
    } finally {
      await wide.close();
    }
  });

  test('random states differ in each worker', async () => {
    const code =
      'import random, uuid, secrets, os, ssl\nresult = [random.random(), str(uuid.uuid4()), secrets.token_hex(8), os.urandom(8).hex(), ssl.RAND_bytes(8).hex(), random.SystemRandom().random()]';
    const rows = await Promise.all(Array.from({ length: 20 }, () => runner().run(code)));
    expect(rows.map((each) => each.status)).toEqual(rows.map(() => 'ok'));
    const values = rows.flatMap((each) => (Array.isArray(each.result) ? each.result : []));
    expect(values).toHaveLength(120);
    expect(new Set(values).size).toBe(120);
  });

  test('hash seeds are those of the tree, and another tree has another', async () => {
    const [first, second] = [
      await runner().run('result = hash("a")'),
      await runner().run('result = hash("a")'),
    ];
    expect(first.result).toBe(second.result);
    const other = await createRunner({ policy, warm: { size: 1 } });
    try {
      expect((await other.run('result = hash("a")')).result).not.toBe(first.result);
    } finally {
      await other.close();
    }
  });
});
