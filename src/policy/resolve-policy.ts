import { PungiError } from '../errors/pungi-error.js';
import { encodeInput } from '../protocol/encode-input.js';
import { resolveAllow } from './allow-rules.js';
import { resolveClock } from './clock.js';
import { deepFreeze } from './deep-freeze.js';
import { blockedImportsOf, importConflicts } from './import-rules.js';
import { memoryMegabytes } from './memory-size.js';
import { applyMode, modeConflicts } from './mode-rules.js';
import { badValueProblem, issueProblem, type PolicyProblem, policyError } from './policy-problem.js';
import { readPolicy } from './read-policy.js';
import type { ResolvedPolicy } from './resolved-policy.js';
import { type CheckedPolicy, fieldDoc, policySchema } from './schema.js';
import { toMilliseconds } from './to-milliseconds.js';

const BYTES_PER_KB = 1024;
const BYTES_PER_MB = 1024 * 1024;

/**
 * Checks a policy and fills in every default. Throws `INVALID_POLICY` with all problems in `details.problems`.
 *
 * @example
 * resolvePolicy({ timeoutSeconds: 0.5, memoryLimitMb: '1g' }).timeoutMs // 500
 */
export function resolvePolicy(policy: unknown = {}): ResolvedPolicy {
  const reading = readPolicy(policy);
  const parsed = policySchema.safeParse(reading.given);
  if (!parsed.success) {
    throwAny(
      [...reading.problems, ...parsed.error.issues.map((issue) => issueProblem(issue, reading.given))],
      reading.cause,
    );
    throw parsed.error;
  }
  const isGiven = (key: string): boolean => Object.hasOwn(reading.given, key);
  const checked = applyMode(parsed.data, isGiven);
  const blockedImports = blockedImportsOf(checked, isGiven('blockedImports'));
  throwAny(
    [
      ...reading.problems,
      ...modeConflicts(checked, isGiven),
      ...importConflicts(checked, blockedImports),
      ...constantProblems(checked),
    ],
    reading.cause,
  );
  return deepFreeze({ ...limitsOf(checked), ...languageOf(checked), blockedImports, ...reachOf(checked) });
}

function throwAny(problems: readonly PolicyProblem[], cause: unknown): void {
  const [first, ...others] = problems;
  if (first !== undefined) throw policyError([first, ...others], cause);
}

type Limits = Pick<
  ResolvedPolicy,
  | 'timeoutMs'
  | 'cpuSeconds'
  | 'memoryBytes'
  | 'maxProcesses'
  | 'maxOpenFiles'
  | 'diskBytes'
  | 'maxOutputBytes'
  | 'maxResultBytes'
  | 'maxFileBytes'
  | 'maxFiles'
  | 'maxDisplays'
  | 'maxDisplayBytes'
>;

function limitsOf(policy: CheckedPolicy): Limits {
  const diskBytes = policy.diskLimitMb * BYTES_PER_MB;
  return {
    timeoutMs: toMilliseconds(policy.timeoutSeconds),
    cpuSeconds: policy.cpuSeconds === 'timeout' ? Math.ceil(policy.timeoutSeconds) : policy.cpuSeconds,
    memoryBytes: memoryBytes(policy.memoryLimitMb),
    maxProcesses: policy.maxProcesses,
    maxOpenFiles: policy.maxOpenFiles,
    diskBytes,
    maxOutputBytes: policy.maxOutputKb * BYTES_PER_KB,
    maxResultBytes: policy.maxResultKb * BYTES_PER_KB,
    maxFileBytes: policy.maxFileKb === 'disk' ? diskBytes : policy.maxFileKb * BYTES_PER_KB,
    maxFiles: policy.maxFiles,
    maxDisplays: policy.maxDisplays,
    maxDisplayBytes: policy.maxDisplayKb * BYTES_PER_KB,
  };
}

type Language = Omit<ResolvedPolicy, keyof Limits | keyof Reach | 'blockedImports'>;

function languageOf(policy: CheckedPolicy): Language {
  return {
    allowedImports: policy.allowedImports === 'any' ? 'any' : [...new Set(policy.allowedImports)],
    blockedBuiltins: [...new Set(policy.blockedBuiltins)],
    allowedBuiltins: policy.allowedBuiltins === 'any' ? 'any' : [...new Set(policy.allowedBuiltins)],
    blockedGlobals: [...new Set(policy.blockedGlobals)],
    allowedGlobals: policy.allowedGlobals === 'any' ? 'any' : [...new Set(policy.allowedGlobals)],
    allow: resolveAllow(policy.allow),
    banDefinitions: policy.banDefinitions,
    banDunders: policy.banDunders,
    bannedSyntax: { ...policy.bannedSyntax },
    maxCodeBytes: policy.maxCodeBytes,
    maxAstNodes: policy.maxAstNodes,
    extraGlobals: structuredClone(policy.extraGlobals),
    resultFrom: policy.resultFrom,
    stripFences: policy.stripFences,
    recursionLimit: policy.recursionLimit,
    deterministic: seedOf(policy.deterministic),
    clock: resolveClock(policy.clock),
  };
}

type Reach = Pick<
  ResolvedPolicy,
  | 'allowNetwork'
  | 'allowSubprocess'
  | 'writablePaths'
  | 'readablePaths'
  | 'env'
  | 'isolation'
  | 'pythonExecutable'
>;

function reachOf(policy: CheckedPolicy): Reach {
  const { isolation, pythonExecutable } = policy;
  return {
    allowNetwork: policy.allowNetwork,
    allowSubprocess: policy.allowSubprocess,
    writablePaths: [...new Set(policy.writablePaths)],
    readablePaths: [...new Set(policy.readablePaths)],
    env: { ...policy.env },
    isolation:
      typeof isolation === 'string'
        ? { rule: 'at-least', level: isolation }
        : { rule: 'exactly', level: isolation.exactly },
    pythonExecutable: pythonExecutable === 'find' ? 'find' : { path: pythonExecutable },
  };
}

function seedOf(deterministic: boolean | number): ResolvedPolicy['deterministic'] {
  if (deterministic === false) return 'off';
  return { seed: deterministic === true ? 0 : deterministic };
}

function memoryBytes(limit: number | string): number {
  const megabytes = memoryMegabytes(limit);
  if (megabytes === null) throw new TypeError('the schema lets no such memory limit through');
  return Math.round(megabytes * BYTES_PER_MB);
}

// Encoded here only to refuse early what cannot travel; the plan encodes the frozen copy.
function constantProblems(policy: CheckedPolicy): readonly PolicyProblem[] {
  return Object.entries(policy.extraGlobals).flatMap(([name, value]) => {
    try {
      encodeInput({ [name]: value }, { name: 'extraGlobals', code: 'INVALID_POLICY' });
      return [];
    } catch (error) {
      const key = `extraGlobals.${name}`;
      if (error instanceof PungiError) return [{ key, message: error.message, hint: error.hint }];
      return [badValueProblem(key, 'an object that throws when read', fieldDoc('extraGlobals').allowed)];
    }
  });
}
