import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { findCgroups } from '../../leftovers/find-cgroups.js';
import { copyLibrary } from '../../security/library-copy.js';
import { isAlive, stateOf, waitFor } from './fault-pool.js';
import { WARM_LEVELS } from './levels.js';
import { childrenOf } from './processes.js';

const SLEEP = "import time\nprint('up', flush=True)\ntime.sleep(60)";
/** What it runs is at work when it prints; a thread of its own ends by an order that it is sent. */
const PROGRAM = `import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { createRunner, runCode } from './dist/index.js';
const [level, kind] = isMainThread ? process.argv.slice(2) : workerData;
const policy = { isolation: { exactly: level }, timeoutSeconds: 60 };
const options = { onStdout: () => console.log('UP') };
if (kind === 'thread' && isMainThread) {
  const thread = new Worker(new URL(import.meta.url), { workerData: [level, kind] });
  process.stdin.once('data', () => void thread.terminate());
  setInterval(() => undefined, 1000);
} else if (kind === 'oneshot') {
  await runCode(${JSON.stringify(SLEEP)}, {}, policy, { ...options, oneshot: true });
} else {
  const runner = await createRunner({ policy, warm: { size: 1 } });
  await runner.run(${JSON.stringify(SLEEP)}, {}, options);
}`;

const library = copyLibrary(PROGRAM);
const MOST_MS = 1000;

interface Row {
  readonly kind: 'pool' | 'oneshot' | 'thread';
  readonly stopped: readonly ('supervisor' | 'zygote' | 'worker')[];
}

const ROWS: readonly Row[] = [
  { kind: 'pool', stopped: ['supervisor'] },
  { kind: 'pool', stopped: ['zygote'] },
  { kind: 'pool', stopped: ['worker'] },
  { kind: 'pool', stopped: ['supervisor', 'zygote', 'worker'] },
  { kind: 'oneshot', stopped: ['supervisor', 'zygote', 'worker'] },
  { kind: 'thread', stopped: ['supervisor', 'zygote', 'worker'] },
];

describe.each(WARM_LEVELS)('at level %s no process outlives its Node although it was stopped', (level) => {
  test.each(ROWS)('$kind: $stopped', async ({ kind, stopped }) => {
    const node = execa(process.execPath, [library.program, level, kind], {
      env: { TMPDIR: join(library.directory, 'tmp') },
      reject: false,
      timeout: 30_000,
    });
    const root = node.pid ?? 0;
    await new Promise((resolve) => node.stdout.once('data', resolve));
    const [supervisor = 0] = childrenOf(root).concat(threadsChildren(root));
    const [zygote = 0] = childrenOf(supervisor);
    const workers = childrenOf(zygote);
    const victims = { supervisor: [supervisor], zygote: [zygote], worker: workers };
    const tree = [supervisor, zygote, ...workers];
    expect([Math.min(...tree) > 1, workers.length > 0]).toEqual([true, true]);
    try {
      const pids = stopped.flatMap((name) => victims[name]);
      for (const pid of pids) process.kill(pid, 'SIGSTOP');
      await waitFor(() => pids.every((pid) => stateOf(pid) === 'T'), String);
      if (kind === 'thread') node.stdin.write('end');
      else node.kill('SIGKILL');
      await expect.poll(() => tree.filter(isAlive), { timeout: MOST_MS, interval: 20 }).toEqual([]);
      await expect.poll(() => placesOf(root), { timeout: MOST_MS, interval: 20 }).toEqual([]);
    } finally {
      node.kill('SIGKILL');
      // So that a failure leaves nothing to the tests behind it.
      for (const pid of tree.filter(isAlive)) process.kill(pid, 'SIGKILL');
    }
  });
});

/** Of the threads of a process but its first: each is the parent of what it started. */
function threadsChildren(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`)
    .filter((thread) => thread !== String(pid))
    .flatMap((thread) => childrenOf(Number(thread)));
}

function placesOf(pid: number): string[] {
  const names = readdirSync(join(library.directory, 'tmp'));
  return [...findCgroups(), ...names].filter((name) => name.includes(`pungi-${pid}-`));
}
