import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readGoldenValues } from '../protocol/golden-values.js';

// The thread is started by its file name: only a build has that file.
const ROOT = join(import.meta.dirname, '../..');
mkdirSync(join(ROOT, '.cache'), { recursive: true });
const build = mkdtempSync(join(ROOT, '.cache/sync-'));
const directory = mkdtempSync(join(tmpdir(), 'sync-'));
const MODULES =
  'import array, collections, dataclasses, datetime, decimal, enum, fractions, pathlib, sys, time, types, uuid';

beforeAll(async () => {
  const entries = ['src/index.ts', 'src/sync/thread.ts'];
  const tsup = join(ROOT, 'node_modules/.bin/tsup');
  await execa(tsup, [...entries, '--no-dts', '--silent', '--out-dir', build], { cwd: ROOT });
}, 60_000);
afterAll(() => {
  for (const made of [build, directory]) rmSync(made, { recursive: true, force: true });
});

const HEAD = `import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { PungiError, runCode, runCodeSync } from ${JSON.stringify(join(build, 'index.js'))};
const thrownBy = (act) => { try { return act(); } catch (error) { return error; } };
`;

/** Runs a program that asserts; it must end by itself, in silence. */
async function holds(program: string, args: readonly string[] = []): Promise<void> {
  const file = join(directory, 'program.mjs');
  writeFileSync(file, HEAD + program);
  const { exitCode, stderr, stdout } = await execa('node', [...args, file], {
    cwd: directory,
    reject: false,
    timeout: 50_000,
  });
  expect({ exitCode, stderr, stdout }).toEqual({ exitCode: 0, stderr: '', stdout: '' });
}

test('it gives what runCode gives, every value of the table among them', async () => {
  const rows = readGoldenValues()
    .fromPython.filter(({ needs }) => needs === undefined)
    .map(({ python }) => python);
  const code = `${MODULES}\nprint("out")\nopen("made", "wb").write(b"\\0\\xff")\nresult = [\n${rows.join(',\n')}\n]`;
  await holds(`
const code = ${JSON.stringify(code)};
const facts = (result) => ({ ...result, usage: null, resultRepr: result.resultRepr.replace(/0x\\w+/g, 'address'), file: [...result.file('made')], json: result.toJSON().files });
const [seen, wanted] = [runCodeSync(code), await runCode(code, undefined, undefined, { oneshot: true })];
assert.equal(seen.status, 'ok', String(seen.error));
assert.equal(seen.result.length, ${rows.length});
const { files, ...rest } = facts(seen);
const { files: theirs, ...others } = facts(wanted);
assert.deepEqual(rest, others);
assert.deepEqual([...files.keys()], [...theirs.keys()]);
assert.ok(Object.isFrozen(seen));
assert.ok(seen.usage.wallMs > 0 && seen.usage.waitMs > 0 && seen.usage.peakMemoryMb > 1);
`);
});

test('input arrives as it does with runCode', async () => {
  await holds(`
const input = { map: new Map([[1, 'a']]), set: new Set([2n ** 70n]), date: new Date(0), bytes: new Uint8Array([1, 255]) };
const code = 'result = ascii(input_data)';
assert.equal(runCodeSync(code, input).result, (await runCode(code, input)).result);
assert.equal(runCodeSync('result = input_data', Infinity).result, Infinity);
const options = { files: { a: 'x' }, stdin: 'typed', argv: ['b'], env: { C: 'd' } };
assert.deepEqual(
  runCodeSync('import sys\\n[open("a").read(), input(), sys.argv[1:]]', {}, {}, options).result,
  ['x', 'typed', ['b']],
);
`);
});

test('a failing program is a result', async () => {
  await holds(`
const failed = runCodeSync('x = 1\\n1 / 0');
assert.deepEqual([failed.status, String(failed.error), failed.error.line], ['error', 'ZeroDivisionError: division by zero', 2]);
assert.equal(runCodeSync('while True: pass', {}, { timeoutSeconds: 0.3 }).status, 'timeout');
assert.equal(runCodeSync('import os').status, 'blocked');
assert.equal(runCodeSync('import ctypes\\nctypes.string_at(0)', {}, { blockedImports: [] }).signal, 'SIGSEGV');
`);
});

test('what is thrown behind the thread is a PungiError here', async () => {
  await holds(`
const missing = thrownBy(() => runCodeSync('1', {}, { pythonExecutable: '/no/python' }));
assert.ok(missing instanceof PungiError);
assert.equal(missing.code, 'PYTHON_NOT_FOUND');
const theirs = await runCode('1', {}, { pythonExecutable: '/no/python' }).catch((error) => error);
assert.deepEqual({ ...missing, message: missing.message }, { ...theirs, message: theirs.message });
assert.match(missing.stack, /program\\.mjs/);
const directory = thrownBy(() => runCodeSync('1', {}, {}, { outputDirectory: '/no/such' }));
assert.deepEqual([directory.code, directory.message], ['INVALID_INPUT', "outputDirectory '/no/such' does not exist."]);
assert.equal(runCodeSync('6 * 7').result, 42);
`);
});

test('the thread that calls stands still meanwhile, and nothing keeps the program alive', async () => {
  await holds(`
let ticks = 0;
const timer = setInterval(() => { ticks += 1; }, 1);
runCodeSync('import time\\ntime.sleep(0.2)');
assert.equal(ticks, 0);
clearInterval(timer);
const start = performance.now();
process.on('exit', () => assert.ok(performance.now() - start < 2000));
`);
});

test('it sees the directory and the environment of the call', async () => {
  await holds(`
import { mkdirSync, readFileSync } from 'node:fs';
mkdirSync('later/out', { recursive: true });
runCodeSync('1');
process.chdir('later');
runCodeSync('open("f", "w").write("x")', {}, {}, { outputDirectory: 'out' });
assert.equal(readFileSync('out/f', 'utf8'), 'x');
process.env.TMPDIR = '/no/such';
assert.equal(thrownBy(() => runCodeSync('1', {}, { pythonExecutable: '/usr/bin/python3' })).code, 'SANDBOX_UNAVAILABLE');
`);
});

test('it serves a thread of the caller too', async () => {
  await holds(`
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { once } from 'node:events';
if (isMainThread) {
  const [seen] = await once(new Worker(new URL(import.meta.url)), 'message');
  assert.equal(seen, 42);
} else {
  parentPort.postMessage(runCodeSync('6 * 7').result);
}
`);
});

test('options of the command line that are for the program alone do no harm', async () => {
  const program = `${HEAD}assert.equal(runCodeSync('6 * 7').result, 42);`;
  const { exitCode, stderr } = await execa('node', ['--input-type=module', '--eval', program], {
    cwd: directory,
    reject: false,
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test('nothing is left of all these', () => {
  const left = readdirSync(directory).filter((name) => !['program.mjs', 'later'].includes(name));
  expect(left).toEqual([]);
});
