import { expect, test } from 'vitest';
import { fingerprintOf, PER_RUN_FIELDS } from '../../../src/engines/shared/fingerprint.js';
import { buildPlan } from '../../../src/plan/build-plan.js';
import type { PathBase } from '../../../src/plan/paths.js';
import { resolvePolicy } from '../../../src/policy/resolve-policy.js';
import { POLICY_KEYS, type PolicyKey, type RunnerPolicy } from '../../../src/policy/schema.js';
import { base, facts } from '../../plan/samples.js';

type Pair = readonly [one: RunnerPolicy, other: RunnerPolicy];

/** Two policies that differ in one key, for every key: a new one without a row neither compiles nor passes. */
const SHAPING: Readonly<Record<Exclude<PolicyKey, PerRunKey>, Pair>> = {
  cpuSeconds: [{}, { cpuSeconds: 9 }],
  memoryLimitMb: [{ memoryLimitMb: 256.5 }, { memoryLimitMb: 256.25 }],
  maxProcesses: [{}, { maxProcesses: 17 }],
  maxOpenFiles: [{}, { maxOpenFiles: 257 }],
  diskLimitMb: [{ maxFileKb: 5 }, { maxFileKb: 5, diskLimitMb: 65 }],
  maxOutputKb: [{}, { maxOutputKb: 129 }],
  maxResultKb: [{}, { maxResultKb: 1025 }],
  maxDisplays: [{}, { maxDisplays: 7 }],
  maxDisplayKb: [{}, { maxDisplayKb: 7 }],
  maxFileKb: [{}, { maxFileKb: 7 }],
  maxFiles: [{}, { maxFiles: 7 }],
  allowNetwork: [{}, { allowNetwork: true }],
  allowSubprocess: [{}, { allowSubprocess: true }],
  writablePaths: [{ writablePaths: ['/srv/a'] }, { writablePaths: ['/srv/b'] }],
  readablePaths: [{ readablePaths: ['/srv/a'] }, { readablePaths: ['/srv/a', '/srv/b'] }],
  env: [{ env: { KEY: 'one' } }, { env: { KEY: 'other' } }],
  mode: [{}, { mode: 'allow' }],
  blockedImports: [{ blockedImports: ['os'] }, { blockedImports: [] }],
  allowedImports: [{ allowedImports: [] }, { allowedImports: ['math'] }],
  blockedBuiltins: [{}, { blockedBuiltins: ['eval'] }],
  allowedBuiltins: [{}, { allowedBuiltins: ['print'] }],
  blockedGlobals: [{}, { blockedGlobals: ['x'] }],
  allowedGlobals: [{}, { allowedGlobals: ['x'] }],
  allow: [{ allow: [] }, { allow: ['math.sqrt'] }],
  banDefinitions: [{}, { banDefinitions: true }],
  banDunders: [{}, { banDunders: true }],
  bannedSyntax: [{}, { bannedSyntax: { While: '' } }],
  maxAstNodes: [{}, { maxAstNodes: 7 }],
  extraGlobals: [{ extraGlobals: { X: Number.NaN } }, { extraGlobals: { X: null } }],
  resultFrom: [{}, { resultFrom: 'none' }],
  recursionLimit: [{}, { recursionLimit: 500 }],
  deterministic: [{ deterministic: 1 }, { deterministic: 2 }],
  clock: [{ clock: { offsetSeconds: 1 } }, { clock: { offsetSeconds: 2 } }],
  isolation: [{ isolation: { exactly: 'kernel' } }, { isolation: { exactly: 'full' } }],
  pythonExecutable: [{ pythonExecutable: '/usr/bin/python3' }, {}],
};

type PerRunKey = 'timeoutSeconds' | 'maxCodeBytes' | 'stripFences';

/** What Node alone obeys; a plan knows nothing of it, and the one pool serves both. */
const PER_RUN: Readonly<Record<PerRunKey, Pair>> = {
  timeoutSeconds: [{ cpuSeconds: 5 }, { cpuSeconds: 5, timeoutSeconds: 0.5 }],
  maxCodeBytes: [{}, { maxCodeBytes: 7 }],
  stripFences: [{}, { stripFences: true }],
};

const fingerprint = (policy: RunnerPolicy): string => fingerprintOf(resolvePolicy(policy), base, [0, 0, 0]);
const planText = (policy: RunnerPolicy): string =>
  JSON.stringify(buildPlan(resolvePolicy(policy), facts(), [], base));

test('every key of the policy has its row', () => {
  expect([...Object.keys(SHAPING), ...Object.keys(PER_RUN)].sort()).toEqual([...POLICY_KEYS].sort());
  expect(Object.keys(PER_RUN)).toHaveLength(PER_RUN_FIELDS.length);
});

test.each(Object.entries(SHAPING))('%s: another value, another pool', (_, [one, other]) => {
  expect(fingerprint(one)).not.toBe(fingerprint(other));
  expect(fingerprint(one)).toBe(fingerprint(structuredClone(one)));
});

test.each(Object.entries(PER_RUN))('%s: no plan has it, and pools are shared', (_, [one, other]) => {
  expect(resolvePolicy(one)).not.toEqual(resolvePolicy(other));
  expect(planText(one)).toBe(planText(other));
  expect(fingerprint(one)).toBe(fingerprint(other));
});

test.each([
  ['null and NaN', { X: null }, { X: Number.NaN }],
  ['a number and a BigInt', { X: 1 }, { X: 2n ** 60n }],
  ['a map and an object', { X: new Map([[1, 2]]) }, { X: { 1: 2 } }],
  ['two blocks of bytes', { X: new Uint8Array([1]) }, { X: new Uint8Array([2]) }],
  ['zero and minus zero', { X: 0 }, { X: -0 }],
])('constants that JSON would not tell apart: %s', (_, one, other) => {
  expect(fingerprint({ extraGlobals: one })).not.toBe(fingerprint({ extraGlobals: other }));
});

const leading = (realPath: string): PathBase => ({
  ...base,
  places: new Map([['/srv/a', { realPath, links: [{ path: '/srv/a', target: realPath }] }]]),
});

test('a link that leads elsewhere, another pool', () => {
  const policy = resolvePolicy({ readablePaths: ['/srv/a'] });
  const one = fingerprintOf(policy, leading('/srv/one'), [0, 0, 0]);
  const other = fingerprintOf(policy, leading('/srv/other'), [0, 0, 0]);
  expect(one).not.toBe(other);
});

test.each([
  ['working directory', { ...base, cwd: '/srv/other' }, [0, 0, 0]],
  ['home', { ...base, home: '/home/other' }, [0, 0, 0]],
  ['user id', base, [0, 1000, 0]],
  ['group id', base, [0, 0, 1000]],
])('another %s, another pool', (_, place, ids) => {
  const policy = resolvePolicy({});
  expect(fingerprintOf(policy, place, ids)).not.toBe(fingerprintOf(policy, base, [0, 0, 0]));
});
