import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRunner, presets, type Runner, type RunnerPolicy } from '../../../src/index.js';
import { sciencePython } from '../../conformance/science-python.js';
import { WARM_LEVELS } from './levels.js';
import { type ModulePlace, makeModulePlace } from './module-place.js';

const science = sciencePython();
const SIZE = 3;
/** More than the pool's workers, so that those that waited and those forked later are among them. */
const RUNS = 9;

/** Each gives two draws of one source. */
const SOURCES: Readonly<Record<string, string>> = {
  'ssl.RAND_bytes': 'import ssl\nresult = [ssl.RAND_bytes(16).hex(), ssl.RAND_bytes(16).hex()]',
  'uuid.uuid4': 'import uuid\nresult = [str(uuid.uuid4()), str(uuid.uuid4())]',
  secrets: 'import secrets\nresult = [secrets.token_hex(16), secrets.token_hex(16)]',
  'os.urandom': 'import os\nresult = [os.urandom(16).hex(), os.urandom(16).hex()]',
  random: 'import random\nresult = [random.random(), random.random()]',
  'names of tempfile':
    'import tempfile\nresult = [next(tempfile._get_candidate_names()), next(tempfile._get_candidate_names())]',
};

const NUMPY_SOURCES: Readonly<Record<string, string>> = {
  'numpy’s global state': 'import numpy\nresult = [float(numpy.random.rand()), float(numpy.random.rand())]',
  'numpy.random.default_rng':
    'import numpy\nresult = [float(numpy.random.default_rng().random()), float(numpy.random.default_rng().random())]',
};

const PRELOADS = [
  ['nothing preloaded', []],
  ['preloaded', ['ssl', 'uuid', 'secrets', 'random', 'tempfile']],
] as const;

/** A generator that has been drawn from has a state, which a fork copies; one that has not makes its own later. */
const DRAWS = `import random, secrets, ssl, tempfile, uuid
ssl.RAND_bytes(1), uuid.uuid4(), secrets.token_hex(1), random.random(), next(tempfile._get_candidate_names())
`;
const NUMPY_DRAWS = 'import numpy\nnumpy.random.rand(), numpy.random.default_rng().random()\n';

const places: ModulePlace[] = [];
beforeAll(async () => {
  places.push(await makeModulePlace(science.file, { draws: DRAWS, numpy_draws: NUMPY_DRAWS }));
});
afterAll(() => {
  for (const place of places) place.remove();
});

describe.each(WARM_LEVELS)('at level %s', (level) => {
  describe.each(PRELOADS)('%s', (_, preload) => {
    expectDistinct(SOURCES, () => ({ isolation: { exactly: level } }), preload);
  });

  describe('preloaded, and drawn from by a preloaded module', () => {
    const policy = () => ({ isolation: { exactly: level }, pythonExecutable: places[0]?.directory });
    expectDistinct(SOURCES, policy, ['draws']);
  });

  describe.skipIf(science.skip !== null)(`numpy${science.skip === null ? '' : ` (${science.skip})`}`, () => {
    const policy = () => ({ isolation: { exactly: level }, pythonExecutable: places[0]?.directory });
    describe.each(['numpy', 'numpy_draws'])('%s preloaded', (name) => {
      expectDistinct(NUMPY_SOURCES, policy, [name]);
    });
  });
});

function expectDistinct(
  sources: Readonly<Record<string, string>>,
  policy: () => RunnerPolicy,
  preload: readonly string[],
): void {
  const made: Runner[] = [];
  beforeAll(async () => {
    // Of two pools each has another process to fork from.
    for (let pools = 0; pools < 2; pools += 1) {
      const merged = { ...presets.agent, ...policy() };
      made.push(await createRunner({ policy: merged, warm: { size: SIZE, preload } }));
    }
  });
  afterAll(async () => {
    for (const runner of made) await runner.close();
  });

  test.each(Object.entries(sources))('%s: no draw comes twice', async (_, code) => {
    const runs = made.flatMap((runner) => Array.from({ length: RUNS }, () => runner.run(code)));
    const results = await Promise.all(runs);
    expect(results.map((run) => String(run.error))).toEqual(results.map(() => 'null'));
    const draws = results.flatMap((run) => (Array.isArray(run.result) ? run.result : []));
    expect(draws).toHaveLength(2 * RUNS * made.length);
    expect(new Set(draws).size).toBe(draws.length);
  });
}
