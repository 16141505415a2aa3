import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareJob } from '../../src/job/prepare-job.js';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';
import { encodeInput } from '../../src/protocol/encode-input.js';

const policy = resolvePolicy();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('code alone gives a job with every field', () => {
  expect(prepareJob('x = 1', undefined, undefined, policy)).toEqual({
    purpose: 'run',
    step: null,
    exports: false,
    code: 'x = 1',
    filename: '<user_code>',
    entrypoint: null,
    argv: [],
    env: {},
    stdin: null,
    inputText: encodeInput({}),
    files: [],
    timeoutMs: 5000,
    fontList: null,
    functions: null,
    outputDirectory: null,
  });
});

test('all options reach the job', () => {
  const raw = new Uint8Array([0, 255]);
  const options = {
    files: { 'main.py': 'print("hü")', 'pkg/data.bin': raw },
    stdin: 'hü',
    argv: ['--flag', ''],
    entrypoint: 'main.py',
    env: { A: '1' },
    signal: new AbortController().signal,
    onStdout: () => {},
    onStderr: () => {},
    outputDirectory: 'out',
    timeoutSeconds: 0.5,
  };
  expect(prepareJob('', { x: 81 }, options, policy)).toEqual({
    purpose: 'run',
    step: null,
    exports: false,
    code: '',
    filename: 'main.py',
    entrypoint: 'main.py',
    argv: ['--flag', ''],
    env: { A: '1' },
    stdin: bytes('hü'),
    inputText: encodeInput({ x: 81 }),
    files: [
      { name: 'main.py', mode: 0o644, source: { kind: 'bytes', bytes: bytes('print("hü")') } },
      { name: 'pkg/data.bin', mode: 0o644, source: { kind: 'bytes', bytes: raw } },
    ],
    timeoutMs: 500,
    fontList: null,
    functions: null,
    outputDirectory: resolve('out'),
  });
});

test.each<[string, unknown]>([
  ['a list', [1, 2]],
  ['a map', new Map([[1, 2]])],
  ['text', 'text'],
  ['null', null],
])('input data may be any value that can travel: %s', (_title, value) => {
  expect(prepareJob('1', value, {}, policy).inputText).toBe(encodeInput(value));
});

test('`__proto__` is only a key', () => {
  const files = JSON.parse('{"__proto__": "text"}');
  const job = prepareJob('1', {}, { files }, policy);
  expect(job.files).toEqual([
    { name: '__proto__', mode: 0o644, source: { kind: 'bytes', bytes: bytes('text') } },
  ]);
});

describe('the size of the code', () => {
  const small = resolvePolicy({ maxCodeBytes: 4 });

  test('is allowed at exactly the limit, counted in UTF-8', () => {
    expect(prepareJob('üü', {}, {}, small).code).toBe('üü');
    const whole = '#'.repeat(policy.maxCodeBytes);
    expect(prepareJob(whole, {}, {}, policy).code.length).toBe(1024 * 1024);
  });

  test.each<[string, number]>([
    ['üüa', 5],
    ['aaaaa', 5],
  ])('is refused one byte over: %s', (code, size) => {
    const message = `The code has ${size} bytes in UTF-8; allowed: at most 4, the policy's maxCodeBytes.`;
    expect(() => prepareJob(code, {}, {}, small)).toThrow(message);
  });
});

test.each<[number, number]>([
  [5, 5000],
  [0.0001, 1],
  [1.25, 1250],
])('timeoutSeconds %d is %d ms', (timeoutSeconds, timeoutMs) => {
  expect(prepareJob('1', {}, { timeoutSeconds }, policy).timeoutMs).toBe(timeoutMs);
});

describe('files of the host', () => {
  let directory = '';

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'pungi-job-'));
    writeFileSync(join(directory, 'data'), '12345');
    chmodSync(join(directory, 'data'), 0o4555);
    symlinkSync('data', join(directory, 'link'));
    mkdirSync(join(directory, 'folder'));
  });

  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  test.each(['data', 'link'])('%s travels by its path, with its size and plain permission bits', (name) => {
    const path = join(directory, name);
    const job = prepareJob('1', {}, { files: { copy: { path } } }, policy);
    expect(job.files).toEqual([{ name: 'copy', mode: 0o755, source: { kind: 'path', path, sizeBytes: 5 } }]);
  });

  test.each<[string, (path: string) => string]>([
    ['missing', (path) => `File 'copy': '${path}' cannot be read (ENOENT).`],
    ['data/under', (path) => `File 'copy': '${path}' cannot be read (ENOTDIR).`],
    ['folder', (path) => `File 'copy': '${path}' is not a regular file.`],
  ])('%s is refused', (name, message) => {
    const path = join(directory, name);
    expect(() => prepareJob('1', {}, { files: { copy: { path } } }, policy)).toThrow(message(path));
  });

  test('a device is refused', () => {
    const files = { copy: { path: '/dev/zero' } };
    expect(() => prepareJob('1', {}, { files }, policy)).toThrow(
      "File 'copy': '/dev/zero' is not a regular file.",
    );
  });
});
