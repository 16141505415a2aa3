import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PungiError } from '../../src/errors/pungi-error.js';
import { findPython } from '../../src/host/find-python.js';
import { currentSurroundings, type Surroundings } from '../../src/host/surroundings.js';
import { installedPythons } from './installed-pythons.js';

const harness = path.resolve('python-harness');
const pythons = installedPythons();
const usable = pythons.find(({ skip }) => skip === null)?.file;
const scratch = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'pungi-test-find-'));

const PYPY_ANSWER = JSON.stringify({
  python: {
    executable: '/opt/pypy3',
    implementation: 'pypy',
    version: [3, 10, 14],
    prefix: '/opt',
    basePrefix: '/opt',
    standardLibrary: '/opt/lib',
    sysPath: [],
    libpython: null,
    missingModules: [],
  },
  host: null,
  harness: null,
});

beforeAll(() => {
  fake('exits', 'echo "" >&2; echo "cannot find libpython" >&2; echo more >&2; exit 3');
  fake('silent', 'exit 0');
  fake('talks', 'echo "Welcome to the shell"');
  fake('killed', 'kill -SEGV $$');
  fake('hangs', 'sleep 30 & sleep 30');
  fake('pypy', `echo '<pungi-probe>${PYPY_ANSWER}</pungi-probe>'`);
  fake('stripped', `echo '<pungi-probe>${stripped()}</pungi-probe>'`);
  fake('forged', `echo '<pungi-probe>{"python": 1}</pungi-probe>'`);
  fake('old', `case "$1" in -I) echo "Unknown option: -I" >&2; exit 2;; *) printf 'version=2.7.18;';; esac`);
  writeFileSync(path.join(scratch, 'plain'), 'text');
  mkdirSync(path.join(scratch, 'directory'));
  symlinkSync('nowhere', path.join(scratch, 'dangling'));
  writeFileSync(path.join(scratch, 'no-interpreter'), '#!/nonexistent/python\n', { mode: 0o755 });
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe('a request that cannot be used', () => {
  test.each([
    ['missing', 'not found'],
    ['dangling', 'not found'],
    ['plain/python', 'not found'],
    ['plain', 'not executable'],
    ['directory', 'a directory without an executable bin/python'],
    ['no-interpreter', 'does not start: ENOENT'],
    ['exits', 'does not start: exit code 3: cannot find libpython'],
    ['silent', 'starts but does not answer the probe'],
    ['talks', 'starts but does not answer the probe: Welcome to the shell'],
    ['forged', 'starts but does not answer the probe: <pungi-probe>{"python": 1}</pungi-probe>'],
    ['killed', 'does not start: killed by SIGSEGV'],
    ['pypy', 'not CPython but pypy 3.10.14'],
    ['stripped', 'built without the modules _ctypes'],
    ['old', 'too old: Python 2.7.18, 3.9 or later is needed'],
  ])('%s: %s', async (name, reason) => {
    const file = path.join(scratch, name);
    const error = await refusalOf({ path: file });
    expect(error.code).toBe('PYTHON_NOT_FOUND');
    expect(error.message).toBe(`The pythonExecutable cannot be used. Tried ${file}: ${reason}.`);
    expect(error.details).toEqual({ requested: file, tried: [{ tried: file, reason }] });
  });

  test('a Python that hangs is ended with its children', async () => {
    const file = path.join(scratch, 'hangs');
    const before = Date.now();
    const error = await refusalOf({ path: file }, { startTimeoutMs: 300 });
    expect(error.message).toBe(
      `The pythonExecutable cannot be used. Tried ${file}: hangs: no answer within 0.3 s.`,
    );
    expect(Date.now() - before).toBeLessThan(5000);
  });

  test('a name that is nowhere', async () => {
    const error = await refusalOf({ path: 'python9' }, { env: { PATH: '/usr/bin' } });
    expect(error.message).toBe(
      'The pythonExecutable cannot be used. Tried python9: not found on PATH or in the working directory.',
    );
  });

  test('a directory of a name that is found: what was started is named too', async () => {
    const error = await refusalOf({ path: 'exits' }, { env: { PATH: scratch } });
    expect(error.message).toBe(
      `The pythonExecutable cannot be used. Tried exits (${scratch}/exits): ` +
        'does not start: exit code 3: cannot find libpython.',
    );
  });

  const old = pythons.filter(({ skip }) => skip !== null);
  test.skipIf(old.length === 0).each(old)('$file is refused for its age', async ({ file }) => {
    const error = await refusalOf({ path: file });
    expect(error.message).toMatch(
      /^The pythonExecutable cannot be used\. Tried \S+: too old: Python [23]\.\d+\.\d+, 3\.9 or later is needed\.$/,
    );
  });
});

describe.skipIf(usable === undefined)('an interpreter that can be used', () => {
  test.each([
    ['a shim', (real: string) => `exec '${real}' "$@"`],
    ['one that prints at start-up', (real: string) => `printf 'hello <pungi-probe>'; exec '${real}' "$@"`],
    ['one that prints at its end', (real: string) => `'${real}' "$@"; echo '</bye>'`],
  ])('%s leads to the real interpreter', async (name, script) => {
    const file = fake(name.replaceAll(' ', '-'), script(usable ?? ''));
    const found = await findPython({ path: file }, harness, scratch, surroundings());
    expect(found.python.executable).toBe(realpathSync(usable ?? ''));
  });

  test.each([
    ['home', '~/python', { homeDirectory: scratch }],
    ['the working directory', './python', { workingDirectory: scratch }],
    ['a directory named without a slash', 'venv', { workingDirectory: scratch, env: { PATH: '/nowhere' } }],
    ['PATH', 'python', { env: { PATH: `relative:${scratch}` } }],
  ])('a path from %s', async (_name, request, changes) => {
    fake('python', `exec '${usable}' "$@"`);
    mkdirSync(path.join(scratch, 'venv/bin'), { recursive: true });
    fake('venv/bin/python3', `exec '${usable}' "$@"`);
    const found = await findPython({ path: request }, harness, scratch, surroundings(changes));
    expect(found.python.executable).toBe(realpathSync(usable ?? ''));
  });

  test('variables that the supervisor will not have are not given to the probe', async () => {
    const script = `test -z "$PYTHONHOME$LD_PRELOAD" || exit 9; test "$PYENV_VERSION" = 3 || exit 8; exec '${usable}' "$@"`;
    const file = fake('environment', script);
    const env = { PATH: '/usr/bin:/bin', PYTHONHOME: '/x', LD_PRELOAD: '/y', PYENV_VERSION: '3' };
    const found = await findPython({ path: file }, harness, scratch, surroundings({ env }));
    expect(found.python.implementation).toBe('cpython');
  });
});

test('without a request each name is tried in order, then the usual places, and all of it is told', async () => {
  const bin = path.join(scratch, 'bin');
  mkdirSync(bin, { recursive: true });
  fake('bin/python3', 'exit 4');
  fake('bin/python3.11', 'exit 5');
  const usualPlaces = ['/nowhere/bin/python3', `${bin}/also-missing`];
  const finding = findPython('find', harness, scratch, surroundings({ env: { PATH: bin }, usualPlaces }));
  await expect(finding).rejects.toThrow(
    `No usable CPython 3.9 or later was found. Tried:
  python3 (${bin}/python3): does not start: exit code 4
  python3.14, python3.13, python3.12, python3.10, python3.9, python: not found on PATH
  python3.11 (${bin}/python3.11): does not start: exit code 5
  /nowhere/bin/python3, ${bin}/also-missing: not found`,
  );
});

test.skipIf(usable === undefined)(
  'without a request a usual place is taken where PATH has nothing',
  async () => {
    const places = { env: { PATH: '/nowhere' }, usualPlaces: ['/nowhere/bin/python3', usable ?? ''] };
    const found = await findPython('find', harness, scratch, surroundings(places));
    expect(found.python.executable).toBe(realpathSync(usable ?? ''));
  },
);

function surroundings(changes: Partial<Surroundings> = {}): Surroundings {
  return { ...currentSurroundings(), ...changes };
}

async function refusalOf(
  request: { path: string },
  changes: Partial<Surroundings> = {},
): Promise<PungiError> {
  const error: unknown = await findPython(request, harness, scratch, surroundings(changes)).catch(
    (caught: unknown) => caught,
  );
  if (error instanceof PungiError) return error;
  throw new Error(`expected a PungiError, got ${String(error)}`);
}

function fake(name: string, script: string): string {
  const file = path.join(scratch, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

function stripped(): string {
  return PYPY_ANSWER.replace('"pypy"', '"cpython"').replace(
    '"missingModules":[]',
    '"missingModules":["_ctypes"]',
  );
}
