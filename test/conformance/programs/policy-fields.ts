import { join } from 'node:path';
import type { RunnerPolicy } from '../../../src/index.js';
import type { Expected } from '../program.js';

/** The same code under two values of one field: what the field refuses, and that it alone refuses it. */
export interface FieldProof {
  readonly field: keyof RunnerPolicy;
  readonly code: string;
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
      narrow: { cpuSeconds: 1 },
      refused: { status: 'cpu_limit' },
      wide: { cpuSeconds: 4 },
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
      code: 'import threading, time\nt = [threading.Thread(target=time.sleep, args=(0.1,)) for _ in range(12)]\n[x.start() for x in t]',
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
      field: 'maxAstNodes',
      code: '[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]',
      narrow: { maxAstNodes: 8 },
      refused: { status: 'blocked' },
      wide: { maxAstNodes: 100 },
      allowed: { result: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
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
