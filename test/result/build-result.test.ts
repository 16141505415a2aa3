import { describe, expect, test } from 'vitest';
import { buildResult } from '../../src/result/build-result.js';
import type { Ending } from '../../src/result/ending.js';
import type { Denial, OutputFile } from '../../src/result/run-result.js';
import {
  exited,
  failedOutcome,
  SIGNALS,
  sampleEnd,
  sampleEnding,
  sampleError,
  sampleIsolation,
  sampleOutcome,
  stream,
} from './sample-ending.js';

const denial: Denial = {
  layer: 'language',
  action: 'import',
  target: 'os',
  line: 1,
  message: "Import 'os' is blocked by policy (line 1).",
  hint: "Remove 'os' from blockedImports.",
};

const died = (waitStatus: number): Partial<Ending> => ({
  stop: 'exited',
  outcome: null,
  end: sampleEnd({ waitStatus }),
});

describe('buildResult', () => {
  test('carries every fact of a run that ended well', () => {
    const file: OutputFile = {
      name: 'a.txt',
      sizeBytes: 2,
      mode: 0o644,
      bytes: Buffer.from('hi'),
      path: null,
    };
    const result = buildResult(
      sampleEnding({
        outcome: sampleOutcome({ notes: ['a note'] }),
        streams: {
          stdout: stream('out'),
          stderr: { text: 'e', totalBytes: 9, truncation: { totalBytes: 9, omittedBytes: 8 } },
        },
        end: sampleEnd({
          stdoutBytes: 3,
          stderrBytes: 9,
          filesLeftOut: [{ name: 'big', reason: 'too big' }],
        }),
        files: new Map([['a.txt', file]]),
        filesLeftOut: [
          { name: '../x', reason: 'bad' },
          { name: 'big', reason: 'second word' },
        ],
      }),
    );
    expect({ ...result }).toEqual({
      ok: true,
      status: 'ok',
      result: 9,
      resultRepr: '9',
      notes: ['a note'],
      stdout: 'out',
      stderr: 'e',
      truncated: {
        stdout: null,
        stderr: { totalBytes: 9, omittedBytes: 8 },
        files: [
          { name: 'big', reason: 'too big' },
          { name: '../x', reason: 'bad' },
        ],
      },
      error: null,
      exitCode: 0,
      signal: null,
      displays: [],
      metadata: {},
      files: new Map([['a.txt', file]]),
      calls: [],
      denials: [],
      usage: { wallMs: 1.5, waitMs: 2, cpuMs: 1, peakMemoryMb: 9, outputBytes: 12 },
      isolation: sampleIsolation(),
      exports: null,
      session: null,
    });
    expect(result.file('a.txt')).toEqual(Buffer.from('hi'));
    expect(result.file('none')).toBeUndefined();
    expect(
      [result, result.notes, result.truncated, result.truncated.files, result.denials, result.usage].every(
        Object.isFrozen,
      ),
    ).toBe(true);
  });

  const RAISE_MEMORY = 'Raise memoryLimitMb (now 256 MB), or work on smaller pieces of the data.';
  test.each<[string, Partial<Ending>, string, string | null, number | null, string | null]>([
    [
      'timeout',
      { stop: 'timeout' },
      'Timeout: the run was ended after 5 s (timeoutSeconds)',
      'Raise timeoutSeconds, or do less work in one run.',
      124,
      null,
    ],
    [
      'cpu_limit',
      { stop: 'cpu' },
      'CpuLimit: the run used up its 5 s of CPU time (cpuSeconds)',
      'Raise cpuSeconds, or do less work in one run.',
      152,
      null,
    ],
    [
      'memory_limit',
      { stop: 'memory' },
      'MemoryLimit: the run needed more than its 256 MB of memory (memoryLimitMb)',
      RAISE_MEMORY,
      137,
      null,
    ],
    [
      'memory_limit',
      { outcome: failedOutcome({ type: 'MemoryError', message: '', suggestion: 'generic' }) },
      'MemoryError',
      RAISE_MEMORY,
      137,
      null,
    ],
    [
      'output_limit',
      { stop: 'output' },
      'OutputLimit: the run wrote far more output than the 128 KB kept of a stream (maxOutputKb)',
      'Print less, write it to a file, or raise maxOutputKb.',
      141,
      null,
    ],
    [
      'disk_limit',
      { stop: 'disk' },
      'DiskLimit: the run used up its 64 MB of disk (diskLimitMb)',
      'Raise diskLimitMb (now 64 MB), or write less.',
      153,
      null,
    ],
    [
      'disk_limit',
      { outcome: failedOutcome({ type: 'OSError', message: '[Errno 27] File too large', errno: 27 }) },
      'OSError: [Errno 27] File too large',
      'Raise diskLimitMb (now 64 MB), or write less.',
      1,
      null,
    ],
    [
      'process_limit',
      { outcome: failedOutcome({ type: 'RuntimeError', message: "can't start new thread" }) },
      "RuntimeError: can't start new thread",
      'Raise maxProcesses (now 16, threads counted), or start fewer at once.',
      1,
      null,
    ],
    [
      'cancelled',
      { stop: 'cancelled' },
      'Cancelled: the run was ended by the abort signal of the caller',
      null,
      130,
      null,
    ],
    [
      'crashed',
      died(SIGNALS.SIGSEGV),
      'Crashed: the Python process was ended by SIGSEGV (segmentation fault)',
      null,
      null,
      'SIGSEGV',
    ],
    ['crashed', died(40), 'Crashed: the Python process was ended by signal 40', null, null, 'signal 40'],
    [
      'crashed',
      died(exited(0)),
      'Crashed: the Python process ended abruptly with exit code 0, before the program was done (as os._exit does)',
      null,
      0,
      null,
    ],
    [
      'crashed',
      died(exited(3)),
      'Crashed: the Python process ended abruptly with exit code 3, before the program was done (as os._exit does)',
      null,
      3,
      null,
    ],
    [
      'crashed',
      { outcome: null },
      'Crashed: the Python process gave no usable report of the run: none arrived',
      null,
      null,
      null,
    ],
    [
      'crashed',
      { outcome: { invalid: 'nested too deeply' } },
      'Crashed: the Python process gave no usable report of the run: nested too deeply',
      null,
      null,
      null,
    ],
    [
      'crashed',
      { outcome: sampleOutcome({ ending: 'error' }) },
      'Crashed: the Python process gave no usable report of the run: it contradicts itself',
      null,
      null,
      null,
    ],
    [
      'crashed',
      { stop: 'lost', end: null },
      'Crashed: the supervisor of the run was lost before the run ended',
      null,
      null,
      null,
    ],
    [
      'error',
      { outcome: failedOutcome({ suggestion: 'Check b.' }) },
      'ZeroDivisionError: division by zero',
      'Check b.',
      1,
      null,
    ],
    [
      'error',
      {
        outcome: sampleOutcome({
          ending: 'exit',
          exitCode: 3,
          error: sampleError({ type: 'SystemExit', message: '3' }),
        }),
      },
      'SystemExit: 3',
      null,
      3,
      null,
    ],
    ['error', { outcome: sampleOutcome({ ending: 'exit', exitCode: 3 }) }, 'SystemExit: 3', null, 3, null],
    [
      'error',
      { outcome: sampleOutcome({ ending: 'exit', exitCode: 259 }) },
      'SystemExit: 259',
      null,
      3,
      null,
    ],
    [
      'blocked',
      { outcome: sampleOutcome({ ending: 'blocked', denials: [denial] }) },
      "Blocked: Import 'os' is blocked by policy (line 1).",
      null,
      1,
      null,
    ],
    [
      'blocked',
      { outcome: sampleOutcome({ ending: 'blocked' }) },
      'Blocked: the policy refused the code',
      null,
      1,
      null,
    ],
  ])('%s %#: %j', (status, changes, error, suggestion, exitCode, signal) => {
    const result = buildResult(sampleEnding(changes));
    expect({
      ok: result.ok,
      status: result.status,
      error: `${result.error}`,
      suggestion: result.error?.suggestion,
      exitCode: result.exitCode,
      signal: result.signal,
    }).toEqual({ ok: false, status, error, suggestion, exitCode, signal });
  });

  test('takes nothing from an outcome that the host has overruled', () => {
    const forged = sampleOutcome({ notes: ['forged'], denials: [denial] });
    const { result, resultRepr, notes, denials } = buildResult(
      sampleEnding({ stop: 'timeout', outcome: forged }),
    );
    expect({ result, resultRepr, notes, denials }).toEqual({
      result: undefined,
      resultRepr: null,
      notes: [],
      denials: [],
    });
  });

  test('keeps output when the supervisor was lost, and counts it itself', () => {
    const streams = { stdout: stream('part'), stderr: stream('!') };
    const result = buildResult(sampleEnding({ stop: 'lost', end: null, outcome: null, streams }));
    expect(result.stdout).toBe('part');
    expect(result.usage).toEqual({ wallMs: 7, waitMs: 2, cpuMs: 0, peakMemoryMb: 0, outputBytes: 5 });
  });

  test('serialises as plain JSON', () => {
    const value: Record<string, unknown> = {
      big: 2n ** 64n,
      nan: Number.NaN,
      bytes: Buffer.from('hi'),
      at: new Date(0),
      list: [1n, null, true, 'x'],
    };
    Object.defineProperty(value, '__proto__', { value: 1, enumerable: true });
    const files = new Map<string, OutputFile>([
      ['a.txt', { name: 'a.txt', sizeBytes: 2, mode: 0o644, bytes: Buffer.from('hi'), path: null }],
      ['__proto__', { name: '__proto__', sizeBytes: 1, mode: 0o600, bytes: null, path: '/out/__proto__' }],
    ]);
    const text = JSON.stringify(
      buildResult(sampleEnding({ outcome: sampleOutcome({ result: value }), files, metadata: { n: 1n } })),
    );
    expect(text).toBe(
      '{"ok":true,"status":"ok","result":{"big":"18446744073709551616","nan":"NaN","bytes":{"base64":"aGk="},' +
        '"at":"1970-01-01T00:00:00.000Z","list":["1",null,true,"x"],"__proto__":1},"resultRepr":"9","notes":[],' +
        '"stdout":"","stderr":"","truncated":{"stdout":null,"stderr":null,"files":[]},"error":null,"exitCode":0,' +
        '"signal":null,"displays":[],"metadata":{"n":"1"},"files":{"a.txt":{"sizeBytes":2,"mode":420,"base64":"aGk="},' +
        '"__proto__":{"sizeBytes":1,"mode":384,"path":"/out/__proto__"}},"calls":[],"denials":[],' +
        '"usage":{"wallMs":1.5,"waitMs":2,"cpuMs":1,"peakMemoryMb":9,"outputBytes":0},' +
        `"isolation":${JSON.stringify(sampleIsolation())},"exports":null,"session":null}`,
    );
  });

  test('an error prints as Python prints it and serialises without methods', () => {
    const { error } = buildResult(sampleEnding({ outcome: failedOutcome({}) }));
    expect(Object.keys(error ?? {})).toEqual([
      'type',
      'message',
      'traceback',
      'line',
      'column',
      'excerpt',
      'suggestion',
    ]);
    expect(Object.isFrozen(error)).toBe(true);
  });
});
