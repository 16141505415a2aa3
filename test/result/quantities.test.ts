import { expect, test } from 'vitest';
import { formatBytes, formatSeconds } from '../../src/result/quantities.js';
import { decodeWaitStatus, describeSignal, signalName } from '../../src/result/signals.js';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1024, '1 KB'],
  [1536, '1.5 KB'],
  [256 * 1024 ** 2, '256 MB'],
  [3 * 1024 ** 3, '3 GB'],
])('%i bytes read %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

test.each([
  [5000, '5 s'],
  [250, '0.25 s'],
  [1500, '1.5 s'],
])('%i ms read %s', (ms, text) => expect(formatSeconds(ms)).toBe(text));

test.each([
  [6, 'SIGABRT', 'SIGABRT (abort)'],
  [11, 'SIGSEGV', 'SIGSEGV (segmentation fault)'],
  [29, 'SIGIO', 'SIGIO'],
  [31, 'SIGSYS', 'SIGSYS (forbidden system call)'],
  [64, 'signal 64', 'signal 64'],
])('signal %i is %s', (number, name, words) => {
  expect([signalName(number), describeSignal(name)]).toEqual([name, words]);
});

test.each([
  [0, { exitCode: 0, signal: null }],
  [3 << 8, { exitCode: 3, signal: null }],
  [11, { exitCode: null, signal: 'SIGSEGV' }],
  [11 | 0x80, { exitCode: null, signal: 'SIGSEGV' }],
])('wait status %i', (status, ending) => expect(decodeWaitStatus(status)).toEqual(ending));
