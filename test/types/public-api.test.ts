import { expect, expectTypeOf, test } from 'vitest';
import * as pungi from '../../src/index.js';
import {
  type Denial,
  type DoctorReport,
  doctor,
  type ErrorCode,
  type FileInput,
  formatForModel,
  type IsolationLevel,
  type LevelProof,
  type OutputFile,
  orThrow,
  type PungiError,
  policyFromDotEnv,
  policyFromEnv,
  policyFromFile,
  presets,
  type RunEvent,
  type RunFailed,
  type RunHandle,
  type RunnerPolicy,
  type RunOptions,
  type RunResult,
  type RunStatus,
  runCode,
} from '../../src/index.js';

test('the root entry exports these values and no other', () => {
  expect(Object.keys(pungi).sort()).toEqual([
    'ERROR_CATALOGUE',
    'PungiError',
    'RunFailed',
    'checkDestination',
    'closeSharedPools',
    'createRunner',
    'defineFunction',
    'describeFunctions',
    'doctor',
    'formatForModel',
    'learnPolicy',
    'orThrow',
    'policyFromDotEnv',
    'policyFromEnv',
    'policyFromFile',
    'presets',
    'runCode',
    'runCodeSync',
    'validateCode',
  ]);
});

test('runCode takes code, any data, a policy and options, and gives a handle', () => {
  expectTypeOf(runCode).parameters.toEqualTypeOf<
    [code: string, inputData?: unknown, policy?: RunnerPolicy, options?: RunOptions]
  >();
  expectTypeOf(runCode).returns.toEqualTypeOf<RunHandle>();
  expectTypeOf<Awaited<RunHandle>>().toEqualTypeOf<RunResult>();
  expectTypeOf<RunHandle>().toExtend<AsyncIterable<RunEvent>>();
});

test('every key of a policy may be left out, and no other key is known', () => {
  expectTypeOf<Record<never, never>>().toExtend<RunnerPolicy>();
  expectTypeOf<RunnerPolicy>().toHaveProperty('timeoutSeconds').toEqualTypeOf<number | undefined>();
  expectTypeOf<RunnerPolicy>().toHaveProperty('memoryLimitMb').toEqualTypeOf<number | string | undefined>();
  expectTypeOf<RunnerPolicy>()
    .toHaveProperty('isolation')
    .toEqualTypeOf<IsolationLevel | { exactly: IsolationLevel } | undefined>();
  // @ts-expect-error a misspelt key does not compile
  const misspelt: RunnerPolicy = { timeoutSecond: 1 };
  expect(misspelt).toBeDefined();
});

test('presets are policies', () => {
  expectTypeOf(presets).toExtend<Readonly<Record<string, RunnerPolicy>>>();
  expectTypeOf({ ...presets.agent, timeoutSeconds: 30 }).toExtend<RunnerPolicy>();
});

test('policies come from files and from variables', () => {
  expectTypeOf(policyFromFile).toEqualTypeOf<(path: string) => RunnerPolicy>();
  expectTypeOf(policyFromEnv).parameters.toEqualTypeOf<
    [env?: Readonly<Record<string, string | undefined>>, prefix?: string]
  >();
  expectTypeOf(policyFromEnv).returns.toEqualTypeOf<RunnerPolicy>();
  expectTypeOf(policyFromDotEnv).toEqualTypeOf<(path: string, prefix?: string) => RunnerPolicy>();
});

test('files go in as text, bytes or a path', () => {
  expectTypeOf<FileInput>().toEqualTypeOf<string | Uint8Array | { readonly path: string }>();
  expectTypeOf<RunOptions>().toHaveProperty('signal').toEqualTypeOf<AbortSignal | undefined>();
});

test('a result says what is not known, and cannot be changed', () => {
  expectTypeOf<RunResult['result']>().toBeUnknown();
  expectTypeOf<RunResult['status']>().toEqualTypeOf<RunStatus>();
  expectTypeOf<RunStatus>().toEqualTypeOf<
    | 'ok'
    | 'error'
    | 'blocked'
    | 'timeout'
    | 'cpu_limit'
    | 'memory_limit'
    | 'output_limit'
    | 'disk_limit'
    | 'process_limit'
    | 'cancelled'
    | 'crashed'
  >();
  expectTypeOf<RunResult['files']>().toEqualTypeOf<ReadonlyMap<string, OutputFile>>();
  expectTypeOf<RunResult['denials']>().toEqualTypeOf<readonly Denial[]>();
  expectTypeOf<RunResult['exitCode']>().toEqualTypeOf<number | null>();
  const change = (result: RunResult): void => {
    // @ts-expect-error a result is read-only
    result.status = 'ok';
  };
  expect(change).toBeInstanceOf(Function);
});

test('orThrow narrows a result to a good one', () => {
  expectTypeOf(orThrow).returns.toEqualTypeOf<RunResult & { readonly ok: true }>();
  expectTypeOf<RunFailed>().toExtend<Error>();
  expectTypeOf<RunFailed['result']>().toEqualTypeOf<RunResult>();
  expectTypeOf(formatForModel).returns.toBeString();
});

test('errors carry one of the known codes', () => {
  expectTypeOf<PungiError['code']>().toEqualTypeOf<ErrorCode>();
  expectTypeOf<ErrorCode>().toEqualTypeOf<keyof typeof pungi.ERROR_CATALOGUE>();
  expectTypeOf<PungiError['hint']>().toBeString();
});

test('doctor reports what was found and what was proved', () => {
  expectTypeOf(doctor).returns.resolves.toEqualTypeOf<DoctorReport>();
  expectTypeOf<DoctorReport['levels']>().toEqualTypeOf<readonly LevelProof[]>();
  expectTypeOf<LevelProof['level']>().toEqualTypeOf<IsolationLevel>();
});
