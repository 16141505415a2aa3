import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingForSubprocess } from '../conformance/missing-for-subprocess.js';
import { findCgroups } from '../leftovers/find-cgroups.js';
import { type ProcessTracker, trackProcesses } from './process-tracker.js';

const ROOT = join(import.meta.dirname, '../..');
const LEVELS = ['full', 'kernel'] as const;
const PATIENCE_MS = 4000;

/** A copy of the library that an ordinary Node can load, so that this Node may be killed. */
const copies: string[] = [];

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'orphans-'));
  copies.push(directory);
  mkdirSync(join(directory, 'tmp'));
  await execa(join(ROOT, 'node_modules/.bin/esbuild'), [
    join(ROOT, 'src/index.ts'),
    '--bundle',
    '--platform=node',
    '--format=esm',
    '--packages=external',
    '--log-level=error',
    `--outfile=${join(directory, 'dist/index.js')}`,
  ]);
  cpSync(join(ROOT, 'python-harness'), join(directory, 'python-harness'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  copyFileSync(join(ROOT, 'package.json'), join(directory, 'package.json'));
  writeFileSync(join(directory, 'program.mjs'), PROGRAM);
});

afterAll(() => {
  for (const directory of copies) rmSync(directory, { recursive: true, force: true });
});

const PROGRAM = `import { presets, runCode } from './dist/index.js';
const [level, policy, code] = JSON.parse(process.argv[2]);
const run = runCode(code, undefined, { ...presets.agent, isolation: { exactly: level }, timeoutSeconds: 20, ...policy });
try { console.log('END ' + (await run).status); } catch (error) { console.log('END thrown ' + error.code); }`;

/** Daemons in several ways, signals ignored; it lasts long enough to be seen, or for ever. */
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
time.sleep(SECONDS)
`;

interface Started {
  readonly node: number;
  readonly tracker: ProcessTracker;
  readonly lastLine: Promise<string | undefined>;
}

function start(level: string, policy: object, seconds: number): Started {
  const directory = copies[0] ?? '';
  const order = JSON.stringify([level, policy, CODE.replace('SECONDS', String(seconds))]);
  const child = execa(process.execPath, [join(directory, 'program.mjs'), order], {
    env: { TMPDIR: join(directory, 'tmp') },
    reject: false,
    timeout: 30_000,
  });
  const node = child.pid ?? 0;
  const tracker = trackProcesses(node);
  const lastLine = child.then(({ stdout }) => stdout.split('\n').at(-1));
  return { node, tracker, lastLine };
}

/** Survivors are ended here, so that a failure leaves nothing to the tests behind it. */
async function survivorsOf({ tracker }: Started): Promise<number[]> {
  const deadline = performance.now() + PATIENCE_MS;
  while (tracker.survivors().length > 0 && performance.now() < deadline) await delay(20);
  tracker.stop();
  const left = tracker.survivors();
  for (const pid of left) process.kill(pid, 'SIGKILL');
  return left;
}

/** Both names begin with the pid of the Node that made them: others may test on this machine. */
function placesOf({ node }: Started): string[] {
  const names = readdirSync(join(copies[0] ?? '', 'tmp'));
  return [...findCgroups(), ...names].filter((name) => name.includes(`pungi-${node}-`));
}

/** Supervisor, zygote, worker and, where it may fork, its daemons: fewer seen means that nothing was tested. */
const LEAST_SEEN = { full: 7, kernel: 3, 'kernel with allowSubprocess': 7 };

describe.each(LEVELS)('at level %s', (level) => {
  test.each([
    ['its own end', {}, 0.5, 'END ok'],
    ['its deadline', { timeoutSeconds: 1 }, 60, 'END timeout'],
  ])('no process outlives %s', async (_what, policy, seconds, last) => {
    const started = start(level, policy, seconds);
    expect(await started.lastLine).toBe(last);
    expect(await survivorsOf(started)).toEqual([]);
    expect(started.tracker.seen.size).toBeGreaterThanOrEqual(LEAST_SEEN[level]);
    expect(placesOf(started)).toEqual([]);
  });

  test.each(['node', 'supervisor', 'zygote'] as const)(
    'nothing stays when the %s is killed',
    async (victim) => {
      const started = start(level, {}, 60);
      const { tracker, node } = started;
      const deadline = performance.now() + 10_000;
      while (tracker.seen.size < LEAST_SEEN[level] && performance.now() < deadline) await delay(20);
      await delay(300);
      const living = new Set(tracker.survivors());
      const child = (parent: number): number =>
        tracker.childrenOf(parent).find((pid) => living.has(pid)) ?? 0;
      const supervisor = child(node);
      // At level full the zygote is a grandchild that its own parent left to the supervisor.
      const zygote = [...living].filter((pid) => pid !== supervisor).sort((a, b) => a - b)[0] ?? 0;
      const pid = { node, supervisor, zygote }[victim];
      expect(pid).toBeGreaterThan(1);
      process.kill(pid, 'SIGKILL');
      if (victim !== 'node') expect(await started.lastLine).toBe('END crashed');
      expect(await survivorsOf(started)).toEqual([]);
      await delay(300);
      expect(placesOf(started)).toEqual([]);
    },
  );
});

const missing = await missingForSubprocess();

describe.skipIf(missing !== null)(
  `at level kernel with allowSubprocess${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    test.each([
      ['its own end', {}, 0.5, 'END ok'],
      ['its deadline', { timeoutSeconds: 1 }, 60, 'END timeout'],
    ])('no process outlives %s', async (_what, policy, seconds, last) => {
      const started = start('kernel', { allowSubprocess: true, ...policy }, seconds);
      const said = await started.lastLine;
      expect(await survivorsOf(started)).toEqual([]);
      expect(started.tracker.seen.size).toBeGreaterThanOrEqual(LEAST_SEEN['kernel with allowSubprocess']);
      expect(said).toBe(last);
    });
  },
);
