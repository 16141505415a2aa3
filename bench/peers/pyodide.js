import { sampleEach } from '../statistics.js';
import { importPeer } from './install.js';
import { failureOf, tryAll } from './trials.js';

const CODE = "result = input_data['x'] + 1";
const LARGE_BYTES = 512 * 2 ** 20;
const BUSY_MS = 100;

/** Times in ms: one load, and many runs, each with a namespace of its own in the one interpreter. */
export async function measurePyodide(count) {
  const { loadPyodide } = await importPeer('pyodide');
  const loaded = [];
  const load = await sampleEach(1, async () => loaded.push(await loadPyodide()));
  const [python] = loaded;
  const once = () => {
    const input = python.toPy({ x: 1 });
    const globals = python.toPy({});
    globals.set('input_data', input);
    python.runPython(CODE, { globals });
    if (globals.get('result') !== 2) throw new Error('Pyodide gave something else');
    globals.destroy();
    input.destroy();
  };
  await sampleEach(Math.ceil(count / 4), once);
  const run = await sampleEach(count, once);
  const evaluate = (code) => python.runPython(code);
  const cannot = tryAll(evaluate);
  if (failureOf(() => evaluate(`len(bytearray(${LARGE_BYTES}))`)) === null)
    cannot.push('a memory limit (512 MB were given)');
  const host = python.runPython('import js\njs.process.pid');
  if (host === process.pid) cannot.push('isolation from Node (`import js` reaches its process)');
  if (await neverYields(python)) cannot.push('a deadline (Node’s timers stand still while Python runs)');
  return { load, run, cannot };
}

/** Whether Node's clocks stand still while Python computes, even in the call that is made for waiting. */
async function neverYields(python) {
  const ticks = [performance.now()];
  const timer = setInterval(() => ticks.push(performance.now()), 1);
  await python.runPythonAsync(
    `import time\nend = time.monotonic() + ${BUSY_MS / 1000}\nwhile time.monotonic() < end: pass`,
  );
  clearInterval(timer);
  ticks.push(performance.now());
  return ticks.some((tick, index) => tick - (ticks[index - 1] ?? tick) >= BUSY_MS);
}
