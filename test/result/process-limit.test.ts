import { expect, test } from 'vitest';
import { buildResult } from '../../src/result/build-result.js';
import type { Ending } from '../../src/result/ending.js';
import { failedOutcome, sampleEnding, sampleIsolation } from './sample-ending.js';

const RAISE = 'Raise maxProcesses (now 16, threads counted), or start fewer at once.';
const ALLOW = "Level 'kernel' starts no process without allowSubprocess: true; threads are allowed.";

const forkRefused = failedOutcome({
  type: 'BlockingIOError',
  message: '[Errno 11] Resource temporarily unavailable',
  errno: 11,
  traceback: 'File "<user_code>", line 2\n    os.fork()',
});
const threadRefused = failedOutcome({ type: 'RuntimeError', message: "can't start new thread" });

function proved(...proofs: string[]): Ending['isolation'] {
  const isolation = sampleIsolation('kernel');
  return { ...isolation, layers: { ...isolation.layers, proofs } };
}

test.each([
  ['a first process where none is allowed', { outcome: forkRefused, isolation: proved('fork') }, ALLOW],
  ['one process too many', { outcome: forkRefused, isolation: proved() }, RAISE],
  ['one thread too many', { outcome: threadRefused, isolation: proved('fork') }, RAISE],
  ['tasks counted by the host', { stop: 'processes', isolation: proved('fork') }, RAISE],
] as const)('%s is told what helps', (_what, changes, suggestion) => {
  const { status, error } = buildResult(sampleEnding(changes));
  expect([status, error?.suggestion]).toEqual(['process_limit', suggestion]);
});
