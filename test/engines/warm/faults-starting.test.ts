import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunner, type IsolationLevel, presets, type Runner } from '../../../src/index.js';
import { isAlive, ownCgroups, summary, waitFor, withFaultPool, within } from './fault-pool.js';
import { WARM_LEVELS } from './levels.js';
import { type ModulePlace, makeModulePlace } from './module-place.js';
import { childrenOf, findTree, type Tree } from './processes.js';

const SETTLED_WITHIN_MS = 10_000;
const NO_CODE = 'No user code ran.';

interface Fault {
  readonly victim: string;
  readonly find: (level: IsolationLevel) => number | null;
  readonly code: string;
  readonly message: RegExp;
}

/** What the one who asked for the pool is told. */
const FAULTS: readonly Fault[] = [
  {
    victim: 'supervisor',
    find: () => partsOfTree().supervisor,
    code: 'START_FAILED',
    message: /^The supervisor ended before a worker was ready \(SIGKILL\)\.$/,
  },
  {
    victim: 'zygote',
    find: () => partsOfTree().zygote,
    code: 'SANDBOX_FAILED',
    message: new RegExp(`^The layer 'zygote' of the sandbox failed: the zygote ended.*\\. ${NO_CODE}$`),
  },
  {
    victim: 'worker',
    find: (level) => partsOfTree(level).worker,
    code: 'SANDBOX_FAILED',
    message: new RegExp(
      `^The layer 'worker' of the sandbox failed: a worker died before it was ready \\(wait status 9\\)\\. ${NO_CODE}$`,
    ),
  },
];

/** A worker gets no further than this, so that the pool cannot be ready before the fault has come. */
const HELD = `import os, time
zygote = os.getpid()
def hold():
    end = time.monotonic() + 20
    while time.monotonic() < end and os.getppid() in (0, zygote): time.sleep(0.01)
os.register_at_fork(after_in_child=hold)
`;

const places: ModulePlace[] = [];
beforeAll(async () => {
  places.push(await makeModulePlace('python3', { held: HELD }));
});
afterAll(() => {
  for (const place of places) place.remove();
});

const open = (level: IsolationLevel, preload: readonly string[] = []): Promise<Runner> =>
  createRunner({
    policy: { ...presets.agent, isolation: { exactly: level }, pythonExecutable: places[0]?.directory },
    warm: { size: 1, preload },
  });

describe.each(WARM_LEVELS)('at level %s', (level) => {
  // What is found out once for all about the host starts processes of its own.
  beforeAll(async () => {
    const runner = await open(level);
    await runner.close();
  });

  test.each(FAULTS)(
    'the $victim is killed while the pool starts: an error, and nothing left',
    async ({ find, code, message }) => {
      const opening = open(level, ['held']);
      const refused = opening.then(
        async (runner) => {
          await runner.close();
          return 'it started all the same';
        },
        (error: unknown) => error,
      );
      const seen: number[] = [];
      await waitFor(
        () => {
          const pid = find(level);
          if (pid !== null) seen.push(pid, ...Object.values(partsOfTree()).filter((part) => part !== null));
          return pid !== null;
        },
        () => 'it did not start',
      );
      const [victim] = seen;
      if (victim === undefined) throw new Error('There is nobody to kill.');
      process.kill(victim, 'SIGKILL');
      expect(await within(SETTLED_WITHIN_MS, refused)).toMatchObject({
        name: 'PungiError',
        code,
        message: expect.stringMatching(message),
      });
      await expect.poll(() => seen.filter(isAlive)).toEqual([]);
      await expect.poll(ownCgroups).toEqual([]);
      const runner = await open(level);
      expect(summary(await runner.run('result = 7'))).toEqual(['ok', null, 7]);
      await runner.close();
    },
  );

  test('an abort while there is no tree: the run never starts', async () => {
    await withFaultPool({ level, size: 1 }, async (pool) => {
      const { supervisor } = pool.tree();
      process.kill(supervisor, 'SIGKILL');
      await waitFor(
        () => pool.runner.info().state === 'starting',
        () => pool.runner.info().state,
      );
      const controller = new AbortController();
      const run = pool.runner.run('result = 7', {}, { signal: controller.signal });
      controller.abort();
      const ended = [
        'cancelled',
        'Cancelled: the run was ended by the abort signal of the caller',
        undefined,
      ];
      expect(summary(await within(SETTLED_WITHIN_MS, run))).toEqual(ended);
      await pool.expectWell();
    });
  });

  test.each(['drain', 'kill'] as const)('close by %s while there is no tree: it ends', async (how) => {
    await withFaultPool({ level, size: 1 }, async (pool) => {
      process.kill(pool.tree().supervisor, 'SIGKILL');
      await waitFor(
        () => pool.runner.info().state === 'starting',
        () => pool.runner.info().state,
      );
      const waiting = pool.runner.run('result = 7').then(
        (run) => run.result,
        (error: unknown) => error,
      );
      await within(SETTLED_WITHIN_MS, pool.runner.close(how));
      const expected = how === 'drain' ? 7 : expect.objectContaining({ code: 'RUNNER_CLOSED' });
      expect(await within(SETTLED_WITHIN_MS, waiting)).toEqual(expected);
      expect(pool.runner.info()).toMatchObject({ state: 'closed', idle: 0, busy: 0, pending: 0 });
      // Whatever was about to start has been told.
      await delay(100);
    });
  });
});

interface Parts {
  readonly supervisor: number | null;
  readonly zygote: number | null;
  readonly worker: number | null;
}

/** As far as the tree has come. At level full the zygote is the second process of that name. */
function partsOfTree(level: IsolationLevel = 'kernel'): Parts {
  const found = treeOrNull();
  if (found === null) return { supervisor: onlySupervisor(), zygote: null, worker: null };
  const isSettled = level === 'kernel' || namespacesOf(found.zygote) > 1;
  const { supervisor, zygote, workers } = found;
  return { supervisor, zygote, worker: isSettled ? (workers[0] ?? null) : null };
}

function treeOrNull(): Tree | null {
  try {
    return findTree();
  } catch {
    return null;
  }
}

function onlySupervisor(): number | null {
  const [pid] = childrenOf(process.pid).filter((each) => readText(each, 'cmdline').includes('pungi_harness'));
  return pid ?? null;
}

/** How many pid namespaces number this process. */
function namespacesOf(pid: number): number {
  return /^NSpid:(.*)$/m.exec(readText(pid, 'status'))?.[1]?.trim().split(/\s+/).length ?? 0;
}

function readText(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
