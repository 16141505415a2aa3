import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleLibrary } from '../../bundle-library.js';
import { findCgroups } from '../../leftovers/find-cgroups.js';
import { WARM_LEVELS } from './levels.js';
import { childrenOf } from './processes.js';

const ROOT = join(import.meta.dirname, '../../..');

const PROGRAMS: Readonly<Record<string, string>> = {
  idle: `console.log((await runner.run('result = 1')).result);`,
  unawaited: `runner.run('import time; time.sleep(0.3); result = 2').then((run) => console.log(run.result));`,
  endless: `console.log('up'); await runner.run('while True: pass');`,
  session: `const session = await runner.session(); console.log((await session.run('result = 3')).result);`,
  endlessStep: `const session = await runner.session();
await session.run('import os, signal; signal.signal(signal.SIGINT, signal.SIG_IGN); signal.signal(signal.SIGTERM, signal.SIG_IGN)');
console.log('up'); await session.run('while True: pass');`,
};

/** A copy of the library that an ordinary Node can load. */
const place = { directory: '' };

beforeAll(async () => {
  place.directory = mkdtempSync(join(tmpdir(), 'exit-'));
  mkdirSync(join(place.directory, 'tmp'));
  await bundleLibrary(place.directory);
  for (const name of ['python-harness', 'node_modules'])
    symlinkSync(join(ROOT, name), join(place.directory, name));
  const head = `import { createRunner } from './dist/index.js';
const runner = await createRunner({ policy: { isolation: { exactly: process.argv[2] }, timeoutSeconds: 60 }, warm: { size: 2 } });\n`;
  for (const [name, program] of Object.entries(PROGRAMS)) {
    writeFileSync(join(place.directory, `${name}.mjs`), head + program);
  }
});

afterAll(() => rmSync(place.directory, { recursive: true, force: true }));

describe.each(WARM_LEVELS)('at level %s', (level) => {
  const start = (name: string) =>
    execa(process.execPath, [join(place.directory, `${name}.mjs`), level], {
      reject: false,
      timeout: 15_000,
      env: { TMPDIR: join(place.directory, 'tmp') },
    });

  async function expectNothingLeft(pid: number | undefined): Promise<void> {
    const left = (): unknown[] => [
      ...readdirSync(join(place.directory, 'tmp')).filter((name) => name.startsWith('pungi')),
      ...findCgroups().filter((path) => path.includes(`/pungi-${pid}-`)),
    ];
    await expect.poll(left, { timeout: 3000 }).toEqual([]);
  }

  test.each([
    ['idle', '1'],
    ['unawaited', '2'],
    ['session', '3'],
  ])('a program with an open pool ends by itself: %s', async (name, stdout) => {
    const child = start(name);
    const ended = await child;
    expect([ended.timedOut, ended.exitCode, ended.stdout, ended.stderr]).toEqual([false, 0, stdout, '']);
    await expectNothingLeft(child.pid);
  });

  test.each([
    ['pool', 'endless'],
    ['sessions', 'endlessStep'],
  ])('a program that is killed takes its %s along', async (_, name) => {
    const child = start(name);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    const supervisors = childrenOf(child.pid ?? 0);
    const tree = supervisors.flatMap((pid) => [
      pid,
      ...childrenOf(pid),
      ...childrenOf(pid).flatMap(childrenOf),
    ]);
    expect(tree.length).toBeGreaterThan(2);
    child.kill('SIGKILL');
    await child;
    await expect.poll(() => tree.filter(isAlive), { timeout: 1000 }).toEqual([]);
    await expectNothingLeft(child.pid);
  });
});

/** A zombie is dead: whether somebody reaps it is a matter of the machine's pid 1. */
function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    return false;
  }
}
