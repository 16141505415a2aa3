import { expect } from 'vitest';
import type { RunResult } from '../../../src/index.js';
import { LINE_PRELUDE, type Trial } from '../trial.js';

function trial(id: string, technique: string, code: string, rest: Partial<Trial> = {}): Trial {
  return {
    id: `tampering/${id}`,
    technique,
    source: 'DESIGN sections 4 and 7',
    mustNot: "change the host's view of why the run ended",
    code: LINE_PRELUDE + code,
    statuses: ['ok', 'error', 'crashed'],
    ...rest,
  };
}

/** The worker is pid 1 of its namespace at level `full`, which ignores what it sends itself: docs/limitations.md. */
function expectOwnSignal(name: string): (result: RunResult) => void {
  return ({ status, signal, isolation }) => {
    const expected =
      isolation.level === 'full' ? { status: 'ok', signal: null } : { status: 'crashed', signal: name };
    expect({ status, signal }).toEqual(expected);
  };
}

const HARNESS = "harness = {n: m for n, m in sys.modules.items() if n.startswith('pungi_harness')}\n";

export const TAMPERING: readonly Trial[] = [
  trial(
    'comm-crash',
    'a process name that looks like a line of /proc/PID/status',
    "libc.prctl(15, b'VmHWM:', 0, 0, 0)\nresult = 1",
    {
      statuses: ['ok'],
    },
  ),
  trial(
    'comm-forge',
    'a process name with a memory peak in it',
    "libc.prctl(15, b'VmHWM:9999999kB', 0, 0, 0)\nresult = 1",
    {
      statuses: ['ok'],
      check: ({ usage }) => expect(usage.peakMemoryMb).toBeLessThan(200),
    },
  ),
  trial(
    'comm-newline',
    'a process name with a newline',
    "libc.prctl(15, b'\\nVmHWM:\\t1 kB', 0, 0, 0)\nresult = 1",
    {
      statuses: ['ok'],
      check: ({ usage }) => expect(usage.peakMemoryMb).toBeGreaterThan(1),
    },
  ),
  trial(
    'comm-parenthesis',
    'a process name that looks like /proc/PID/stat',
    "libc.prctl(15, b'a) R 1 1 1 1', 0, 0, 0)\ntime.sleep(0.3)\nresult = 1",
    {
      statuses: ['ok'],
    },
  ),
  trial(
    'exit-function',
    'os._exit replaced, so that the harness cannot end',
    'os._exit = lambda code: None\nresult = 1',
  ),
  trial(
    'outcome-function',
    'the function that writes the outcome replaced',
    `${HARNESS}harness['pungi_harness.execute'].outcome_json = lambda outcome: '{}'\nresult = 1`,
    {
      statuses: ['crashed'],
    },
  ),
  trial('modules-cleared', 'sys.modules emptied', 'sys.modules.clear()\nresult = 1'),
  trial(
    'builtins-cleared',
    'builtins emptied',
    "import builtins\nfor n in list(vars(builtins)):\n    if n != 'print': delattr(builtins, n)\nresult = 1",
  ),
  trial(
    'frames',
    "the harness's locals changed through frames",
    "f = sys._getframe()\nwhile f:\n    f.f_globals['protocol'] = None\n    f = f.f_back\nresult = 1",
  ),
  trial(
    'gc',
    'every object of the harness reached by the collector',
    "import gc\nfor o in gc.get_objects():\n    if type(o) is dict and 'protocol' in o: o['protocol'] = None\nresult = 1",
  ),
  trial(
    'memory',
    "the harness's code objects overwritten",
    'ctypes.memset(id(sys._getframe().f_back.f_code) + 16, 0xff, 64)\nresult = 1',
  ),
  trial(
    'trace',
    'a trace function that raises in the harness',
    'def trace(*a): raise KeyboardInterrupt\nsys.settrace(trace)\nsys.setprofile(trace)\nresult = 1',
  ),
  trial('recursion', 'a recursion limit that leaves no room', 'sys.setrecursionlimit(60)\nresult = 1'),
  trial(
    'atexit',
    'an exit handler that never ends',
    'import atexit\natexit.register(time.sleep, 60)\nresult = 1',
    { statuses: ['ok', 'timeout'] },
  ),
  trial(
    'thread',
    'a thread that never ends',
    'threading.Thread(target=time.sleep, args=(60,)).start()\nresult = 1',
    { statuses: ['timeout'] },
  ),
  trial('sigterm', 'SIGTERM to itself', 'os.kill(os.getpid(), 15)\ntime.sleep(0.1)\nresult = 1', {
    statuses: ['ok', 'crashed'],
    check: expectOwnSignal('SIGTERM'),
  }),
  trial('sigkill', 'SIGKILL to itself', 'os.kill(os.getpid(), 9)\nresult = 1', {
    statuses: ['ok', 'crashed'],
    check: expectOwnSignal('SIGKILL'),
  }),
  trial('sigstop', 'SIGSTOP to itself', 'os.kill(os.getpid(), 19)\ntime.sleep(60)', {
    statuses: ['timeout'],
  }),
  trial('abort', 'abort()', 'libc.abort()', { statuses: ['crashed'] }),
  trial('segfault', 'a null pointer', 'ctypes.string_at(0)', {
    statuses: ['crashed'],
    check: ({ signal }) => expect(signal).toBe('SIGSEGV'),
  }),
  trial('exit-quiet', 'os._exit(0) before any outcome', 'os._exit(0)', { statuses: ['crashed'] }),
  trial(
    'ignore-all',
    'every signal ignored in a C loop',
    'import signal\nfor s in range(1, 65):\n    try: signal.signal(s, signal.SIG_IGN)\n    except (OSError, ValueError): pass\nlibc.sleep(60)\nwhile True: pass',
    {
      statuses: ['timeout'],
    },
  ),
  trial(
    'result-reduce',
    'a result that runs code when pickled',
    "class R:\n    def __reduce__(self): return (os.system, ('true',))\nresult = R()",
    {
      statuses: ['ok'],
      check: ({ result }) => expect(result).toBeUndefined(),
    },
  ),
  trial(
    'result-repr-exit',
    'a result whose repr ends the process',
    'class R:\n    def __repr__(self): os._exit(0)\nresult = R()',
    {
      statuses: ['crashed'],
    },
  ),
  trial(
    'result-repr-loop',
    'a result whose repr never ends',
    'class R:\n    def __repr__(self):\n        while True: pass\nresult = R()',
    {
      statuses: ['timeout'],
    },
  ),
  trial(
    'result-lying-class',
    'a result that lies about its class',
    "class R:\n    __class__ = property(lambda self: dict)\n    def items(self): raise RuntimeError('no')\nresult = R()",
    {
      statuses: ['ok'],
    },
  ),
  trial(
    'result-endless',
    'a list that grows while it is read',
    'class L(list):\n    def __iter__(self):\n        while True: yield 1\nresult = L([1])',
    {
      statuses: ['ok', 'timeout', 'memory_limit'],
    },
  ),
  trial('result-cycle', 'a cycle', 'result = []\nresult.append(result)', { statuses: ['ok'] }),
  trial('result-deep', 'a million levels', 'result = []\nfor _ in range(1000000): result = [result]', {
    statuses: ['ok', 'crashed'],
  }),
  trial('result-surrogates', 'lone surrogates in keys and values', "result = {'\\ud800': '\\udfff'}", {
    statuses: ['ok'],
  }),
  trial('result-big', 'a result over the cap', "result = 'x' * (2 << 20)", {
    statuses: ['ok'],
    check: ({ result }) => expect(result).toBeUndefined(),
  }),
  trial(
    'exception-hostile',
    'an exception whose every attribute raises',
    "class E(Exception):\n    def __str__(self): raise RuntimeError('a')\n    def __getattribute__(self, n): raise RuntimeError('b')\nraise E()",
    {
      statuses: ['error'],
    },
  ),
];
