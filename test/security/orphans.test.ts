import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { missingForSubprocess } from '../conformance/missing-for-subprocess.js';
import { wantedJails } from '../conformance/wanted-levels.js';
import { findCgroups } from '../leftovers/find-cgroups.js';
import { copyLibrary } from './library-copy.js';
import { type ProcessTracker, trackProcesses } from './process-tracker.js';

const LEVELS = wantedJails();
const PATIENCE_MS = 4000;

const PROGRAM = `import { presets, runCode } from './dist/index.js';
const [level, policy, code] = JSON.parse(process.argv[2]);
const onStdout = () => console.log('UP');
const run = runCode(code, undefined, { ...presets.agent, isolation: { exactly: level }, timeoutSeconds: 20, ...policy }, { onStdout });
try { console.log('END ' + (await run).status); } catch (error) { console.log('END thrown ' + error.code); }`;

const library = copyLibrary(PROGRAM);

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
print('up', flush=True)
time.sleep(SECONDS)
`;

interface Started {
  readonly node: number;
  readonly tracker: ProcessTracker;
  /** The code is at work, and has made what processes it may; or it ended before. */
  readonly up: Promise<void>;
  readonly lastLine: Promise<string | undefined>;
}

function start(level: string, policy: object, seconds: number): Started {
  const order = JSON.stringify([level, policy, CODE.replace('SECONDS', String(seconds))]);
  const child = execa(process.execPath, [library.program, order], {
    env: { TMPDIR: join(library.directory, 'tmp') },
    reject: false,
    timeout: 30_000,
  });
  const node = child.pid ?? 0;
  const tracker = trackProcesses(node);
  const lastLine = child.then(({ stdout }) => stdout.split('\n').at(-1));
  const up = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  return { node, tracker, up: Promise.race([up, lastLine.then(() => undefined)]), lastLine };
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
  const names = readdirSync(join(library.directory, 'tmp'));
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
      await started.up;
      await delay(50);
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
      await expect.poll(() => placesOf(started), { timeout: PATIENCE_MS }).toEqual([]);
    },
  );
});

describe.each(LEVELS)('when node and supervisor are killed at once at level %s', (level) => {
  test('processes end by themselves, and the next program removes what stays', async () => {
    const killed = start(level, {}, 60);
    const { tracker, node } = killed;
    await killed.up;
    await delay(50);
    const [supervisor = 0] = tracker.childrenOf(node).filter((pid) => tracker.survivors().includes(pid));
    expect(supervisor).toBeGreaterThan(1);
    // Stopped first, it cannot clean up between the two.
    process.kill(supervisor, 'SIGSTOP');
    process.kill(node, 'SIGKILL');
    process.kill(supervisor, 'SIGKILL');
    expect(await survivorsOf(killed)).toEqual([]);
    // At level full all is in namespaces, but for the control group of a machine that has one.
    if (level === 'kernel') expect(placesOf(killed)).not.toEqual([]);

    const next = start(level, {}, 0);
    expect(await next.lastLine).toBe('END ok');
    expect(await survivorsOf(next)).toEqual([]);
    expect(placesOf(next)).toEqual([]);
    expect(placesOf(killed)).toEqual([]);
  });
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
