import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCgroups } from '../leftovers/find-cgroups.js';

const ROOT = join(import.meta.dirname, '../..');
const LEVELS = ['full', 'kernel'] as const;
const PATIENCE_MS = 4000;

/** A copy of the library in a directory of its own, whose name marks every process that it starts. */
interface Copy {
  readonly directory: string;
  readonly temporary: string;
}

let copy: Copy = { directory: '', temporary: '' };

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'orphans-'));
  const temporary = join(directory, 'tmp');
  await execa('mkdir', ['-p', join(directory, 'dist'), temporary]);
  await execa(join(ROOT, 'node_modules/.bin/esbuild'), [
    join(ROOT, 'src/index.ts'),
    '--bundle',
    '--platform=node',
    '--format=esm',
    '--packages=external',
    '--log-level=error',
    `--outfile=${join(directory, 'dist/index.js')}`,
  ]);
  await execa('cp', ['-r', join(ROOT, 'python-harness'), directory]);
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  copyFileSync(join(ROOT, 'package.json'), join(directory, 'package.json'));
  copy = { directory, temporary };
});

afterAll(() => rmSync(copy.directory, { recursive: true, force: true }));

interface Living {
  readonly pid: number;
  readonly parent: number;
}

/** Processes with the copy's directory on their command line: supervisor, zygote, workers and all they fork. */
function living(): Living[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (!readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(`${copy.directory}/python-harness`))
          return [];
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }];
      } catch {
        return [];
      }
    });
}

async function untilNobodyLives(): Promise<Living[]> {
  const deadline = performance.now() + PATIENCE_MS;
  while (living().length > 0 && performance.now() < deadline) await delay(20);
  return living();
}

/** A daemon in each of the ways, then a loop that holds everything open. */
const CODE = `
import os, time, signal
for s in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT): signal.signal(s, signal.SIG_IGN)
try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0: time.sleep(60)
        os._exit(0)
    for _ in range(3):
        if os.fork() == 0: time.sleep(60)
except OSError: pass
print('started', flush=True)
if %s: time.sleep(60)
`;

function startNode(level: string, policy: object, staysOn: boolean): ReturnType<typeof startedNode> {
  return startedNode(level, policy, CODE.replace('%s', staysOn ? 'True' : 'False'));
}

function startedNode(level: string, policy: object, code: string) {
  const program = join(copy.directory, 'program.mjs');
  writeFileSync(
    program,
    `import { presets, runCode } from './dist/index.js';
const [level, policy, code] = JSON.parse(process.argv[2]);
const run = runCode(code, undefined, { ...presets.agent, isolation: { exactly: level }, timeoutSeconds: 20, ...policy },
  { onStdout: (text) => process.stdout.write(text) });
try { console.log('END ' + (await run).status); } catch (error) { console.log('END thrown ' + error.code); }`,
  );
  return execa(process.execPath, [program, JSON.stringify([level, policy, code])], {
    env: { TMPDIR: copy.temporary },
    reject: false,
    timeout: 30_000,
    all: true,
  });
}

async function untilStarted(): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (living().length < 3 && performance.now() < deadline) await delay(20);
  await delay(300);
}

function supervisorOf(node: number | undefined): number {
  return living().find(({ parent }) => parent === node)?.pid ?? 0;
}

describe.each(LEVELS)('at level %s', (level) => {
  test('a daemon does not outlive its run', async () => {
    const ended = await startNode(level, {}, false);
    expect(ended.stdout.split('\n').at(-1)).toBe('END ok');
    expect(await untilNobodyLives()).toEqual([]);
  });

  test.each(['node', 'supervisor', 'zygote'] as const)(
    'nothing lives on when the %s is killed',
    async (victim) => {
      const node = startNode(level, {}, true);
      await untilStarted();
      const supervisor = supervisorOf(node.pid);
      const zygote = living().find(({ parent }) => parent === supervisor)?.pid ?? 0;
      const pid = { node: node.pid ?? 0, supervisor, zygote }[victim];
      expect(pid).toBeGreaterThan(1);
      process.kill(pid, 'SIGKILL');
      const ended = await node;
      expect(await untilNobodyLives()).toEqual([]);
      if (victim !== 'node') expect(ended.stdout.split('\n').at(-1)).toBe('END crashed');
      await delay(200);
      // Others may test on this machine: both names begin with the pid of the Node that made them.
      const mark = `pungi-${node.pid}-`;
      expect(findCgroups().filter((path) => path.includes(mark))).toEqual([]);
      expect(readdirSync(copy.temporary).filter((name) => name.startsWith(mark))).toEqual([]);
    },
  );

  test('a daemon does not outlive its deadline', async () => {
    const ended = await startNode(level, { timeoutSeconds: 1 }, true);
    expect(ended.stdout.split('\n').at(-1)).toBe('END timeout');
    expect(await untilNobodyLives()).toEqual([]);
  });
});

test.each([
  ['its own end', false, 'END ok'],
  ['its deadline', true, 'END timeout'],
])('at level kernel with allowSubprocess no process outlives %s', async (_what, staysOn, last) => {
  const ended = await startNode('kernel', { allowSubprocess: true, timeoutSeconds: 1 }, staysOn);
  const left = await untilNobodyLives();
  for (const { pid } of left) process.kill(pid, 'SIGKILL');
  expect(left).toEqual([]);
  expect(ended.stdout.split('\n').at(-1)).toBe(last);
});
