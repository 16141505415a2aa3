import { setTimeout as delay } from 'node:timers/promises';
import { createRunner, defineFunction, runCode } from '../../dist/index.js';
import { compareLoops } from '../core-targets.js';
import { descendantsOf, findWorkers, isAlive, proportionalMb } from '../processes.js';
import { elapsedMs, sampleEach } from '../statistics.js';
import {
  CALL_CODE,
  CODE,
  FILE_BYTES,
  LONGER_CODE,
  PANDAS_CODE,
  PLOT_CODE,
  READ_CODE,
  TREE_CODE,
  VALIDATED_CODE,
  WRITE_CODE,
} from './programs.js';

const FILE_POLICY = {
  diskLimitMb: 256,
  maxFileKb: 256 * 1024,
  timeoutSeconds: 60,
};

/** A pool in which as many workers wait as it has places for. */
async function using(options, body) {
  const runner = await createRunner(options);
  try {
    await idle(runner);
    return await body(runner);
  } finally {
    await runner.close();
  }
}

/** Until no more workers come. */
async function idle(runner) {
  await runner.run('1');
  for (let before = -1; before !== runner.info().idle; await delay(100)) before = runner.info().idle;
}

function check(result, expected) {
  if (result.result !== expected)
    throw new Error(`a run gave ${result.status}, ${result.result}: ${result.error}`);
}

const once = async (runner) => check(await runner.run(CODE, { x: 1 }), 2);
const many = async (runner, count) => {
  const results = await Promise.all(Array.from({ length: count }, () => runner.run(CODE, { x: 1 })));
  for (const result of results) check(result, 2);
};

export const PUNGI_ROWS = {
  'oneshot, cold, full': async ({ policy, n }) => ({
    unit: 'ms',
    samples: await sampleEach(n(80), async () =>
      check(await runCode(CODE, { x: 1 }, policy, { oneshot: true }), 2),
    ),
  }),
  'warm, spaced 5 ms': ({ policy, n }) =>
    using({ policy }, async (runner) => ({
      unit: 'ms',
      samples: await sampleEach(n(2000), () => once(runner), { pauseMs: 5 }),
    })),
  'warm, back to back': ({ policy, n }) =>
    using({ policy }, async (runner) => ({
      unit: 'ms',
      samples: await sampleEach(n(2000), () => once(runner)),
    })),
  'warm, burst of 100 from idle': ({ policy, n }) =>
    using({ policy }, async (runner) => {
      const samples = [];
      for (let count = n(20); count > 0; count -= 1) {
        samples.push(await elapsedMs(() => many(runner, 100)));
        await idle(runner);
      }
      return { unit: 'ms', samples };
    }),
  'warm, as many as wanted': ({ policy, n }) =>
    using({ policy }, async (runner) => {
      const count = n(6000);
      const ms = await elapsedMs(() => many(runner, count));
      return { unit: '/s', samples: [(count / ms) * 1000] };
    }),
  'warm, pandas preloaded': ({ policy, science, n }) =>
    science === null
      ? { absent: 'no interpreter with pandas' }
      : using(
          { policy: { ...policy, pythonExecutable: science }, warm: { preload: ['pandas'] } },
          async (runner) => ({
            unit: 'ms',
            samples: await sampleEach(n(200), async () => check(await runner.run(PANDAS_CODE), 6), {
              pauseMs: 20,
            }),
          }),
        ),
  'validate, spaced 5 ms': (run) => validateRow(run, VALIDATED_CODE, ['os'], 5),
  'validate, back to back': (run) => validateRow(run, VALIDATED_CODE, ['os'], 0),
  'validate 50 lines, spaced 5 ms': (run) => validateRow(run, LONGER_CODE, [], 5),
  'validate 50 lines, back to back': (run) => validateRow(run, LONGER_CODE, [], 0),
  'display of a plot': ({ policy, science, n }) =>
    science === null
      ? { absent: 'no interpreter with pandas' }
      : using(
          { policy: { ...policy, pythonExecutable: science }, warm: { preload: ['matplotlib.pyplot'] } },
          async (runner) => ({
            unit: 'ms',
            samples: await sampleEach(n(80), async () => {
              const { displays, error } = await runner.run(PLOT_CODE);
              if (displays[0]?.chart?.type !== 'line') throw new Error(`a run showed no plot: ${error}`);
            }),
          }),
        ),
  'session step': ({ policy, n }) =>
    using({ policy, warm: { size: 1 } }, async (runner) => {
      const session = await runner.session();
      const step = async () => check(await session.run(CODE, { x: 1 }), 2);
      for (let count = n(200); count > 0; count -= 1) await step();
      return { unit: 'ms', samples: await sampleEach(n(4000), step) };
    }),
  'session fork': ({ policy, n }) =>
    using({ policy, warm: { size: 1 } }, async (runner) => {
      const session = await runner.session();
      check(await session.run(CODE, { x: 1 }), 2);
      const samples = [];
      for (let count = n(200); count > 0; count -= 1) {
        const started = performance.now();
        const branch = await session.fork();
        samples.push(performance.now() - started);
        await branch.close('kill');
      }
      return { unit: 'ms', samples };
    }),
  'session restore': ({ policy, n }) =>
    using({ policy, warm: { size: 1 } }, async (runner) => {
      const session = await runner.session();
      check(await session.run(CODE, { x: 1 }), 2);
      const checkpoint = await session.checkpoint();
      return { unit: 'ms', samples: await sampleEach(n(100), () => session.restore(checkpoint)) };
    }),
  'abort to whole tree dead': ({ policy, n }) =>
    using({ policy: { ...policy, allowSubprocess: true }, warm: { size: 1 } }, async (runner) => ({
      unit: 'ms',
      samples: await repeat(n(40), () => abortToDead(runner)),
    })),
  'idle worker, PSS': ({ policy }) =>
    using({ policy, warm: { size: 4 } }, () => ({
      unit: 'MB',
      samples: findWorkers().map(proportionalMb),
    })),
  'CPU-bound loop, jail / bare': ({ policy, python, n }) =>
    using({ policy: { ...policy, timeoutSeconds: 60 }, warm: { size: 1 } }, async (runner) => ({
      unit: 'x',
      samples: await repeat(n(16), () => compareLoops(runner, python)),
    })),
  'host function, a call': ({ policy, n }) =>
    using({ policy: { ...policy, timeoutSeconds: 60 }, warm: { size: 1 } }, async (runner) => {
      const add = defineFunction({ input: CALL_INPUT, maxCalls: 100_000, execute: ({ a, b }) => a + b });
      const { result, error } = await runner.run(CALL_CODE, { count: n(8000) }, { functions: { add } });
      if (!Array.isArray(result)) throw new Error(`the calls gave ${error}`);
      return { unit: 'ms', samples: result };
    }),
  '100 MB of files in': ({ policy, n }) =>
    using({ policy: { ...policy, ...FILE_POLICY }, warm: { size: 1 } }, async (runner) => {
      const files = { 'in.bin': Buffer.alloc(FILE_BYTES, 1) };
      return {
        unit: 'MB/s',
        samples: await repeat(n(8), () =>
          megabytesPerSecond(async () => check(await runner.run(READ_CODE, {}, { files }), FILE_BYTES)),
        ),
      };
    }),
  '100 MB of files out': ({ policy, n }) =>
    using({ policy: { ...policy, ...FILE_POLICY }, warm: { size: 1 } }, async (runner) => ({
      unit: 'MB/s',
      samples: await repeat(n(8), () => filesOut(runner)),
    })),
};

