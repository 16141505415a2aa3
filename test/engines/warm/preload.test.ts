import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunner, presets, type Runner } from '../../../src/index.js';
import { sciencePython } from '../../conformance/science-python.js';
import { WARM_LEVELS } from './levels.js';

const science = sciencePython();

describe.each(WARM_LEVELS)('at level %s', (level) => {
  describe.skipIf(science.skip !== null)(
    `numpy and pandas preloaded${science.skip === null ? '' : ` (${science.skip})`}`,
    () => {
      const made: Runner[] = [];
      beforeAll(async () => {
        const policy = {
          ...presets.agent,
          isolation: { exactly: level },
          pythonExecutable: science.file,
        } as const;
        made.push(await createRunner({ policy, warm: { size: 2, preload: ['numpy', 'pandas'] } }));
      }, 60_000);
      afterAll(async () => {
        for (const runner of made) await runner.close();
      });

      test('they work after the fork, BLAS too', async () => {
        const code =
          'import numpy as np, pandas as pd\na = np.arange(90000.0).reshape(300, 300)\nnp.linalg.svd(a @ a.T)\nresult = [int((a @ a).trace() > 0), int(pd.DataFrame({"x": [1, 2, 3]}).x.sum())]';
        const runs = await Promise.all(Array.from({ length: 6 }, () => made[0]?.run(code)));
        expect(runs.map((each) => [String(each?.error), each?.result])).toEqual(
          runs.map(() => ['null', [1, 6]]),
        );
      });

      test('numpy’s global state and new generators differ in each worker', async () => {
        const code =
          'import numpy as np\nresult = [float(np.random.rand()), float(np.random.default_rng().random())]';
        const runs = await Promise.all(Array.from({ length: 10 }, () => made[0]?.run(code)));
        const values = runs.flatMap((each) => (Array.isArray(each?.result) ? each.result : []));
        expect(new Set(values).size).toBe(20);
      });
    },
  );
});
