import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '../../src/job/job.js';
import { buildResult } from '../../src/result/build-result.js';
import type { RunResult } from '../../src/result/run-result.js';
import { sampleEnding } from '../result/sample-ending.js';

/** A job with nothing but code; each test changes what it is about. */
export function sampleJob(changes: Partial<Job> = {}): Job {
  return {
    purpose: 'run',
    step: null,
    exports: false,
    code: 'result = 1',
    filename: '<user_code>',
    entrypoint: null,
    argv: [],
    env: {},
    stdin: null,
    inputText: '{"x":1}',
    files: [],
    timeoutMs: 5000,
    fontList: null,
    functions: null,
    outputDirectory: null,
    ...changes,
  };
}

export function sampleResult(): RunResult {
  return buildResult(sampleEnding());
}

/** Whether a promise has settled, once everything that was ready has happened. */
export function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const settled = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, sleep(20, false)]);
}
