import type { Program } from '../program.js';

/** What lands on descriptors 1 and 2, by whatever way. */
export const STREAM_PROGRAMS: readonly Program[] = [
  {
    name: 'both streams apart',
    code: 'import sys\nprint("out")\nprint("err", file=sys.stderr)',
    expected: { stdout: 'out\n', stderr: 'err\n' },
  },
  {
    name: 'descriptors written directly',
    code: 'import os\nos.write(1, b"one\\n")\nos.write(2, b"two\\n")',
    expected: { stdout: 'one\n', stderr: 'two\n' },
  },
  {
    name: 'the C library',
    code: 'import ctypes\nlibc = ctypes.CDLL(None)\nlibc.puts(b"from C")\nlibc.fflush(None)\nresult = 1',
    expected: { stdout: 'from C\n', result: 1 },
  },
  {
    name: 'what C still buffers at the end is flushed or lost, never misplaced',
    code: 'import ctypes\nctypes.CDLL(None).perror(b"perror")',
    expected: { stdout: '', stderr: 'perror: Success\n' },
  },
  {
    name: 'no newline at the end',
    code: 'import sys\nsys.stdout.write("abc")\nNone',
    expected: { stdout: 'abc' },
  },
  {
    name: 'no output',
    code: 'pass',
    expected: { stdout: '', stderr: '', truncated: { stdout: null, stderr: null, files: [] } },
  },
  {
    name: 'bytes that are no UTF-8',
    code: 'import os\nos.write(1, b"a\\xffb")\nNone',
    expected: { stdout: 'a\ufffdb' },
  },
  {
    name: 'a lone surrogate cannot be printed',
    code: 'print("\\ud800")',
    expected: { status: 'error', stdout: '' },
  },
  {
    name: 'a redirected stdout',
    code: 'import contextlib, io\nb = io.StringIO()\nwith contextlib.redirect_stdout(b):\n    print("inside")\nresult = b.getvalue()',
    expected: { stdout: '', result: 'inside\n' },
  },
  {
    name: 'a stdout that was put in place of another',
    code: 'import sys\nsys.stdout = open(1, "w", closefd=False)\nprint("kept")',
    expected: { stdout: 'kept\n' },
  },
  {
    name: 'a closed stdout',
    code: 'import sys\nprint("a")\nsys.stdout.close()\nresult = 2',
    expected: { stdout: 'a\n', result: 2 },
  },
  {
    name: 'closed descriptors',
    code: 'import os\nprint("a", flush=True)\nos.close(1)\nos.close(2)\nresult = 3',
    expected: { stdout: 'a\n', result: 3 },
  },
  {
    name: 'order within a stream',
    code: 'import sys, os\nfor i in range(3):\n    print(i, flush=True)\n    os.write(1, b"-\\n")',
    expected: { stdout: '0\n-\n1\n-\n2\n-\n' },
  },
  {
    name: 'exactly the cap is whole',
    code: 'print("x" * 2048, end="")',
    policy: { maxOutputKb: 2 },
    expected: { stdout: 'x'.repeat(2048), truncated: { stdout: null, stderr: null, files: [] } },
  },
  {
    name: 'head and tail are kept, the middle is counted',
    code: 'print("h" * 1024 + "m" * 3000 + "t" * 1024, end="")',
    policy: { maxOutputKb: 2 },
    expected: {
      stdout: `${'h'.repeat(1024)}\n... [3000 bytes omitted] ...\n${'t'.repeat(1024)}`,
      truncated: { stdout: { totalBytes: 5048, omittedBytes: 3000 }, stderr: null, files: [] },
    },
  },
  {
    name: 'the cut falls between characters',
    code: 'print("\\u20ac" * 1000, end="")',
    policy: { maxOutputKb: 1 },
    expected: { stdout: `${'€'.repeat(170)}\n... [1980 bytes omitted] ...\n${'€'.repeat(170)}` },
  },
  {
    name: 'output of a child process',
    code: 'import subprocess, sys\nsubprocess.run(["/bin/sh", "-c", "echo child; echo bad >&2"])',
    policy: { allowSubprocess: true },
    expected: { stdout: 'child\n', stderr: 'bad\n' },
  },
  { name: 'stdin is at its end', code: 'import sys\nresult = sys.stdin.read()', expected: { result: '' } },
  {
    name: 'input() without stdin',
    code: 'input()',
    expected: { status: 'error', error: 'EOFError: EOF when reading a line' },
  },
  {
    name: 'stdin as text',
    code: 'name = input("who? ")\nimport sys\nresult = [name, sys.stdin.read()]',
    options: { stdin: 'Ada\nrest\n' },
    expected: { result: ['Ada', 'rest\n'], stdout: 'who? ' },
  },
  {
    name: 'stdin as bytes',
    code: 'import sys\nresult = len(sys.stdin.buffer.read())',
    options: { stdin: new Uint8Array(3_000_000).fill(7) },
    expected: { result: 3_000_000 },
  },
  {
    name: 'stdin by its descriptor',
    code: 'import os\nos.read(0, 10).decode()',
    options: { stdin: 'abc' },
    expected: { result: 'abc' },
  },
];
