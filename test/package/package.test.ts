import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { leaveOutSettings } from '../cli/built-cli.js';

const ROOT = join(import.meta.dirname, '../..');
const TOOLS = join(ROOT, 'node_modules/.bin');
const packed = z.tuple([z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) })]);

const place = { home: '', app: '', tarball: '', files: [] as readonly string[] };

beforeAll(async () => {
  place.home = mkdtempSync(join(tmpdir(), 'pungi-package-'));
  place.app = join(place.home, 'app');
  leaveOutSettings(place.home);
  await execa(join(TOOLS, 'tsup'), ['--silent'], { cwd: ROOT });
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', place.home];
  const { stdout } = await execa('npm', pack, { cwd: ROOT });
  const [report] = packed.parse(JSON.parse(stdout));
  place.tarball = join(place.home, report.filename);
  place.files = report.files.map((file) => file.path).sort();

  mkdirSync(place.app);
  writeFileSync(join(place.app, 'package.json'), '{ "private": true, "type": "module" }');
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline'];
  await execa('npm', ['install', ...quiet, place.tarball], { cwd: place.app });
});

afterAll(() => rmSync(place.home, { recursive: true, force: true }));

test('the tarball holds the build, the harness and the papers, and nothing else', () => {
  const build = /^dist\/([\w-]+\/)*[\w-]+\.(js|js\.map|d\.ts)$/;
  const others = place.files.filter((path) => !build.test(path) && !path.startsWith('python-harness/'));
  expect(others).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
  expect(place.files).toEqual(
    expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'dist/cli/main.js']),
  );
});

test('the tarball holds every module of the harness and none of its tests', () => {
  const modules = readdirSync(join(ROOT, 'python-harness/pungi_harness'), {
    recursive: true,
    encoding: 'utf8',
  })
    .filter((name) => name.endsWith('.py'))
    .map((name) => `python-harness/pungi_harness/${name}`);
  expect(modules.length).toBeGreaterThan(5);
  expect(place.files.filter((path) => path.startsWith('python-harness/'))).toEqual(modules.sort());
});

test('importing the package runs a program', async () => {
  const program = [
    "import { runCode } from 'pungi';",
    'const run = await runCode(\'result = input_data["x"] + 1\', { x: 41 });',
    'console.log(JSON.stringify([run.status, run.result, run.error]));',
  ].join('\n');
  const { stdout } = await execa('node', ['--input-type=module', '--eval', program], { cwd: place.app });
  expect(JSON.parse(stdout)).toEqual(['ok', 42, null]);
});

test('its synchronous call finds its thread', async () => {
  const program = "import { runCodeSync } from 'pungi'; console.log(runCodeSync('6 * 7').result);";
  const { stdout } = await execa('node', ['--input-type=module', '--eval', program], { cwd: place.app });
  expect(stdout).toBe('42');
});

test('its declarations compile in a strict program of a user', async () => {
  const text = [
    "import { runCode, type RunnerPolicy, type RunResult } from 'pungi';",
    'const policy: RunnerPolicy = { timeoutSeconds: 1 };',
    "export const run: RunResult = await runCode('1', {}, policy);",
    '// @ts-expect-error the key is misspelt',
    "await runCode('1', {}, { timeoutSecond: 1 });",
  ].join('\n');
  writeFileSync(join(place.app, 'user.ts'), text);
  // No `types`: a user without @types/node must be able to compile against the declarations.
  const compilerOptions = {
    strict: true,
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2023', 'dom'],
    types: [],
  };
  writeFileSync(join(place.app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['user.ts'] }));
  const { stdout, exitCode } = await execa(join(TOOLS, 'tsc'), ['--noEmit'], {
    cwd: place.app,
    reject: false,
  });
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 0 });
});

test('its command runs code', async () => {
  const { stdout, exitCode } = await pungi('run', '-c', 'print(6 * 7)');
  expect({ stdout, exitCode }).toEqual({ stdout: '42', exitCode: 0 });
});

test('its command tells what holds on this machine', async () => {
  const { stdout, exitCode } = await pungi('doctor');
  expect(stdout).toMatch(/landlock/i);
  expect(stdout).toMatch(/seccomp/i);
  expect(exitCode).toBe(0);
});

test.each([
  ['publint', ['--strict']],
  ['attw', ['--profile', 'esm-only', '--no-emoji']],
])('%s finds no fault in the tarball', async (tool, options) => {
  const { all, exitCode } = await execa(join(TOOLS, tool), [place.tarball, ...options], {
    cwd: ROOT,
    reject: false,
    all: true,
  });
  expect({ exitCode, output: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, output: '' });
});

async function pungi(...args: readonly string[]): Promise<{ stdout: string; exitCode: number | undefined }> {
  const command = join(place.app, 'node_modules/.bin/pungi');
  const { stdout, exitCode } = await execa(command, args, { cwd: place.app, reject: false });
  return { stdout, exitCode };
}
