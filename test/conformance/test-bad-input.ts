import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ErrorCode, RunnerPolicy, RunOptions } from '../../src/index.js';
import type { Run } from './subject.js';

interface BadInput {
  readonly name: string;
  readonly code?: unknown;
  readonly input?: unknown;
  readonly policy?: unknown;
  readonly options?: unknown;
  readonly error: ErrorCode;
  readonly message: string;
}

const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;

/** What the caller did wrong: told before anything is started. */
const ROWS: readonly BadInput[] = [
  {
    name: 'an unknown policy key',
    policy: { timeoutSecond: 1 },
    error: 'INVALID_POLICY',
    message: 'Unknown policy key `timeoutSecond`. Did you mean `timeoutSeconds`?',
  },
  {
    name: 'a policy of the wrong type',
    policy: 5,
    error: 'INVALID_POLICY',
    message: 'The policy is a number; allowed: a plain object of policy keys.',
  },
  {
    name: 'a value of the wrong type',
    policy: { allowNetwork: 'yes' },
    error: 'INVALID_POLICY',
    message: "Policy key `allowNetwork` is 'yes'; allowed: true or false.",
  },
  {
    name: 'a value out of range',
    policy: { maxFiles: -1 },
    error: 'INVALID_POLICY',
    message: 'Policy key `maxFiles` is -1; allowed: a whole number from 0 to 10000.',
  },
  {
    name: '__proto__ as a key',
    policy: JSON.parse('{"__proto__": {"allowNetwork": true}}'),
    error: 'INVALID_POLICY',
    message: 'Unknown policy key `__proto__`.',
  },
  {
    name: 'a NaN timeout',
    policy: { timeoutSeconds: Number.NaN },
    error: 'INVALID_POLICY',
    message: 'Policy key `timeoutSeconds` is NaN; allowed: a number above 0 and at most 3600.',
  },
  {
    name: 'negative memory',
    policy: { memoryLimitMb: -1 },
    error: 'INVALID_POLICY',
    message:
      "Policy key `memoryLimitMb` is -1; allowed: a number from 16 to 65536, or text such as '256m', '512mb' or '1g' in that range.",
  },
  {
    name: 'a reserved variable',
    policy: { env: { LD_PRELOAD: '/x' } },
    error: 'INVALID_POLICY',
    message:
      "Policy key `env.LD_PRELOAD` is '/x'; allowed: any name but `PYTHON*`, `LD_*`, `PATH` and `HOME`, which are set by pungi alone.",
  },
  { name: 'empty code', code: '', error: 'INVALID_INPUT', message: 'The code is empty.' },
  { name: 'code that is no text', code: 5, error: 'INVALID_INPUT', message: 'The code is 5; allowed: text.' },
  {
    name: '2 MiB of code',
    code: '#'.repeat(2 << 20),
    error: 'INVALID_INPUT',
    message: "The code has 2097152 bytes in UTF-8; allowed: at most 1048576, the policy's maxCodeBytes.",
  },
  {
    name: 'one byte too much',
    code: '#'.repeat((1 << 20) + 1),
    error: 'INVALID_INPUT',
    message: "The code has 1048577 bytes in UTF-8; allowed: at most 1048576, the policy's maxCodeBytes.",
  },
  {
    name: 'lone surrogates in the code',
    code: 'x = "\ud800"',
    error: 'INVALID_INPUT',
    message: 'The code holds a lone surrogate, which UTF-8 cannot carry.',
  },
  {
    name: 'NUL in the code',
    code: 'x = "\0"',
    error: 'INVALID_INPUT',
    message: 'The code holds a NUL character.',
  },
  {
    name: 'NUL in a file name',
    options: { files: { 'a\0b': '' } },
    error: 'INVALID_INPUT',
    message: "File name 'a\\u0000b' holds a NUL character.",
  },
  {
    name: 'an absolute file name',
    options: { files: { '/etc/x': '' } },
    error: 'INVALID_INPUT',
    message: "File name '/etc/x' is absolute.",
  },
  {
    name: 'a file name that climbs',
    options: { files: { 'a/../../b': '' } },
    error: 'INVALID_INPUT',
    message: "File name 'a/../../b' has the part '..'.",
  },
  {
    name: 'a file as a directory',
    options: { files: { a: '', 'a/b': '' } },
    error: 'INVALID_INPUT',
    message: "File name 'a/b' uses 'a' as a directory, which is a file.",
  },
  {
    name: 'a directory as a file',
    options: { files: { a: { path: '/tmp' } } },
    error: 'INVALID_INPUT',
    message: "File 'a': '/tmp' is not a regular file.",
  },
  {
    name: 'a missing host file',
    options: { files: { a: { path: '/no/such/file' } } },
    error: 'INVALID_INPUT',
    message: "File 'a': '/no/such/file' cannot be read (ENOENT).",
  },
  {
    name: 'a cycle in the input',
    input: cycle,
    error: 'INVALID_INPUT',
    message: 'inputData.self: a cycle: it holds itself',
  },
  {
    name: 'a function in the input',
    input: { rows: [1, { cb: Math.abs }] },
    error: 'INVALID_INPUT',
    message: 'inputData.rows[1].cb: a function cannot travel',
  },
  {
    name: '10,000 levels',
    input: nest(10_000),
    error: 'INVALID_INPUT',
    message: 'inputData[0][0][0][0][0][0](...)[0][0][0]: nested deeper than 128 levels',
  },
  {
    name: 'an unknown option',
    options: { onStdOut: Math.abs },
    error: 'INVALID_INPUT',
    message: 'Unknown option `onStdOut`. Did you mean `onStdout`?',
  },
  {
    name: 'a signal that is none',
    options: { signal: {} },
    error: 'INVALID_INPUT',
    message: 'Option `signal` is an object; allowed: an AbortSignal.',
  },
  {
    name: 'an entrypoint that is not there',
    code: '',
    options: { entrypoint: 'x.py', files: { 'y.py': '' } },
    error: 'INVALID_INPUT',
    message: "Option `entrypoint` is 'x.py'; allowed: a name of `files` ('y.py').",
  },
  {
    name: 'a timeout longer than the policy’s',
    options: { timeoutSeconds: 50 },
    error: 'INVALID_INPUT',
    message:
      "Option `timeoutSeconds` is 50; allowed: a number above 0 and at most 5, the policy's timeoutSeconds.",
  },
  {
    name: 'an output directory that is missing',
    options: { outputDirectory: '/no/such' },
    error: 'INVALID_INPUT',
    message: "outputDirectory '/no/such' does not exist.",
  },
  {
    name: 'files larger than the disk',
    policy: { diskLimitMb: 1 },
    options: { files: { a: 'x'.repeat(1_048_577) } },
    error: 'INVALID_INPUT',
    message: "The files hold 1048577 bytes; allowed: at most 1048576, the policy's diskLimitMb.",
  },
];

