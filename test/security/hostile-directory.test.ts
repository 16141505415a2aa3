import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { presets, runCode } from '../../src/index.js';
import { installedPythons } from '../host/installed-pythons.js';

// Node's current directory may be anybody's: a repository, the workspace of an agent, or what a run may write.
const directory = mkdtempSync(join(tmpdir(), 'hostile-'));
const before = process.cwd();
const MODULES = ['linecache', 'marshal', 'traceback', 'types', 'warnings', 'os', 'site', 'sitecustomize'];

beforeAll(() => {
  for (const name of MODULES) writeFileSync(join(directory, `${name}.py`), 'open(__file__ + ".ran", "w")\n');
  process.chdir(directory);
});
afterAll(() => {
  process.chdir(before);
  rmSync(directory, { recursive: true });
});

const PYTHONS = installedPythons().filter(({ skip }) => skip === null);

test.each(PYTHONS)(
  'no module of the current directory is loaded outside of the jail: $file',
  async ({ file }) => {
    for (const deterministic of [false, 7]) {
      const policy = { ...presets.agent, pythonExecutable: file, deterministic };
      const run = await runCode('import types, warnings\nresult = 1', {}, policy, { oneshot: true });
      expect(run.error).toBe(null);
      expect(readdirSync(directory).filter((name) => name.endsWith('.ran'))).toEqual([]);
    }
  },
);

test('the modules would be loaded by a Python that starts there', async () => {
  const { execa } = await import('execa');
  await execa(PYTHONS[0]?.file ?? 'python3', ['-S', '-c', 'import warnings, linecache']);
  expect(existsSync(join(directory, 'linecache.py.ran'))).toBe(true);
});
