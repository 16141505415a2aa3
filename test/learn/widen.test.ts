import { expect, test } from 'vitest';
import { type Candidate, policyOf } from '../../src/learn/candidate.js';
import type { Limits } from '../../src/learn/narrow-limits.js';
import { type Ceiling, widen } from '../../src/learn/widen.js';
import { buildResult } from '../../src/result/build-result.js';
import type { Denial, RunResult } from '../../src/result/run-result.js';
import { sampleEnding } from '../result/sample-ending.js';

const limits: Limits = {
  timeoutSeconds: 2,
  cpuSeconds: 2,
  memoryLimitMb: 64,
  maxProcesses: 2,
  maxOpenFiles: 64,
  diskLimitMb: 1,
  maxOutputKb: 16,
  maxResultKb: 16,
};
const narrow: Candidate = {
  imports: ['json'],
  builtins: ['print'],
  reach: { readablePaths: ['/data/a'], writablePaths: [] },
  limits,
  fixed: {},
};
const most: Limits = { ...limits, timeoutSeconds: 60, cpuSeconds: 240, memoryLimitMb: 100, maxProcesses: 4 };
const ceiling: Ceiling = { limits: most, reach: { readablePaths: ['/data'], writablePaths: [] } };

function ended(changes: Partial<RunResult>): RunResult {
  return { ...buildResult(sampleEnding()), ok: false, status: 'error', ...changes };
}

function refused(action: string, target: string, layer: Denial['layer'] = 'language'): Denial {
  return { layer, action, target, line: 1, message: '', hint: '' };
}

test.each<[status: RunResult['status'], raised: Partial<Limits>]>([
  ['timeout', { timeoutSeconds: 4, memoryLimitMb: 100 }],
  ['cpu_limit', { timeoutSeconds: 4, cpuSeconds: 4 }],
  ['memory_limit', { memoryLimitMb: 100 }],
  ['process_limit', { maxProcesses: 4 }],
])('%s raises %j', (status, raised) => {
  expect(widen(narrow, ended({ status }), ceiling)).toEqual({ ...narrow, limits: { ...limits, ...raised } });
});

test('an end that no limit is named for raises those that hide, and gives what was granted', () => {
  expect(widen(narrow, ended({}), ceiling)).toEqual({
    ...narrow,
    reach: ceiling.reach,
    limits: { ...limits, memoryLimitMb: 100, maxProcesses: 4 },
  });
});

test('names that the language layer refused are added, and nothing that only looks like one', () => {
  const denials = [
    refused('import', 'csv'),
    refused('import', 'no name'),
    refused('builtin', 'open'),
    refused('builtin', 'a.b'),
    refused('import', 'forged', 'network'),
  ];
  expect(widen(narrow, ended({ status: 'blocked', denials }), ceiling)).toEqual({
    ...narrow,
    imports: ['csv', 'json'],
    builtins: ['open', 'print'],
  });
});

test('there is no wider one than the run that was watched', () => {
  const widest = { ...narrow, reach: ceiling.reach, limits: most };
  expect(widen(widest, ended({}), ceiling)).toBeNull();
  expect(widen(widest, ended({ status: 'memory_limit' }), ceiling)).toBeNull();
});

test('keys that say nothing are left out of the policy', () => {
  expect(policyOf({ ...narrow, imports: [], reach: { readablePaths: [], writablePaths: [] } })).toEqual({
    allowedImports: [],
    allowedBuiltins: ['print'],
    timeoutSeconds: 2,
    memoryLimitMb: 64,
    maxProcesses: 2,
    maxOpenFiles: 64,
    diskLimitMb: 1,
    maxOutputKb: 16,
    maxResultKb: 16,
  });
});
