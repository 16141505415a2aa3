import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createRunner, presets, type Runner } from '../../../src/index.js';
import { ownCgroups, stateOf, within } from './fault-pool.js';
import { WARM_LEVELS } from './levels.js';
import { childrenOf, findTree, openDescriptors, residentKb } from './processes.js';

const SIZE = 4;
const QUEUED = 10_000;
/** At each level, as `PUNGI_ENDURANCE_RUNS=100000 npx vitest run --project alone test/engines/warm/endurance.test.ts`. */
const ASKED = process.env['PUNGI_ENDURANCE_RUNS'];
const RUNS = Number(ASKED ?? 0);
const CHECKS = 6;
const MOST_MS = 240_000 + RUNS * 20;
/** Several requests of what a malloc takes from the kernel at once, and no more. */
const SLACK_KB = 2048;
const NODE_SLACK_MB = 10;
/** Node's threads open and close files of the test runner all along. */
const NODE_SLACK_DESCRIPTORS = 20;
/** For each queued run: its job, promises and result. */
const MOST_BYTES_PER_QUEUED = 20_000;

const reason =
  ASKED === undefined ? ' (skipped: PUNGI_ENDURANCE_RUNS asks for it; leaks.test.ts has a short one)' : '';
describe.skipIf(reason !== '').each(WARM_LEVELS)(`at level %s${reason}`, (level) => {
  const policy = { ...presets.agent, isolation: { exactly: level } } as const;

  test(
    `${RUNS} runs in a row: nothing grows`,
    async () => {
      // One tree for all: what it keeps would go with it.
      const runner = await createRunner({ policy, warm: { size: SIZE, zygoteMaxRuns: 1_000_000_000 } });
      try {
        // The first runs fill caches: compiled code of Node, lists of Python, one arena more.
        await runInARow(runner, Math.max(600, RUNS / 20));
        const first = await measure(runner);
        const later: Measures[] = [];
        for (let checks = 0; checks < CHECKS; checks += 1) {
          await runInARow(runner, RUNS / CHECKS);
          later.push(await measure(runner));
        }
        console.table([first, ...later].map(({ counts, memory }) => ({ ...counts, ...memory })));
        expect(later.map(({ counts }) => counts)).toEqual(later.map(() => first.counts));
        for (const { memory } of later) {
          expect(memory.supervisorKb - first.memory.supervisorKb).toBeLessThan(SLACK_KB);
          expect(memory.zygoteKb - first.memory.zygoteKb).toBeLessThan(SLACK_KB);
          expect(memory.nodeDescriptors - first.memory.nodeDescriptors).toBeLessThan(NODE_SLACK_DESCRIPTORS);
          expect(memory.heapMb - first.memory.heapMb).toBeLessThan(NODE_SLACK_MB);
        }
        expect(runner.info()).toMatchObject({ state: 'open', busy: 0, pending: 0, restarts: 0 });
      } finally {
        await runner.close();
      }
    },
    MOST_MS,
  );
});

describe.each(WARM_LEVELS.slice(0, 1))('at level %s', (level) => {
  test(
    `${QUEUED} runs queued at once: all are answered right, and each costs little while it waits`,
    async () => {
      const policy = { ...presets.agent, isolation: { exactly: level } } as const;
      const runner = await createRunner({ policy, warm: { size: SIZE } });
      try {
        await runInARow(runner, 600);
        const before = await measure(runner);
        const runs = Array.from({ length: QUEUED }, (_, index) =>
          runner.run('result = input_data * 3', index),
        );
        await delay(200);
        const during = heapMb();
        const { busy, pending } = runner.info();
        const supervisorKb = residentKb(findTree().supervisor);
        const results = await within(MOST_MS, Promise.all(runs));
        const wrong = results.filter((run, index) => run.status !== 'ok' || run.result !== index * 3);
        expect(wrong.map(({ status, error, result }) => [status, String(error), result])).toEqual([]);
        expect(pending).toBeGreaterThan(QUEUED / 2);
        expect(busy).toBeLessThanOrEqual(SIZE);
        expect((during - before.memory.heapMb) * 2 ** 20).toBeLessThan(QUEUED * MOST_BYTES_PER_QUEUED);
        expect(supervisorKb - before.memory.supervisorKb).toBeLessThan(SLACK_KB);
      } finally {
        await runner.close();
      }
    },
    MOST_MS + 60_000,
  );
});

interface Measures {
  readonly counts: {
    readonly supervisor: number;
    readonly workers: number;
    readonly descriptors: number;
    readonly processes: number;
    readonly cgroups: number;
    readonly files: number;
  };
  readonly memory: {
    readonly supervisorKb: number;
    readonly zygoteKb: number;
    readonly heapMb: number;
    readonly nodeDescriptors: number;
  };
}

/** What is in use, not what the collector has yet to find. */
function heapMb(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new TypeError('V8 gives no way to collect garbage.');
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** As many at once as the pool takes, so that none waits. */
async function runInARow(runner: Runner, count: number): Promise<void> {
  const lanes = Array.from({ length: SIZE }, async (_, lane) => {
    for (let index = lane; index < count; index += SIZE) {
      const code = 'open("f", "w").write("x"); print(input_data); result = input_data';
      const { status, result, stdout } = await runner.run(code, index);
      expect([status, result, stdout]).toEqual(['ok', index, `${index}\n`]);
    }
  });
  await Promise.all(lanes);
}

/** When the dust has settled: as many workers as there were at first, and all of them wait. */
async function measure(runner: Runner): Promise<Measures> {
  await expect
    .poll(() => [runner.info().idle, findTree().workers.length], { timeout: 10_000 })
    .toEqual([SIZE, SIZE]);
  // Workdirs of the last runs are still being removed.
  await delay(300);
  const { supervisor, zygote, workers } = findTree();
  return {
    counts: {
      supervisor,
      workers: workers.length,
      descriptors: openDescriptors(zygote) + openDescriptors(supervisor),
      processes: childrenOf(process.pid).filter((pid) => stateOf(pid) !== 'Z').length,
      cgroups: ownCgroups().length,
      files: readdirSync(tmpdir()).filter((name) => name.startsWith(`pungi-${process.pid}-`)).length,
    },
    memory: {
      supervisorKb: residentKb(supervisor),
      zygoteKb: residentKb(zygote),
      heapMb: heapMb(),
      nodeDescriptors: readdirSync('/proc/self/fd').length,
    },
  };
}
