import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPython } from '../../src/host/find-python.js';
import { currentSurroundings } from '../../src/host/surroundings.js';
import { installedPythons } from './installed-pythons.js';

const harness = path.resolve('python-harness');
const scratch = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'pungi-test-real-'));
const venv = path.join(scratch, 'venv');
const usable = installedPythons().find(({ skip }) => skip === null)?.file;
const place = { site: '', library: '', configuration: '', executable: '' };

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe.skipIf(usable === undefined)('a real interpreter', () => {
  beforeAll(() => {
    execFileSync(usable ?? '', ['-m', 'venv', '--without-pip', '--symlinks', venv]);
    const code =
      'import os, sysconfig; print(sysconfig.get_paths()["purelib"]); print(os.path.dirname(os.__file__))';
    const answer = execFileSync(path.join(venv, 'bin/python'), ['-c', code]).toString();
    [place.site = '', place.library = ''] = answer.split('\n');
    place.configuration = readFileSync(path.join(venv, 'pyvenv.cfg'), 'latin1');
    place.executable = realpathSync(usable ?? '');
  });

  test.each([
    ['prints', 'print("hello <pungi-probe>{}")', null],
    ['prints at its end', 'import atexit; atexit.register(print, "bye")', null],
    ['fails', '1 / 0', null],
    ['puts nonsense on the path', 'import sys; sys.path += [3, None, b"/x", "relative"]', null],
    ['ends it', 'import os; os._exit(3)', 'does not start: exit code 3'],
    [
      'leaves it',
      'import sys; sys.exit(4)',
      'does not start: exit code 1: Fatal Python error: init_import_site: Failed to import the site module',
    ],
    ['ends it as if all were well', 'import os; os._exit(0)', 'starts but does not answer the probe'],
    ['aborts', 'import os; os.abort()', 'does not start: killed by SIGABRT'],
    ['prints without end', 'while True: print("x" * 100000)', 'prints more than 8 MiB at start-up'],
    ['hangs', 'import time; time.sleep(60)', 'hangs: no answer within 1 s'],
  ])('a .pth file in its environment that %s', async (name, code, refusal) => {
    const written = path.join(place.site, 'start.pth');
    writeFileSync(written, `import sys; exec(${JSON.stringify(code)})\n`);
    const found = await find(venv, name === 'hangs' ? 1000 : 30_000).finally(() => rmSync(written));
    if (refusal === null) expect(found).toMatchObject({ executable: place.executable, prefix: venv });
    else expect(found).toBe(refused(`${venv} (${venv}/bin/python)`, refusal));
    if (refusal === null) expect(JSON.stringify(found)).not.toContain('relative');
  });

  test.each([
    ['is of another place', (text: string) => text.replace(/^home = .*$/m, 'home = /nowhere/bin')],
    ['is empty', () => ''],
  ])('a pyvenv.cfg that %s is as Python takes it', async (_name, change) => {
    writeFileSync(path.join(venv, 'pyvenv.cfg'), change(place.configuration), 'latin1');
    const found = await find(venv).finally(() =>
      writeFileSync(path.join(venv, 'pyvenv.cfg'), place.configuration),
    );
    expect(found).toMatchObject({ implementation: 'cpython', executable: place.executable });
  });

  test('a standard library that is hollow', async () => {
    const file = copyInto('hollow');
    writeFileSync(path.join(libraryOf(file), 'os.py'), '');
    expect(await find(file)).toBe(
      refused(
        file,
        'does not start: exit code 1: Fatal Python error: init_fs_encoding: failed to get the Python codec of the filesystem encoding',
      ),
    );
  });

  test('a standard library without its compiled modules', async () => {
    const file = copyInto('pure');
    mkdirSync(path.join(libraryOf(file), 'lib-dynload'));
    for (const name of readdirSync(place.library).filter((one) => one !== 'lib-dynload'))
      symlinkSync(path.join(place.library, name), path.join(libraryOf(file), name));
    expect(await find(file)).toMatch(/: built without the modules _ctypes, /);
  });

  test.each([
    [
      'that needs a library which is not there',
      (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replaceAll('libc.so.6', 'libq.so.6'), 'latin1'),
      /: does not start: exit code 127: \S+: error while loading shared libraries: libq\.so\.6: /,
    ],
    [
      'that is cut short',
      (bytes: Buffer) => bytes.subarray(0, 4096),
      /: does not start: killed by (SIGSEGV|SIGBUS|SIGKILL)/,
    ],
    ['that is no program', () => Buffer.from('\x7fELF nonsense'), /: does not start: exit code 12[67]: /],
  ])('a binary %s', async (_name, change, refusal) => {
    const file = path.join(scratch, 'python-binary');
    writeFileSync(file, change(readFileSync(place.executable)), { mode: 0o755 });
    expect(await find(file)).toMatch(refusal);
  });
});

/** What was found, or the words of the refusal. */
async function find(requested: string, startTimeoutMs = 30_000): Promise<unknown> {
  const surroundings = { ...currentSurroundings(), startTimeoutMs };
  try {
    return (await findPython({ path: requested }, harness, scratch, surroundings)).python;
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

function refused(tried: string, reason: string): string {
  return `The pythonExecutable cannot be used. Tried ${tried}: ${reason}.`;
}

/** Python looks for its library beside its own binary first. */
function copyInto(name: string): string {
  const file = path.join(scratch, name, 'bin', 'python3');
  mkdirSync(path.dirname(file), { recursive: true });
  cpSync(place.executable, file);
  mkdirSync(libraryOf(file), { recursive: true });
  return file;
}

function libraryOf(file: string): string {
  return path.join(file, '../../lib', path.basename(place.library));
}
