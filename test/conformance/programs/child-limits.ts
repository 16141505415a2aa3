import type { Program } from '../program.js';
import { PROCESS_TREE_PROGRAMS } from './limits.js';

/** The limits broken by processes of the run that are not the first. */
const CHILD_PROGRAMS: readonly Program[] = [
  {
    name: 'CPU time of a program that was started',
    code: 'import signal, subprocess, sys\ndone = subprocess.run([sys.executable, "-I", "-S", "-c", "while True: pass"])\nresult = signal.Signals(-done.returncode).name',
    policy: { cpuSeconds: 1, timeoutSeconds: 30 },
    expected: { result: 'SIGXCPU' },
  },
  {
    name: 'memory of a program that was started',
    code: 'import subprocess, sys\ndone = subprocess.run([sys.executable, "-I", "-S", "-c", "x = bytearray(1 << 30)"], capture_output=True)\nresult = done.stderr.decode().splitlines()[-1]',
    policy: { memoryLimitMb: 64 },
    expected: { result: 'MemoryError' },
  },
  {
    name: 'threads of several processes',
    code: [
      'import os, threading, time',
      'r, w = os.pipe()',
      'pids = []',
      'for _ in range(3):',
      '    pids.append(os.fork())',
      '    if pids[-1] == 0:',
      '        try:',
      '            while True:',
      '                threading.Thread(target=time.sleep, args=(60,), daemon=True).start()',
      '                os.write(w, b"x")',
      '        except RuntimeError:',
      '            os.write(w, b".")',
      '        time.sleep(60)',
      'text = b""',
      'while text.count(b".") < 3: text += os.read(r, 1)',
      'result = 1 + 3 + text.count(b"x")',
    ].join('\n'),
    policy: { maxProcesses: 12 },
    expected: { result: 12 },
  },
  {
    name: 'files of a child',
    code: 'import os\nif os.fork() == 0:\n    i = 0\n    while True:\n        i += 1\n        with open(str(i), "wb") as f: f.write(b"x" * 500_000)\nos.wait()',
    policy: { diskLimitMb: 4, timeoutSeconds: 10 },
    expected: { status: 'disk_limit' },
  },
  {
    name: 'files without a name that a child of a child holds',
    code: 'import os, tempfile, time\nif os.fork() == 0:\n    if os.fork() == 0:\n        held = [tempfile.TemporaryFile(buffering=0) for _ in range(4)]\n        for f in held: f.write(b"x" * (2 << 20))\n        time.sleep(60)\n    os._exit(0)\ntime.sleep(60)',
    policy: { diskLimitMb: 4, timeoutSeconds: 10 },
    expected: { status: 'disk_limit' },
  },
  {
    name: 'files without a name that several hold count once',
    code: 'import os, tempfile, time\nf = tempfile.TemporaryFile(buffering=0)\nf.write(b"x" * (2 << 20))\nfor _ in range(3):\n    if os.fork() == 0:\n        time.sleep(60)\ntime.sleep(0.2)',
    policy: { diskLimitMb: 4, timeoutSeconds: 10 },
    expected: { status: 'ok' },
  },
  {
    name: 'output of an orphan',
    code: 'import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        while True: os.write(2, b"x" * 65536)\n    os._exit(0)\ntime.sleep(60)',
    policy: { maxOutputKb: 8, timeoutSeconds: 10 },
    expected: { status: 'output_limit' },
  },
];

/** Where only a control group holds the processes of a run together. */
export const SUBPROCESS_PROGRAMS: readonly Program[] = [...PROCESS_TREE_PROGRAMS, ...CHILD_PROGRAMS].map(
  (program) => ({ ...program, policy: { ...program.policy, allowSubprocess: true } }),
);
