import type { Program } from '../program.js';
import { sciencePython } from '../science-python.js';

const SMALL = { memoryLimitMb: 64, timeoutSeconds: 10 };
const MEMORY = { status: 'memory_limit', exitCode: 137 } as const;

export const MEMORY_PROGRAMS: readonly Program[] = [
  {
    name: 'one big allocation',
    code: 'x = bytearray(1 << 30)',
    policy: SMALL,
    expected: {
      ...MEMORY,
      error: 'MemoryError',
      suggestion: 'Raise memoryLimitMb (now 64 MB), or work on smaller pieces of the data.',
    },
  },
  {
    name: 'many small ones',
    code: 'x = []\nwhile True: x.append(object())',
    policy: SMALL,
    expected: MEMORY,
  },
  { name: 'a text that doubles', code: 'x = "a"\nwhile True: x += x', policy: SMALL, expected: MEMORY },
  {
    name: 'a mapping',
    code: 'import mmap\nm = mmap.mmap(-1, 200 << 20)\nfor i in range(0, len(m), 4096): m[i] = 1',
    policy: SMALL,
    expected: { status: 'memory_limit' },
  },
  {
    name: 'a caught MemoryError',
    code: 'try:\n    x = bytearray(1 << 30)\nexcept MemoryError:\n    result = "caught"',
    policy: SMALL,
    expected: { result: 'caught', error: null },
  },
  {
    name: 'less than the limit',
    code: 'x = b"x" * (20 << 20)\nresult = len(x)',
    policy: SMALL,
    expected: { result: 20 << 20 },
  },
];

export const NUMPY_MEMORY_PROGRAMS: readonly Program[] = [
  {
    name: 'numpy',
    code: 'import numpy as np\nx = np.ones(10**9)',
    policy: { memoryLimitMb: 256, timeoutSeconds: 20, pythonExecutable: sciencePython().file },
    expected: MEMORY,
  },
  {
    name: 'numpy by small steps',
    code: 'import numpy as np\nx = []\nwhile True: x.append(np.ones(100_000))',
    policy: { memoryLimitMb: 256, timeoutSeconds: 20, pythonExecutable: sciencePython().file },
    expected: MEMORY,
  },
];

export const THREAD_PROGRAMS: readonly Program[] = [
  {
    name: 'a thread bomb',
    code: 'import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(9,), daemon=True).start()',
    expected: {
      status: 'process_limit',
      error: "RuntimeError: can't start new thread",
      suggestion: 'Raise maxProcesses (now 16, threads counted), or start fewer at once.',
    },
    // Where only the supervisor counts, it may come before the address space is full.
    expectedAt: {
      kernel: {
        status: 'process_limit',
        suggestion: 'Raise maxProcesses (now 16, threads counted), or start fewer at once.',
      },
    },
  },
  {
    name: 'a few threads',
    code: 'import threading\nt = [threading.Thread(target=print, args=(1,)) for _ in range(5)]\n[x.start() for x in t]\n[x.join() for x in t]\nresult = "done"',
    expected: { result: 'done' },
  },
];

// Some rows make thousands of files, on a machine that may be busy.
const DISK = { diskLimitMb: 4, timeoutSeconds: 30 };

export const DISK_PROGRAMS: readonly Program[] = [
  {
    name: 'one big file',
    code: 'f = open("big", "wb")\nwhile True: f.write(b"x" * 65536)',
    policy: DISK,
    expected: { status: 'disk_limit' },
  },
  {
    name: 'many files',
    code: 'i = 0\nwhile True:\n    i += 1\n    with open(str(i), "wb") as f: f.write(b"x" * 500_000)',
    policy: DISK,
    expected: { status: 'disk_limit' },
  },
  {
    name: 'a sparse file beyond the limit',
    code: 'import os\nfd = os.open("sparse", os.O_CREAT | os.O_RDWR)\nos.ftruncate(fd, 1 << 40)',
    policy: DISK,
    expected: { status: 'disk_limit' },
  },
  {
    name: 'a million inodes',
    code: 'i = 0\nwhile True:\n    i += 1\n    open(str(i), "w").close()',
    policy: DISK,
    expected: { status: 'disk_limit' },
  },
  {
    name: 'a million directories',
    code: 'import os\ni = 0\nwhile True:\n    i += 1\n    os.mkdir(str(i))',
    policy: DISK,
    expected: { status: 'disk_limit' },
  },
  {
    name: 'the temporary directory counts',
    code: 'import tempfile\nf = tempfile.TemporaryFile()\nwhile True: f.write(b"x" * 65536)',
    policy: DISK,
    expected: { status: 'disk_limit' },
  },
];

export const OUTPUT_PROGRAMS: readonly Program[] = [
  {
    name: 'print without end',
    code: 'while True: print("x" * 1000)',
    policy: { maxOutputKb: 8 },
    expected: {
      status: 'output_limit',
      exitCode: 141,
      error: 'OutputLimit: the run wrote far more output than the 8 KB kept of a stream (maxOutputKb)',
    },
  },
  {
    name: 'stderr from C without end',
    code: 'import ctypes\nlibc = ctypes.CDLL(None)\nd = b"y" * 65536\nwhile True: libc.write(2, d, len(d))',
    policy: { maxOutputKb: 8 },
    expected: { status: 'output_limit' },
  },
  {
    name: 'ten times the cap is no flood yet',
    code: 'print("x" * 80_000, end="")',
    policy: { maxOutputKb: 8 },
    expected: { status: 'ok' },
  },
];
