import { describe, expect, test } from 'vitest';
import { isAlive, summary, waitFor, withFaultPool, within } from './fault-pool.js';
import {
  ANSWERED,
  CRASHED,
  NAMES,
  SETTLED_WITHIN_MS,
  type Signal,
  TIMEOUT,
  type Victim,
} from './fault-signals.js';
import { WARM_LEVELS } from './levels.js';

const LARGE = 'open("f", "wb").write(bytes(150_000_000)); result = 7';

describe.each(WARM_LEVELS)('at level %s', (level) => {
  describe('answering', () => {
    test.each<[Signal, Victim, readonly unknown[]]>([
      ['SIGKILL', 'supervisor', CRASHED],
      ['SIGKILL', 'zygote', CRASHED],
      ['SIGSTOP', 'supervisor', TIMEOUT],
      // Whether it could still say that the worker is dead.
      ['SIGSTOP', 'zygote', TIMEOUT],
    ])(
      NAMES,
      async (signal, victim, ending) => {
        const policy = { diskLimitMb: 200, maxFileKb: 200 * 1024, timeoutSeconds: 3 };
        await withFaultPool({ level, size: 1, policy }, async (pool) => {
          const { supervisor, zygote, workers } = pool.tree();
          const run = pool.runner.run(LARGE);
          // Its files are read when it is dead.
          await waitFor(
            () => !workers.some(isAlive),
            () => 'the worker lives',
          );
          process.kill(victim === 'zygote' ? zygote : supervisor, signal);
          const late = ['timeout', 'Timeout: the run was ended after 3 s (timeoutSeconds)', undefined];
          const expected = ending === TIMEOUT ? late : ending;
          // The last byte may have been on its way.
          expect([expected, ANSWERED]).toContainEqual(summary(await within(SETTLED_WITHIN_MS, run)));
          await pool.expectWell();
        });
      },
      30_000,
    );
  });
});
