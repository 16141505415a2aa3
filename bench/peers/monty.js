import { sampleEach } from '../statistics.js';
import { importPeer } from './install.js';
import { failureOf, tryAll } from './trials.js';

const CODE = "input_data['x'] + 1";
const LIMITS = { maxMemory: 64 * 2 ** 20, maxDurationSecs: 0.2 };

/** Times in ms of many runs, each parsed and run in an interpreter of its own. */
export async function measureMonty(count) {
  const { Monty } = await importPeer('monty');
  const once = () => {
    const value = new Monty(CODE, { inputs: ['input_data'] }).run({ inputs: { input_data: { x: 1 } } });
    if (value !== 2) throw new Error('Monty gave something else');
  };
  await sampleEach(Math.ceil(count / 4), once);
  const run = await sampleEach(count, once);
  const evaluate = (code, limits) => new Monty(code).run(limits === undefined ? {} : { limits });
  const cannot = tryAll(evaluate);
  if (failureOf(() => evaluate('len("x" * 536870912)', LIMITS)) === null)
    cannot.push('a memory limit (512 MB were given)');
  if (failureOf(() => evaluate('n = 0\nfor i in range(100000000):\n  n += 1', LIMITS)) === null)
    cannot.push('a deadline');
  return { run, cannot };
}
