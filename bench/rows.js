import { setTimeout as delay } from 'node:timers/promises';
import { createRunner, presets, runCode } from '../dist/index.js';
import { forkRate, openPing, spawnPython } from './bare.js';
import { sampleEach } from './statistics.js';

const CODE = "result = input_data['x'] + 1";
const BARE_CODE =
  "import json; input_data = json.loads('{\"x\": 1}'); result = input_data['x'] + 1; print(json.dumps(result))";
const PANDAS = 'import pandas as pd\nresult = int(pd.DataFrame({"x": [1, 2, 3]}).x.sum())';

async function using(options, body) {
  const runner = await createRunner(options);
  try {
    await runner.run('1');
    await delay(300);
    return await body(runner);
  } finally {
    await runner.close();
  }
}

const check = (result, expected) => {
  if (result.result !== expected) throw new Error(`a run gave ${result.status}: ${result.error}`);
};

/** Each row gives samples in milliseconds, or a rate; `absent` says why there is nothing. */
export const ROWS = {
  'python3 -I -S -c pass': ({ python, n }) =>
    sampleEach(n(100), () => spawnPython(python, ['-I', '-S', '-c', 'pass'])),
  'python3 -c, the same work': ({ python, n }) =>
    sampleEach(n(60), () => spawnPython(python, ['-c', BARE_CODE])),
  'socket ping, spaced 5 ms': async ({ python, n }) => {
    const { ping, close } = await openPing(python);
    const samples = await sampleEach(n(500), ping, { pauseMs: 5 });
    await close();
    return samples;
  },
  'oneshot, cold, full': ({ policy, n }) =>
    sampleEach(n(60), async () => check(await runCode(CODE, { x: 1 }, policy), 2)),
  'warm, spaced 5 ms': ({ policy, n }) =>
    using({ policy }, (runner) =>
      sampleEach(n(2000), async () => check(await runner.run(CODE, { x: 1 }), 2), { pauseMs: 5 }),
    ),
  'warm, back to back': ({ policy, n }) =>
    using({ policy }, (runner) =>
      sampleEach(n(2000), async () => check(await runner.run(CODE, { x: 1 }), 2)),
    ),
  'warm, burst of 100 from idle': ({ policy, n }) =>
    using({ policy }, (runner) =>
      sampleEach(n(20), () => Promise.all(Array.from({ length: 100 }, () => runner.run(CODE, { x: 1 }))), {
        pauseMs: 300,
      }),
    ),
  'abort to dead': ({ policy, n }) =>
    using({ policy }, async (runner) => {
      const samples = [];
      for (let index = 0; index < n(50); index += 1) {
        const controller = new AbortController();
        const run = runner.run('while True: pass', {}, { signal: controller.signal });
        await delay(20);
        const start = performance.now();
        controller.abort();
        await run;
        samples.push(performance.now() - start);
      }
      return samples;
    }),
  'python3 -c, pandas': ({ science, n }) =>
    science === null
      ? { absent: 'no interpreter with pandas' }
      : sampleEach(n(10), () => spawnPython(science, ['-c', PANDAS])),
  'warm, pandas preloaded': ({ policy, science, n }) =>
    science === null
      ? { absent: 'no interpreter with pandas' }
      : using({ policy: { ...policy, pythonExecutable: science }, warm: { preload: ['pandas'] } }, (runner) =>
          sampleEach(n(200), async () => check(await runner.run(PANDAS), 6), { pauseMs: 20 }),
        ),
};

export const RATES = {
  'fork+exit, bare': ({ python, n }) => forkRate(python, n(2000)),
  'warm, as many as wanted': ({ policy, n }) =>
    using({ policy }, async (runner) => {
      const count = n(4000);
      const start = performance.now();
      const results = await Promise.all(Array.from({ length: count }, () => runner.run(CODE, { x: 1 })));
      for (const result of results) check(result, 2);
      return (count / (performance.now() - start)) * 1000;
    }),
};

export const policyOf = (python) => ({ ...presets.agent, pythonExecutable: python });
