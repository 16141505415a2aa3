import type { Program } from '../program.js';

const QUICK = { timeoutSeconds: 0.4 };
const CPU = { cpuSeconds: 1, timeoutSeconds: 30 };
const TIMEOUT = {
  status: 'timeout',
  exitCode: 124,
  error: 'Timeout: the run was ended after 0.4 s (timeoutSeconds)',
} as const;

/** Ways to outlive a deadline. Each prints first: what was written is kept. */
export const DEADLINE_PROGRAMS: readonly Program[] = [
  {
    name: 'while True',
    code: 'print("on")\nimport sys; sys.stdout.flush()\nwhile True: pass',
    policy: QUICK,
    expected: { ...TIMEOUT, stdout: 'on\n' },
  },
  { name: 'sleep', code: 'import time\ntime.sleep(60)', policy: QUICK, expected: TIMEOUT },
  {
    name: 'except everything',
    code: 'while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass',
    policy: QUICK,
    expected: TIMEOUT,
  },
  {
    name: 'ignoring signals',
    code: 'import signal\nfor s in range(1, 65):\n    try:\n        signal.signal(s, signal.SIG_IGN)\n    except (OSError, ValueError):\n        pass\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass',
    policy: QUICK,
    expected: TIMEOUT,
  },
  { name: 'a loop in C', code: 'sum(range(10**15))', policy: QUICK, expected: TIMEOUT },
  {
    name: 'a loop in C that holds the interpreter',
    code: '9 ** 9 ** 8 % 7',
    policy: QUICK,
    expected: TIMEOUT,
  },
  {
    name: 'a regular expression',
    code: 'import re\nre.match("(a+)+$", "a" * 40 + "b")',
    policy: QUICK,
    expected: TIMEOUT,
  },
  {
    name: 'stopping itself',
    code: 'import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nwhile True: pass',
    policy: QUICK,
    expected: TIMEOUT,
  },
  {
    name: 'a thread that is no daemon',
    code: 'import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()',
    policy: QUICK,
    expected: TIMEOUT,
  },
  {
    name: 'an exit handler',
    code: 'import atexit, time\natexit.register(time.sleep, 60)',
    policy: QUICK,
    expected: TIMEOUT,
  },
  {
    name: 'a repr of the result',
    code: 'class Slow:\n    def __repr__(self):\n        while True: pass\nresult = Slow()',
    policy: QUICK,
    expected: TIMEOUT,
  },
  {
    name: 'a destructor',
    code: 'class Slow:\n    def __del__(self):\n        while True: pass\nx = Slow()',
    policy: QUICK,
    expected: TIMEOUT,
  },
  {
    name: 'a timeout of the run alone',
    code: 'while True: pass',
    policy: { timeoutSeconds: 30 },
    options: { timeoutSeconds: 0.4 },
    expected: TIMEOUT,
  },
];

/** Where processes may be made: at level `full`. */
export const PROCESS_TREE_PROGRAMS: readonly Program[] = [
  {
    name: 'a double fork that holds the pipes',
    code: 'import os, time\nif os.fork() == 0:\n    if os.fork() == 0:\n        time.sleep(60)\n    os._exit(0)\nprint("parent")',
    policy: QUICK,
    expected: { stdout: 'parent\n' },
  },
  {
    name: 'a double fork with setsid, and a parent that waits',
    code: 'import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        os.setsid()\n        while True: time.sleep(1)\n    os._exit(0)\nwhile True: pass',
    policy: QUICK,
    expected: TIMEOUT,
  },
  {
    name: 'children that close everything',
    code: 'import os, time\nfor _ in range(5):\n    if os.fork() == 0:\n        os.closerange(0, 256)\n        os.setsid()\n        time.sleep(60)\n        os._exit(0)\ntime.sleep(60)',
    policy: QUICK,
    expected: TIMEOUT,
  },
  {
    name: 'memory in several processes',
    code: 'import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n        x = b"x" * (40 << 20)\n        time.sleep(60)\n        os._exit(0)\ntime.sleep(60)',
    policy: { memoryLimitMb: 100, timeoutSeconds: 5 },
    expected: { status: 'memory_limit', exitCode: 137 },
  },
  {
    name: 'a fork bomb that carries on',
    code: 'import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass',
    policy: { timeoutSeconds: 0.5, cpuSeconds: 30 },
    expected: { status: 'timeout' },
  },
  {
    name: 'a fork bomb',
    code: 'import os\nwhile True:\n    os.fork()',
    policy: { timeoutSeconds: 2, cpuSeconds: 30 },
    expected: {
      status: 'process_limit',
      error: 'BlockingIOError: [Errno 11] Resource temporarily unavailable',
      suggestion: 'Raise maxProcesses (now 16, threads counted), or start fewer at once.',
    },
  },
];

/** Without a pid namespace nothing could surely end them: no process is made. */
export const REFUSED_PROCESS_PROGRAMS: readonly Program[] = [
  {
    name: 'a fork',
    code: 'import os\nos.fork()',
    policy: QUICK,
    expected: {
      status: 'process_limit',
      error: 'BlockingIOError: [Errno 11] Resource temporarily unavailable',
      suggestion: "Level 'kernel' starts no process without allowSubprocess: true; threads are allowed.",
    },
  },
  {
    name: 'a new session',
    code: 'import os\ntry:\n    os.setsid()\nexcept OSError:\n    pass\nwhile True: pass',
    policy: QUICK,
    expected: TIMEOUT,
  },
];

export const CPU_PROGRAMS: readonly Program[] = [
  {
    name: 'a busy loop',
    code: 'while True: pass',
    policy: CPU,
    expected: {
      status: 'cpu_limit',
      exitCode: 152,
      error: 'CpuLimit: the run used up its 1 s of CPU time (cpuSeconds)',
    },
  },
  {
    name: 'ignoring the signal',
    code: 'import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass',
    policy: CPU,
    expected: { status: 'cpu_limit' },
  },
  {
    name: 'several threads',
    code: 'import threading, hashlib\nd = b"x" * (1 << 22)\ndef f():\n    while True: hashlib.sha256(d).digest()\nfor _ in range(4): threading.Thread(target=f).start()',
    policy: CPU,
    expected: { status: 'cpu_limit' },
  },
];