/** Both arguments required, so that each call is checked on both sides. */
const CALL_INPUT = {
  type: 'object',
  properties: { a: { type: 'integer' }, b: { type: 'integer' } },
  required: ['a', 'b'],
};

async function repeat(count, work) {
  const samples = [];
  for (let index = 0; index < count; index += 1) samples.push(await work());
  return samples;
}

/** `code` names the modules `refused` and nothing else that the policy refuses. */
function validateRow({ policy, n }, code, refused, pauseMs) {
  return using({ policy: { ...policy, blockedImports: ['os'] }, warm: { size: 1 } }, async (runner) => {
    const ask = async () => {
      const { problems } = await runner.validate(code);
      if (String(problems.map(({ target }) => target)) !== String(refused)) {
        throw new Error(`validate found ${JSON.stringify(problems)}`);
      }
    };
    for (let count = n(40); count > 0; count -= 1) await ask();
    return { unit: 'ms', samples: await sampleEach(n(1000), ask, { pauseMs }) };
  });
}

async function abortToDead(runner) {
  await idle(runner);
  const workers = findWorkers();
  const controller = new AbortController();
  const run = runner.run(TREE_CODE, {}, { signal: controller.signal });
  const findLiving = () => workers.flatMap((pid) => [pid, ...descendantsOf(pid)]).filter(isAlive);
  await delay(60);
  // On a machine that is busy otherwise it takes its time.
  for (let waits = 0; findLiving().length < 4 && waits < 100; waits += 1) await delay(20);
  const tree = findLiving();
  if (tree.length < 4) throw new Error('the tree of processes did not come up');
  return elapsedMs(async () => {
    controller.abort();
    const { status } = await run;
    if (status !== 'cancelled') throw new Error(`an aborted run gave ${status}`);
    while (tree.some(isAlive)) await new Promise(setImmediate);
  });
}

async function megabytesPerSecond(work) {
  return FILE_BYTES / 1000 / (await elapsedMs(work));
}

/** What Python needs to write the file is not the transport's: it is in the run's own clock, and taken off. */
async function filesOut(runner) {
  const start = performance.now();
  const run = await runner.run(WRITE_CODE);
  const ms = performance.now() - start;
  check(run, true);
  if (run.file('out.bin')?.length !== FILE_BYTES) throw new Error('the file did not come back whole');
  return FILE_BYTES / 1000 / (ms - run.usage.wallMs);
}
