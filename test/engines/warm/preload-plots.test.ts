import { describe, expect, test } from 'vitest';
import { createRunner } from '../../../src/index.js';
import { levelsHere } from '../../conformance/levels.js';
import { sciencePython } from '../../conformance/science-python.js';

const { file, skip } = sciencePython(['matplotlib', 'pandas']);
const PLOT = `
import os
import matplotlib.pyplot as plt
plt.hist([1, 2, 2])
plt.show()
result = sorted(os.listdir(os.environ['TMPDIR']))
`;

/** What can be imported only where there is a home, and what is read only once. */
for (const level of await levelsHere()) {
  if (level.level === 'process') continue;
  const reason = skip ?? level.skip;
  describe.skipIf(reason !== null)(
    `plots from a preloaded matplotlib, level ${level.level}${reason === null ? '' : ` (skipped: ${reason})`}`,
    () => {
      test('are shown, and workers find nothing of the place in which it was imported', async () => {
        await using runner = await createRunner({
          policy: {
            pythonExecutable: file,
            memoryLimitMb: 512,
            timeoutSeconds: 20,
            blockedImports: [],
            isolation: { exactly: level.level },
          },
          warm: { size: 2, preload: ['pandas', 'matplotlib.pyplot'] },
        });
        for (let run = 0; run < 3; run += 1) {
          const { status, displays, result, stderr, denials } = await runner.run(PLOT);
          expect([status, displays.map(({ chart }) => chart?.type), result, stderr, denials]).toEqual([
            'ok',
            ['histogram'],
            [],
            '',
            [],
          ]);
        }
      });
    },
  );
}
