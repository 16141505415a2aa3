import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunner, presets } from '../../../src/index.js';
import { summary, within } from './fault-pool.js';
import { WARM_LEVELS } from './levels.js';
import { type ModulePlace, makeModulePlace } from './module-place.js';

const SETTLED_WITHIN_MS = 20_000;
/** The zygote comes late to say whom it has forked, as on a machine with too much to do. */
const SLOW_FORK = `import os, time
os.register_at_fork(after_in_parent=lambda: time.sleep(0.3))
`;

const places: ModulePlace[] = [];
beforeAll(async () => {
  places.push(await makeModulePlace('python3', { slow_fork: SLOW_FORK }));
});
afterAll(() => {
  for (const place of places) place.remove();
});

describe.each(WARM_LEVELS)('at level %s', (level) => {
  // Runs of more than 50 ms are told to Node by the number of their process.
  test.each([
    ['ended by themselves', 'import time; time.sleep(0.12); result = input_data', ['ok', null]],
    [
      'ended at their deadline',
      'while True: pass',
      ['timeout', 'Timeout: the run was ended after 0.15 s (timeoutSeconds)'],
    ],
  ])('runs in workers whose birth is told late, %s', async (_, code, ending) => {
    const policy = {
      ...presets.agent,
      isolation: { exactly: level },
      pythonExecutable: places[0]?.directory,
      timeoutSeconds: ending[0] === 'ok' ? 5 : 0.15,
    } as const;
    const runner = await createRunner({ policy, warm: { size: 1, preload: ['slow_fork'] } });
    try {
      const runs = Array.from({ length: 4 }, (_, index) => runner.run(code, index));
      const results = await within(SETTLED_WITHIN_MS, Promise.all(runs));
      const expected = results.map((_, index) => [...ending, ending[0] === 'ok' ? index : undefined]);
      expect(results.map(summary)).toEqual(expected);
      expect(results.filter(({ usage }) => usage.cpuMs > 400)).toEqual([]);
      expect(runner.info()).toMatchObject({ state: 'open', restarts: 0 });
    } finally {
      await runner.close();
    }
  });
});
