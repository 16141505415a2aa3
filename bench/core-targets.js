import { createRunner, presets, runCode } from '../dist/index.js';
import { spawnToEnd } from './bare.js';
import { BARE_LOOP_CODE, CODE, LOOP_CODE } from './rows/programs.js';
import { elapsedMs } from './statistics.js';

const COLD_PAIRS = 15;
const LOOP_PAIRS = 9;

/** The figures that the core is held to: a bench in which one of them is clearly missed fails. */
export function coreTargets(python) {
  return [
    {
      name: 'a cold run at full / python3 -I -S -c pass',
      most: 3,
      takePairs: () => takePairs(COLD_PAIRS, () => compareStarts(python)),
    },
    ...['full', 'kernel'].map((level) => ({
      name: `a CPU-bound loop at ${level} / bare`,
      most: 1.03,
      takePairs: () => takeLoops(level, python),
    })),
  ];
}

async function takePairs(count, take) {
  await take();
  const ratios = [];
  while (ratios.length < count) ratios.push(await take());
  return ratios;
}

async function compareStarts(python) {
  const policy = { ...presets.agent, isolation: { exactly: 'full' }, pythonExecutable: python };
  const bare = await elapsedMs(() => spawnToEnd(python, ['-I', '-S', '-c', 'pass']));
  const cold = await elapsedMs(async () => {
    const { status, error } = await runCode(CODE, { x: 1 }, policy, { oneshot: true });
    if (status !== 'ok') throw new Error(`a cold run gave ${status}: ${error}`);
  });
  return cold / bare;
}

async function takeLoops(level, python) {
  const policy = {
    ...presets.agent,
    isolation: { exactly: level },
    timeoutSeconds: 60,
    pythonExecutable: python,
  };
  const runner = await createRunner({ policy, warm: { size: 1 } });
  try {
    return await takePairs(LOOP_PAIRS, () => compareLoops(runner, python));
  } finally {
    await runner.close();
  }
}

/** In turns, so that the clock of the processor is the same for both. */
export async function compareLoops(runner, python) {
  const bare = Number(await spawnToEnd(python, ['-I', '-S', '-c', BARE_LOOP_CODE]));
  const { result, status, error } = await runner.run(LOOP_CODE);
  if (typeof result !== 'number') throw new Error(`a run gave ${status}: ${error}`);
  return result / bare;
}
