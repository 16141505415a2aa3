import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { presets, type RunnerPolicy, type RunResult, runCode } from '../../src/index.js';
import { expectNothingLeft } from '../conformance/leftovers.js';
import { levelsHere } from '../conformance/levels.js';

const place = join(realpathSync(tmpdir()), 'policy-paths');
const inHome = join(realpathSync(homedir()), `.pungi-path-test-${process.pid}`);
const at = (name: string): string => join(place, name);

beforeEach(() => {
  for (const path of [place, inHome]) rmSync(path, { recursive: true, force: true });
  for (const name of ['in/deep', 'in-side', 'disk/data']) mkdirSync(at(name), { recursive: true });
  mkdirSync(inHome);
  for (const name of ['in/a.txt', 'in/deep/b.txt', 'in-side/c.txt', 'disk/data/d.txt', 'disk/secret.txt']) {
    writeFileSync(at(name), name);
    chmodSync(at(name), 0o666);
  }
  writeFileSync(join(inHome, 'h.txt'), 'home');
  symlinkSync('disk/data', at('link'));
  symlinkSync(at('link'), at('in/again'));
  // As root the worker is nobody.
  for (const name of ['', 'in', 'in/deep', 'in-side', 'disk', 'disk/data']) chmodSync(at(name), 0o777);
});
afterEach(() => {
  for (const path of [place, inHome]) rmSync(path, { recursive: true, force: true });
});

const here = (await levelsHere()).filter(({ level }) => level !== 'process');

