import { join } from 'node:path';
import type { RunnerPolicy } from '../../../src/index.js';
import type { Expected } from '../program.js';

/** The same code under two values of one field: what the field refuses, and that it alone refuses it. */
export interface FieldProof {
  readonly field: keyof RunnerPolicy;
  readonly code: string;
  readonly input?: unknown;
  readonly narrow: RunnerPolicy;
  readonly refused: Expected;
  readonly wide: RunnerPolicy;
  readonly allowed: Expected;
}

const OK: Expected = { status: 'ok' };
const OPEN_MANY = 'f = [open("/dev/null") for _ in range(100)]\nresult = len(f)';
export const CONNECT = [
  'import socket',
  's = socket.create_connection(("127.0.0.1", input_data["port"]), timeout=2)',
  'result = s.recv(5).decode()',
].join('\n');

export function fieldProofs(directory: string): readonly FieldProof[] {
  const secret = join(directory, 'secret.txt');
  const target = join(directory, 'target');
  return [
    {
      field: 'timeoutSeconds',
      code: 'import time\ntime.sleep(0.6)',
      narrow: { timeoutSeconds: 0.2 },
      refused: { status: 'timeout' },
      wide: { timeoutSeconds: 5 },
      allowed: OK,
    },
    {
      field: 'cpuSeconds',
      code: 'import time\nwhile time.process_time() < 1.4: pass',
      narrow: { cpuSeconds: 1, timeoutSeconds: 30 },
      refused: { status: 'cpu_limit' },
      wide: { cpuSeconds: 4, timeoutSeconds: 30 },
      allowed: OK,
    },
    {
      field: 'memoryLimitMb',
      code: 'x = b"x" * (100 << 20)',
      narrow: { memoryLimitMb: 64 },
      refused: { status: 'memory_limit' },
      wide: { memoryLimitMb: 256 },
      allowed: OK,
    },
    {
      field: 'maxProcesses',
      code: 'import threading, time\nt = [threading.Thread(target=time.sleep, args=(0.3,)) for _ in range(12)]\n[x.start() for x in t]',
      narrow: { maxProcesses: 4 },
      refused: { status: 'process_limit' },
      wide: { maxProcesses: 32 },
      allowed: OK,
    },
    {
      field: 'maxOpenFiles',
      code: OPEN_MANY,
      narrow: { maxOpenFiles: 50 },
      refused: { status: 'error', error: "OSError: [Errno 24] Too many open files: '/dev/null'" },
      wide: { maxOpenFiles: 256 },
      allowed: { result: 100 },
    },
    {
      field: 'diskLimitMb',
      code: 'open("x", "wb").write(b"x" * (3 << 20))',
      narrow: { diskLimitMb: 2 },
      refused: { status: 'disk_limit' },
      wide: { diskLimitMb: 8 },
      allowed: OK,
    },
    {
      field: 'maxOutputKb',
      code: 'print("x" * 5000, end="")',
      narrow: { maxOutputKb: 1 },
      refused: { truncated: { stdout: { totalBytes: 5000, omittedBytes: 3976 }, stderr: null, files: [] } },
      wide: { maxOutputKb: 8 },
      allowed: { stdout: 'x'.repeat(5000) },
    },
    {
      field: 'maxResultKb',
      code: '"x" * 5000',
      narrow: { maxResultKb: 1 },
      refused: {
        result: undefined,
        notes: [
          'result: at least 5,000 bytes as JSON, more than the 1,024 that maxResultKb allows; its repr was kept',
        ],
      },
      wide: { maxResultKb: 8 },
      allowed: { result: 'x'.repeat(5000) },
    },
    {
      field: 'maxFileKb',
      code: 'open("x", "w").write("x" * 5000)\nNone',
      narrow: { maxFileKb: 1 },
      refused: { files: {}, leftOut: { x: 'larger than 1024 bytes (maxFileKb)' } },
      wide: { maxFileKb: 8 },
      allowed: { files: { x: 'x'.repeat(5000) } },
    },
    {
      field: 'maxFiles',
      code: 'open("a", "w").close()\nopen("b", "w").close()',
      narrow: { maxFiles: 1 },
      refused: { files: { a: '' }, leftOut: { b: 'more than 1 files (maxFiles)' } },
      wide: { maxFiles: 2 },
      allowed: { files: { a: '', b: '' } },
    },
    {
      field: 'allowNetwork',
      code: 'import socket\nresult = socket.socket(socket.AF_INET, socket.SOCK_STREAM).fileno() > 0',
      narrow: { allowNetwork: false },
      refused: { status: 'error', error: 'PermissionError: [Errno 1] Operation not permitted' },
      wide: { allowNetwork: true },
      allowed: { result: true },
    },
    {
      field: 'allowSubprocess',
      code: 'import subprocess\nresult = subprocess.run(["/bin/echo", "hi"], capture_output=True, text=True).stdout',
      narrow: { allowSubprocess: false },
      refused: {
        status: 'blocked',
        error:
          'PermissionError: Starting processes is disabled by policy. Set allowSubprocess: true to allow it.',
      },
      wide: { allowSubprocess: true },
      allowed: { result: 'hi\n' },
    },
    {
      field: 'writablePaths',
      code: `open(${JSON.stringify(target)}, "w").write("w")`,
      narrow: { readablePaths: [directory] },
      refused: {
        status: 'blocked',
        error: `PermissionError: Writing '${target}' is not allowed; writable: ('.',)`,
      },
      wide: { writablePaths: [directory] },
      allowed: { result: 1 },
    },
    {
      field: 'readablePaths',
      code: `open(${JSON.stringify(secret)}).read()`,
      narrow: {},
      refused: { status: 'error' },
      wide: { readablePaths: [secret] },
      allowed: { result: 'secret' },
    },
    {
      field: 'env',
      code: 'import os\nos.environ.get("A")',
      narrow: {},
      refused: { result: undefined },
      wide: { env: { A: 'b' } },
      allowed: { result: 'b' },
    },
    {
      field: 'blockedImports',
      code: 'import json\nresult = json.dumps(1)',
      narrow: { blockedImports: ['json'] },
      refused: {
        status: 'blocked',
        error:
          "ImportBlockedError: Import 'json' is blocked by policy (line 1). Remove 'json' from blockedImports to allow it.",
        stdout: '',
      },
      wide: { blockedImports: ['os'] },
      allowed: { result: '1' },
    },
    {
      field: 'allowedImports',
      code: 'import json\nresult = json.dumps(1)',
      narrow: { allowedImports: ['math'] },
      refused: {
        status: 'blocked',
        error:
          "ImportBlockedError: Import 'json' is not allowed by policy (line 1). Add 'json' to allowedImports.",
      },
      wide: { allowedImports: ['json'] },
      allowed: { result: '1' },
    },
    {
      field: 'blockedBuiltins',
      code: 'eval("1 + 1")',
      narrow: { blockedBuiltins: ['eval'] },
      refused: { status: 'blocked' },
      wide: { blockedBuiltins: ['exec'] },
      allowed: { result: 2 },
    },
    {
      field: 'allowedBuiltins',
      code: 'result = len("ab")',
      narrow: { allowedBuiltins: ['print'] },
      refused: { status: 'blocked' },
      wide: { allowedBuiltins: ['len'] },
      allowed: { result: 2 },
    },
    {
      field: 'maxDisplays',
      code: 'display("a")\ndisplay("b")',
      narrow: { maxDisplays: 1 },
      refused: { notes: ['displays: 1 left out, more than the 1 that maxDisplays allows'] },
      wide: { maxDisplays: 2 },
      allowed: { notes: [] },
    },
    {
      field: 'maxDisplayKb',
      code: 'display({"text/html": "x" * 3000}, raw=True)',
      narrow: { maxDisplayKb: 1 },
      refused: {
        notes: ['displays[0]: text/html left out: 3,000 bytes, more than the 1,024 that maxDisplayKb allows'],
      },
      wide: { maxDisplayKb: 4 },
      allowed: { notes: [] },
    },
    {
      field: 'banDefinitions',
      code: 'def f(): return 1\nf()',
      narrow: { banDefinitions: true },
      refused: { status: 'blocked' },
      wide: { banDefinitions: false },
      allowed: { result: 1 },
    },
    {
      field: 'banDunders',
      code: '().__class__.__name__',
      narrow: { banDunders: true },
      refused: { status: 'blocked' },
      wide: { banDunders: false },
      allowed: { result: 'tuple' },
    },
    {
      field: 'allow',
      code: 'import shutil\ndef f(): return shutil.disk_usage(".").total > 0\nresult = f()',
      narrow: { allow: ['math.sqrt'] },
      refused: {
        status: 'blocked',
        error:
          "CallBlockedError: Call of 'shutil.disk_usage' is not allowed by policy (line 2). Add 'shutil.disk_usage' to allow.",
        suggestion: "Add 'shutil.disk_usage' to allow.",
      },
      wide: { allow: [{ shutil: ['disk_usage'] }] },
      allowed: { result: true },
    },
    {
      field: 'bannedSyntax',
      code: 'n = 3\nwhile n: n -= 1\nresult = n',
      narrow: { bannedSyntax: { While: 'Use a for loop.' } },
      refused: {
        status: 'blocked',
        error: "PolicyError: Syntax 'While' is not allowed by policy (line 2). Use a for loop.",
        suggestion: 'Use a for loop.',
      },
      wide: { bannedSyntax: { For: 'Use a while loop.' } },
      allowed: { result: 0 },
    },
    {
      field: 'maxAstNodes',
      code: '[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]',
      narrow: { maxAstNodes: 8 },
      refused: { status: 'blocked' },
      wide: { maxAstNodes: 100 },
      allowed: { result: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
    },
    {
      field: 'mode',
      code: 'import json\nresult = json.dumps(1)',
      narrow: { mode: 'allow', blockedImports: [] },
      refused: {
        status: 'blocked',
        error:
          "ImportBlockedError: Import 'json' is not allowed by policy (line 1). Add 'json' to allowedImports.",
      },
      wide: { mode: 'restrict' },
      allowed: { result: '1' },
    },
    {
      field: 'blockedGlobals',
      code: '["rate" in globals(), sorted(input_data)]',
      input: { rate: 1 },
      narrow: { blockedGlobals: ['rate'] },
      refused: { result: [false, ['rate']] },
      wide: { blockedGlobals: ['other'] },
      allowed: { result: [true, ['rate']] },
    },
    {
      field: 'allowedGlobals',
      code: '["rate" in globals(), sorted(input_data)]',
      input: { rate: 1 },
      narrow: { allowedGlobals: ['other'] },
      refused: { result: [false, ['rate']] },
      wide: { allowedGlobals: ['rate'] },
      allowed: { result: [true, ['rate']] },
    },
    {
      field: 'resultFrom',
      code: 'result = 1\n2',
      narrow: { resultFrom: 'expression' },
      refused: { result: 2, resultRepr: '2' },
      wide: { resultFrom: 'either' },
      allowed: { result: 1, resultRepr: '1' },
    },
    {
      field: 'stripFences',
      code: 'So:\n```python\n%matplotlib inline\nresult = 1 / input_data["n"]\n```\nThat is all.',
      input: { n: 0 },
      narrow: { stripFences: true },
      refused: { status: 'error', error: 'ZeroDivisionError: division by zero', line: 4 },
      wide: { stripFences: false },
      allowed: { status: 'error', error: 'SyntaxError: invalid syntax (<user_code>, line 1)' },
    },
    {
      field: 'recursionLimit',
      code: 'def f(n): return n and f(n - 1)\nresult = f(200)',
      narrow: { recursionLimit: 100 },
      refused: { status: 'error' },
      wide: { recursionLimit: 400 },
      allowed: { result: 0 },
    },
    {
      field: 'deterministic',
      code: 'import random\nresult = random.random()',
      narrow: { deterministic: 7 },
      refused: { result: 0.32383276483316237 },
      wide: { deterministic: 8 },
      allowed: { result: 0.2267058593810488 },
    },
    {
      field: 'clock',
      code: 'import time, datetime\nresult = [time.time(), datetime.datetime.now(datetime.timezone.utc).isoformat()]',
      narrow: { clock: { frozenAt: '2001-02-03T04:05:06.5Z' } },
      refused: { result: [981173106.5, '2001-02-03T04:05:06.500000+00:00'] },
      wide: { clock: { frozenAt: '2001-02-03T04:05:06+01:00' } },
      allowed: { result: [981169506, '2001-02-03T03:05:06+00:00'] },
    },
    {
      field: 'extraGlobals',
      code: '"limit" in globals() and limit',
      narrow: {},
      refused: { result: false },
      wide: { extraGlobals: { limit: 9 } },
      allowed: { result: 9 },
    },
  ];
}

/** The same doors tried from C, where no hook of the language layer looks: only the kernel can refuse. */
export function fieldProofsFromC(directory: string): readonly FieldProof[] {
  const fromC = (call: string): string => `import ctypes\nlibc = ctypes.CDLL(None)\nresult = ${call}`;
  const open = (name: string, flags: number): string =>
    fromC(`libc.open(${JSON.stringify(join(directory, name))}.encode(), ${flags}) >= 0`);
  const refused: Expected = { result: false };
  const allowed: Expected = { result: true };
  return [
    {
      field: 'writablePaths',
      code: open('target', 2),
      narrow: { readablePaths: [directory] },
      refused,
      wide: { writablePaths: [directory] },
      allowed,
    },
    {
      field: 'readablePaths',
      code: open('secret.txt', 0),
      narrow: {},
      refused,
      wide: { readablePaths: [directory] },
      allowed,
    },
    {
      field: 'allowNetwork',
      code: fromC('libc.socket(2, 1, 0) >= 0'),
      narrow: {},
      refused,
      wide: { allowNetwork: true },
      allowed,
    },
    {
      field: 'allowSubprocess',
      code: fromC('libc.system(b"exit 7") >> 8 == 7'),
      narrow: {},
      refused,
      wide: { allowSubprocess: true },
      allowed,
    },
  ];
}