/** Bad input does not depend on the level. */
export function testBadInput(run: Run): void {
  test.each(ROWS)('$name', async ({ code = '1', input, policy, options, error, message }) => {
    const call = async (): Promise<unknown> => Reflect.apply(run, null, [code, input, policy, options]);
    await expect(call()).rejects.toMatchObject({ name: 'PungiError', code: error, message });
  });

  test('the options of a run and its policy are read at the call', async () => {
    const policy: { -readonly [Key in keyof RunnerPolicy]: RunnerPolicy[Key] } = { timeoutSeconds: 5 };
    const options: { -readonly [Key in keyof RunOptions]: RunOptions[Key] } = { argv: ['a'] };
    const handle = run('import sys\nsys.argv[1:]', {}, policy, options);
    policy.timeoutSeconds = 0.001;
    options.argv = ['b'];
    expect((await handle).result).toEqual(['a']);
  });
}

function nest(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

/** Interpreters that are none, or that spoil their own start. */
export function testBadPythons(run: Run, python: string): void {
  const place = { directory: '' };
  beforeAll(() => {
    place.directory = mkdtempSync(join(tmpdir(), 'pythons-'));
  });
  afterAll(() => rmSync(place.directory, { recursive: true }));

  function script(name: string, text: string): string {
    const file = join(place.directory, name);
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  test.each([
    ['prints at start-up', `echo hello; exec ${python} "$@"`],
    ['dies at start-up', 'echo "no libpython" >&2; exit 3'],
    ['hangs at start-up', 'exec sleep 60'],
    ['is no Python', 'echo 42'],
  ])('a Python that %s', async (name, text) => {
    const pythonExecutable = script(name.replaceAll(' ', '-'), text);
    const ended = await run('result = 1', {}, { pythonExecutable }).then(
      ({ status, result }) => ({ status, result }),
      (error: unknown) => error,
    );
    if (name === 'prints at start-up') expect(ended).toEqual({ status: 'ok', result: 1 });
    else
      expect(ended).toMatchObject({
        code: 'PYTHON_NOT_FOUND',
        message: expect.stringContaining(pythonExecutable),
      });
  });

  test('a path that does not exist', async () => {
    await expect(run('1', {}, { pythonExecutable: '/no/python' }).then(String)).rejects.toMatchObject({
      code: 'PYTHON_NOT_FOUND',
      message: expect.stringContaining('/no/python'),
    });
  });

  test('a symlink to an interpreter', async () => {
    const link = join(place.directory, 'link');
    symlinkSync(python, link);
    expect((await run('result = 1', {}, { pythonExecutable: link })).result).toBe(1);
  });
}
