import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createRunner, presets, type Runner } from '../../../src/index.js';
import { findCgroups } from '../../leftovers/find-cgroups.js';
import { WARM_LEVELS } from './levels.js';
import { findTree, openDescriptors, residentKb } from './processes.js';

interface Measures {
  readonly supervisor: number;
  readonly zygote: number;
  readonly workers: number;
  readonly descriptors: number;
  readonly supervisorKb: number;
  readonly zygoteKb: number;
  readonly cgroups: number;
  readonly files: number;
}

const RUNS = 1500;
const BATCH = 500;

async function runMany(runner: Runner, count: number): Promise<void> {
  for (let done = 0; done < count; done += BATCH) {
    const runs = Array.from({ length: BATCH }, (_, index) =>
      runner.run('open("f", "w").write("x"); result = input_data', index),
    );
    const bad = (await Promise.all(runs)).filter((each) => each.status !== 'ok');
    expect(bad.map((each) => String(each.error))).toEqual([]);
  }
}

describe.each(WARM_LEVELS)('at level %s', (level) => {
  test(`${RUNS} runs leave nothing: descriptors, memory, processes, files, control groups`, async () => {
    const policy = { ...presets.agent, isolation: { exactly: level } } as const;
    const runner = await createRunner({ policy, warm: { size: 4 } });
    try {
      await runMany(runner, BATCH);
      const before = await measure(runner);
      await runMany(runner, RUNS);
      const after = await measure(runner);
      const { supervisorKb, zygoteKb, ...counts } = after;
      expect(before).toMatchObject(counts);
      expect(supervisorKb - before.supervisorKb).toBeLessThan(1500);
      expect(zygoteKb - before.zygoteKb).toBeLessThan(1500);
    } finally {
      await runner.close();
    }
  }, 120_000);
});

/** When the dust has settled: as many workers as there were at first, and all of them wait. */
async function measure(runner: Runner): Promise<Measures> {
  await expect
    .poll(() => [runner.info().idle, findTree().workers.length], { timeout: 10_000 })
    .toEqual([4, 4]);
  // Workdirs of the last runs are still being removed.
  await delay(500);
  const { supervisor, zygote, workers } = findTree();
  return {
    supervisor,
    zygote,
    workers: workers.length,
    descriptors: openDescriptors(zygote) + openDescriptors(supervisor),
    supervisorKb: residentKb(supervisor),
    zygoteKb: residentKb(zygote),
    cgroups: findCgroups().filter((path) => path.includes(`pungi-${process.pid}-`)).length,
    files: readdirSync(tmpdir()).length,
  };
}
