import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installedPythons } from '../host/installed-pythons.js';
import type { Subject } from './subject.js';

/** Every CPython of this machine, and the ways to name one. */
export function testPythons({ run }: Subject): void {
  for (const { file, skip } of installedPythons()) {
    describe.skipIf(skip !== null)(`${file} (${skip ?? 'here'})`, () => {
      test('runs, fails, and tells where', async () => {
        const policy = { pythonExecutable: file };
        const good = await run(
          'import json, asyncio\nawait asyncio.sleep(0)\nresult = {"a": [1, 2.5]}',
          {},
          policy,
        );
        expect({ status: good.status, result: good.result }).toEqual({
          status: 'ok',
          result: { a: [1, 2.5] },
        });
        const bad = await run('def f():\n    return [][1]\nf()', {}, policy);
        expect({ error: String(bad.error), line: bad.error?.line }).toEqual({
          error: 'IndexError: list index out of range',
          line: 2,
        });
        const late = await run('print("a")\nwhile True: pass', {}, { ...policy, timeoutSeconds: 0.5 });
        expect({ status: late.status, stdout: late.stdout }).toEqual({ status: 'timeout', stdout: 'a\n' });
      });
    });
  }

  describe('a virtual environment', () => {
    const place = { directory: '' };
    beforeAll(() => {
      place.directory = mkdtempSync(join(tmpdir(), 'venv-'));
      execFileSync('python3', ['-m', 'venv', '--without-pip', place.directory]);
      const library = execFileSync(join(place.directory, 'bin/python'), [
        '-c',
        'import sysconfig; print(sysconfig.get_paths()["purelib"])',
      ]);
      const site = library.toString().trim();
      writeFileSync(join(site, 'only_here.py'), 'X = 7\n');
      // Start-up code of the environment runs when the host is probed, and never in a run.
      writeFileSync(join(site, 'sitecustomize.py'), 'print("customized")\n');
      writeFileSync(join(site, 'start.pth'), 'import sys; print("started"); sys.started = 1\n');
      writeFileSync(join(place.directory, 'shim'), `#!/bin/sh\nexec "${place.directory}/bin/python" "$@"\n`);
      chmodSync(join(place.directory, 'shim'), 0o755);
    });
    afterAll(() => rmSync(place.directory, { recursive: true }));

    test.each(['bin/python', 'bin/python3', '.', 'shim'])('named by its %s', async (name) => {
      const pythonExecutable = join(place.directory, name);
      const code =
        'import only_here, sys\nstarted = hasattr(sys, "started") or "sitecustomize" in sys.modules\n[only_here.X, sys.prefix, sys.prefix != sys.base_prefix, started]';
      const { result, error, stdout } = await run(code, {}, { pythonExecutable });
      expect(String(error)).toBe('null');
      expect([result, stdout]).toEqual([[7, place.directory, true, false], '']);
    });
  });
}
