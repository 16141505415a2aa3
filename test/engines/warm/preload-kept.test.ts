import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunner, presets, type Runner } from '../../../src/index.js';
import { sciencePython } from '../../conformance/science-python.js';
import { WARM_LEVELS } from './levels.js';
import { type ModulePlace, makeModulePlace } from './module-place.js';

/** What an import may leave, and a fork would share or break. */
const KEPT = `import itertools, mmap, threading
from concurrent.futures import ThreadPoolExecutor
counter = itertools.count()
shared = mmap.mmap(-1, 4096)
file = open(__file__, 'rb', buffering=0)
lock = threading.Lock()
from multiprocessing.pool import ThreadPool
pool = ThreadPoolExecutor(2)
pool.submit(int).result()
other_pool = ThreadPool(2)
`;

/** Ways in which an import fails; the message says what of it can be known. */
const FAILURES: readonly (readonly [name: string, text: string, told: string])[] = [
  ['raises', 'raise ValueError("why")', 'ValueError: why'],
  ['quits', 'raise SystemExit("why")', 'SystemExit: why'],
  ['exits', 'import os\nos._exit(3)', 'the process ended, exit code 3'],
  [
    'crashes',
    'import ctypes\nctypes.string_at(0)',
    'the process ended, killed by signal 11 (Segmentation fault)',
  ],
];

/** Each uses it up; every run is to find it as the import left it. */
const ROWS: Readonly<Record<string, readonly [code: string, result: unknown]>> = {
  'a counter': ['result = next(kept.counter)', 0],
  'shared memory': ['result = kept.shared[:4].hex()\nkept.shared[:4] = b"seen"', '00000000'],
  'the offset of an open file': [
    'try:\n    result = kept.file.read(1).hex()\nexcept OSError as error:\n    result = error.errno',
    9,
  ],
  'a lock': ['result = kept.lock.acquire(blocking=False)', true],
  'a pool of threads': ['result = kept.pool.submit(pow, 2, 5).result(2)', 32],
  'the module itself': ['result = hasattr(kept, "trace")\nkept.trace = 1', false],
};

const place: ModulePlace[] = [];
beforeAll(async () => {
  const failing = Object.fromEntries(FAILURES.map(([name, text]) => [name, text]));
  place.push(await makeModulePlace(sciencePython().file, { ...failing, kept: KEPT }));
});
afterAll(() => {
  for (const { remove } of place) remove();
});

describe.each(WARM_LEVELS)(
  'what a preloaded module keeps, at level %s, is as the import left it',
  (level) => {
    const made: Runner[] = [];
    beforeAll(async () => {
      const policy = {
        ...presets.agent,
        isolation: { exactly: level },
        pythonExecutable: place[0]?.directory,
      } as const;
      made.push(await createRunner({ policy, warm: { size: 1, preload: ['kept'] } }));
    });
    afterAll(async () => {
      for (const runner of made) await runner.close();
    });

    // Its semaphores are files of /dev/shm, which nobody has at level kernel.
    test.runIf(level === 'full')('a pool of threads of multiprocessing', async () => {
      const run = await made[0]?.run('import kept\nresult = kept.other_pool.map_async(abs, [-32]).get(2)');
      expect([run?.error, run?.result]).toEqual([null, [32]]);
    });

    test.each(Object.entries(ROWS))('%s', async (_, [code, result]) => {
      const runs = await Promise.all([1, 2, 3].map(() => made[0]?.run(`import kept\n${code}`)));
      expect(runs.map((run) => [String(run?.error), run?.result])).toEqual(runs.map(() => ['null', result]));
    });
  },
);

describe.each(WARM_LEVELS)('at level %s an import that fails is named, with the reason', (level) => {
  test.each(FAILURES)('%s', async (name, _, told) => {
    const policy = { ...presets.agent, isolation: { exactly: level }, pythonExecutable: place[0]?.directory };
    // With several workers there are orders that the failing process has not read.
    const opened = createRunner({ policy, warm: { size: 4, preload: ['json', name] } });
    await expect(opened).rejects.toMatchObject({
      code: 'PRELOAD_FAILED',
      message: `The preload failed: import ${name}: ${told}.`,
    });
  });
});
