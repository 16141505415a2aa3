import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probeHost } from '../../src/host/probe-host.js';
import { currentSurroundings } from '../../src/host/surroundings.js';
import { installedPythons } from './installed-pythons.js';

const harness = path.resolve('python-harness');
const pythons = installedPythons();
let scratch = '';

beforeAll(() => {
  scratch = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'pungi-test-host-'));
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe.each(pythons)('$file', ({ file, skip }) => {
  test.skipIf(skip !== null)(`is probed${skip === null ? '' : ` (skipped: ${skip})`}`, async () => {
    const facts = await probeHost({ path: file }, harness);
    const said = execFileSync(file, ['-I', '-c', 'import sys; print(sys.version_info[:3], sys.path)']);
    const [major, minor, micro] = facts.python.version;

    expect(facts.python.executable).toBe(realpathSync(file));
    expect(facts.python.requested).toBe(file);
    expect(facts.python.implementation).toBe('cpython');
    expect(said.toString()).toContain(`(${major}, ${minor}, ${micro})`);
    for (const entry of facts.python.sysPath) expect(said.toString()).toContain(`'${entry}'`);
    for (const entry of [facts.python.executable, ...facts.python.sysPath.filter(existsSync)]) {
      expect(facts.python.libraryPaths.some((root) => beneath(realpathSync(entry), root))).toBe(true);
    }
    for (const root of facts.python.libraryPaths) expect(realpathSync(root)).toBe(root);
  });
});

describe.skipIf(!existsSync('/usr/bin/python3'))('with /usr/bin/python3', () => {
  const surroundings = { ...currentSurroundings(), env: { PATH: '/usr/bin:/bin' } };

  test('it is found without a request, and requested is null', async () => {
    const facts = await probeHost('find', harness, surroundings);
    expect(facts.python.requested).toBe(null);
    expect(facts.python.executable).toBe(realpathSync('/usr/bin/python3'));
    expect(facts.python.readableByOthers).toBe(true);
  });

  test('of the shared prefix /usr only the Python parts are opened', async () => {
    const { python } = await probeHost({ path: '/usr/bin/python3' }, harness, surroundings);
    expect(python.libraryPaths).not.toContain('/usr');
    expect(python.libraryPaths).not.toContain('/usr/bin');
    expect(python.libraryPaths).toContain(python.executable);
  });

  test('system paths are real, exist, and hold the links that lead to them', async () => {
    const facts = await probeHost({ path: 'python3' }, harness, surroundings);
    const paths = [...facts.systemPaths, ...facts.commandPaths, ...facts.networkPaths];
    for (const file of paths) expect(realpathSync(file)).toBe(file);
    expect(paths).not.toContain('/etc/passwd');
    for (const { path: link, target } of facts.systemLinks) {
      expect(realpathSync(link)).toBe(realpathSync(path.resolve(path.dirname(link), target)));
    }
  });

  test.skipIf(!hasVenv('/usr/bin/python3'))(
    'a virtual environment by directory, by python and by symlink',
    async () => {
      const project = path.join(scratch, 'project');
      execFileSync('/usr/bin/python3', ['-m', 'venv', '--without-pip', project]);
      const link = path.join(scratch, 'link');
      symlinkSync('project', link);
      for (const request of [project, path.join(project, 'bin/python'), link]) {
        const { python, systemLinks } = await probeHost({ path: request }, harness, surroundings);
        const [major, minor] = python.version;
        const packages = `lib/python${major}.${minor}/site-packages`;
        expect(python.executable).toBe(realpathSync('/usr/bin/python3'));
        expect(realpathSync(python.prefix)).toBe(project);
        expect(python.basePrefix).toBe('/usr');
        expect(python.sysPath.map((entry) => (existsSync(entry) ? realpathSync(entry) : entry))).toContain(
          path.join(project, packages),
        );
        expect(python.libraryPaths).toContain(path.join(project, 'lib'));
        expect(python.libraryPaths).toContain(path.join(project, 'pyvenv.cfg'));
        expect(python.libraryPaths).not.toContain(project);
        if (request === link) expect(systemLinks).toContainEqual({ path: link, target: 'project' });
      }
    },
  );
});

const kernelTest = test.skipIf(process.platform !== 'linux' || !pythons.some(({ skip }) => skip === null));

kernelTest('every Python here says the same of this machine, and leaves no group behind', async () => {
  const usable = pythons.filter(({ skip }) => skip === null);
  const all = await Promise.all(usable.map(({ file }) => probeHost({ path: file }, harness)));
  const hosts = all.map(({ python, systemLinks, harness: _, ...host }) => host);
  for (const host of hosts) expect(host).toEqual(hosts[0]);
  const directories = all.flatMap(({ cgroup }) => Object.values(cgroup?.directories ?? {}));
  for (const directory of directories) {
    expect(execFileSync('ls', [directory]).toString()).not.toContain('pungi-probe');
  }
});

function beneath(file: string, root: string): boolean {
  return file === root || file.startsWith(`${root}/`);
}

function hasVenv(file: string): boolean {
  try {
    execFileSync(file, ['-c', 'import venv']);
    return true;
  } catch {
    return false;
  }
}