describe.each(here)('at level $level', ({ level, skip }) => {
  expectNothingLeft();
  const held = test.skipIf(skip !== null);
  const go = async (code: string, policy: RunnerPolicy): Promise<RunResult> =>
    runCode(code, {}, { ...presets.agent, ...policy, isolation: { exactly: level } }, { oneshot: true });
  const read = (path: string): string => `result = open(${JSON.stringify(path)}).read()`;
  const write = (path: string): string => `result = open(${JSON.stringify(path)}, "w").write("new")`;
  /** Where no hook of the language layer looks. */
  const fromC = (path: string, flags: number): string =>
    `import ctypes\nresult = ctypes.CDLL(None).open(${JSON.stringify(path)}.encode(), ${flags}) >= 0`;

  held.each<[string, RunnerPolicy, string, string]>([
    ['a directory', { readablePaths: [at('in')] }, at('in/deep/b.txt'), 'in/deep/b.txt'],
    ['a relative path', { readablePaths: [relative(process.cwd(), at('in'))] }, at('in/a.txt'), 'in/a.txt'],
    ['a file alone', { readablePaths: [at('in/a.txt')] }, at('in/a.txt'), 'in/a.txt'],
    ['a slash at the end', { readablePaths: [`${at('in')}/`] }, at('in/a.txt'), 'in/a.txt'],
    ['a symlink, by its name', { readablePaths: [at('link')] }, at('link/d.txt'), 'disk/data/d.txt'],
    [
      'a symlink, by where it leads',
      { readablePaths: [at('link')] },
      at('disk/data/d.txt'),
      'disk/data/d.txt',
    ],
    ['a symlink to a symlink', { readablePaths: [at('in/again')] }, at('in/again/d.txt'), 'disk/data/d.txt'],
    [
      'one in the home',
      { readablePaths: [`~/${relative(homedir(), inHome)}`] },
      join(inHome, 'h.txt'),
      'home',
    ],
    [
      'one beneath another',
      { readablePaths: [at('in'), at('in/deep')] },
      at('in/deep/b.txt'),
      'in/deep/b.txt',
    ],
  ])('what is readable is read: %s', async (_title, policy, path, text) => {
    const result = await go(read(path), policy);
    expect([result.status, result.result]).toEqual(['ok', text]);
    expect((await go(fromC(path, 1), policy)).result).toBe(false);
  });

  held.each<[string, RunnerPolicy, string]>([
    ['a neighbour whose name begins the same', { readablePaths: [at('in')] }, at('in-side/c.txt')],
    ['what lies beside where a symlink leads', { readablePaths: [at('link')] }, at('disk/secret.txt')],
    ['.. out of it', { readablePaths: [at('in')] }, at('in/../disk/secret.txt')],
    ['a symlink that leads out', { readablePaths: [at('in')] }, at('in/again/d.txt')],
  ])('nothing else is read: %s', async (_title, policy, path) => {
    expect((await go(read(path), policy)).status).toBe('error');
    expect((await go(fromC(path, 0), policy)).result).toBe(false);
  });

  held.each<[string, RunnerPolicy, string, string]>([
    ['a directory', { writablePaths: [at('in')] }, at('in/new.txt'), at('in/new.txt')],
    ['a file alone', { writablePaths: [at('in/a.txt')] }, at('in/a.txt'), at('in/a.txt')],
    ['a symlink', { writablePaths: [at('link')] }, at('link/new.txt'), at('disk/data/new.txt')],
    [
      'in a readable one',
      { readablePaths: [place], writablePaths: [at('in/deep')] },
      at('in/deep/n'),
      at('in/deep/n'),
    ],
    ['readable as well', { readablePaths: [at('in')], writablePaths: [at('in')] }, at('in/n'), at('in/n')],
    [
      'with a readable one in it',
      { readablePaths: [at('in/deep')], writablePaths: [at('in')] },
      at('in/deep/n'),
      at('in/deep/n'),
    ],
  ])('what is writable is written: %s', async (_title, policy, path, real) => {
    const result = await go(write(path), policy);
    expect([result.status, result.result]).toEqual(['ok', 3]);
    expect(readFileSync(real, 'utf8')).toBe('new');
  });

  held.each<[string, RunnerPolicy, string]>([
    ['nothing', {}, '/etc/x'],
    ['another directory', { writablePaths: [at('in')] }, at('in-side/c.txt')],
    ['what may only be read', { readablePaths: [at('in')] }, at('in/a.txt')],
    ['around a writable place', { readablePaths: [place], writablePaths: [at('in/deep')] }, at('in/a.txt')],
    ['beside where a symlink leads', { writablePaths: [at('link')] }, at('disk/secret.txt')],
  ])('nothing else is written: %s', async (_title, policy, path) => {
    const before = existsSync(path) ? readFileSync(path, 'utf8') : null;
    const result = await go(write(path), policy);
    const own = level === 'full' && Object.keys(policy).length === 0 ? ['.', '/tmp'] : ['.'];
    const shown = [...own, ...(policy.writablePaths ?? [])].map((text) => `'${text}'`);
    const tuple = `(${shown.join(', ')}${shown.length === 1 ? ',' : ''})`;
    expect([result.status, result.error?.message]).toEqual([
      'blocked',
      `Writing '${path}' is not allowed; writable: ${tuple}`,
    ]);
    expect(result.denials[0]).toMatchObject({ layer: 'filesystem', target: path });
    expect((await go(fromC(path, 1), policy)).result).toBe(false);
    expect(existsSync(path) ? readFileSync(path, 'utf8') : null).toBe(before);
  });

  held('a path that is not there is refused, not forgotten', async () => {
    const asked = go('1', { writablePaths: [at('gone')] }).then(String);
    await expect(asked).rejects.toMatchObject({
      code: 'INVALID_POLICY',
      message: `writablePaths: '${at('gone')}' does not exist, or cannot be looked at.`,
    });
  });

  held('the own scratch directory is another one than that of the host', async () => {
    const result = await go(
      'import tempfile, pathlib\np = pathlib.Path(tempfile.gettempdir(), "mine-pungi")\np.write_text("x")',
      {},
    );
    expect([result.status, existsSync('/tmp/mine-pungi')]).toEqual(['ok', false]);
    const direct = await go(write('/tmp/mine-pungi'), {});
    expect([direct.status, existsSync('/tmp/mine-pungi')]).toEqual([
      level === 'full' ? 'ok' : 'blocked',
      false,
    ]);
  });
});
