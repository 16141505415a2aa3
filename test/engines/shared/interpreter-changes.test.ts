import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { closeSharedPools, type RunnerPolicy, runCode } from '../../../src/index.js';
import { expectNothingLeft } from '../../conformance/leftovers.js';
import { installedPythons } from '../../host/installed-pythons.js';

expectNothingLeft();

const place = { directory: '' };
const venv = (): string => join(place.directory, 'venv');

beforeAll(() => {
  place.directory = mkdtempSync(join(tmpdir(), 'changes-'));
});
afterAll(async () => {
  await closeSharedPools();
  rmSync(place.directory, { recursive: true });
});

const usable = installedPythons().filter(({ skip }) => skip === null);
const [first] = usable;
const last = usable.at(-1);

describe.skipIf(first === undefined)('a virtual environment', () => {
  const make = (python: string | undefined): void => {
    if (python === undefined) throw new Error('There is no Python to make a virtual environment of.');
    rmSync(venv(), { recursive: true, force: true });
    execFileSync(python, ['-m', 'venv', '--without-pip', venv()]);
  };
  const ask = async (code: string, options?: { readonly oneshot: boolean }): Promise<unknown> => {
    const policy: RunnerPolicy = { pythonExecutable: venv(), blockedImports: [] };
    const { result, error } = await runCode(code, {}, policy, options);
    return error === null ? result : String(error);
  };
  const version = (python: string | undefined): string =>
    execFileSync(python ?? '', ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'], {
      encoding: 'utf8',
    }).trim();
  const VERSION = 'import sys\nresult = "%d.%d.%d" % sys.version_info[:3]';

  test.skipIf(first?.file === last?.file)(
    'made again with another Python: the next run has that one',
    async () => {
      make(first?.file);
      expect([await ask(VERSION), await ask(VERSION)]).toEqual([version(first?.file), version(first?.file)]);
      make(last?.file);
      expect([await ask(VERSION), await ask(VERSION)]).toEqual([version(last?.file), version(last?.file)]);
      expect(await ask(VERSION, { oneshot: true })).toBe(version(last?.file));
    },
  );

  const packagesOf = (): string => {
    const code = 'import sysconfig; print(sysconfig.get_paths()["purelib"])';
    return execFileSync(join(venv(), 'bin/python'), ['-c', code]).toString('utf8').trim();
  };

  test('a package installed while the interpreter is asked for its facts is there', async () => {
    make(first?.file);
    const packages = packagesOf();
    const [isAsked, mayGoOn] = [join(place.directory, 'is-asked'), join(place.directory, 'may-go-on')];
    // It holds the interpreter up when that has answered.
    const code = `import os, time\nopen(${JSON.stringify(isAsked)}, "w").close()\nwhile not os.path.exists(${JSON.stringify(mayGoOn)}): time.sleep(0.01)`;
    writeFileSync(
      join(packages, 'slow.pth'),
      `import atexit; atexit.register(exec, ${JSON.stringify(code)}, {})\n`,
    );
    const asking = ask('import late\nresult = late.X');
    await vi.waitFor(() => expect(existsSync(isAsked)).toBe(true), 10_000);
    const project = join(place.directory, 'late-project');
    mkdirSync(project);
    writeFileSync(join(project, 'late.py'), 'X = 8\n');
    writeFileSync(join(packages, 'project.pth'), `${project}\n`);
    writeFileSync(mayGoOn, '');
    expect(await asking).toBe(8);
  });

  test('a package installed between two runs is there', async () => {
    make(first?.file);
    const packages = packagesOf();
    const code = 'import fresh\nresult = fresh.X';
    expect(await ask(code)).toBe("ModuleNotFoundError: No module named 'fresh'");
    const project = join(place.directory, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'fresh.py'), 'X = 7\n');
    writeFileSync(join(packages, 'project.pth'), `${project}\n`);
    expect([await ask(code), await ask(code)]).toEqual([7, 7]);
  });

  test('removed: the next run says that there is none', async () => {
    make(first?.file);
    expect(await ask('1')).toBe(1);
    rmSync(venv(), { recursive: true });
    await expect(ask('1')).rejects.toMatchObject({
      code: 'PYTHON_NOT_FOUND',
      message: `The pythonExecutable cannot be used. Tried ${venv()}: not found.`,
    });
  });
});
