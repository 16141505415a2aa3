import { spawnToEnd } from '../bare.js';
import { installPeers, isInstalled } from './install.js';
import { measureMonty } from './monty.js';
import { measurePyodide } from './pyodide.js';

const MEASURE = { pyodide: measurePyodide, monty: measureMonty };

/** In a process of its own: a peer runs inside the Node that loads it. Prints what it found as JSON. */
export async function runPeer(name, count) {
  const measure = MEASURE[name];
  if (measure === undefined)
    throw new Error(`unknown peer ${name}; known: ${Object.keys(MEASURE).join(', ')}`);
  console.log(JSON.stringify(await measure(count)));
}

const known = new Map();

/** What a peer gives, or why it is absent; asked for by --peers. */
async function ask({ flags, n }, name) {
  if (!flags.peers) return { absent: 'is no dependency; installed and measured by --peers' };
  if (!isInstalled(name)) {
    const failed = installPeers();
    if (failed !== null) return { absent: `npm install failed: ${failed}` };
  }
  const args = [process.argv[1], '--peer', name, '--count', String(n(400))];
  return JSON.parse(await spawnToEnd(process.execPath, args));
}

/** One process for all rows of a peer in a round. */
function askOnce(context, name) {
  const key = `${name} ${context.round}`;
  if (!known.has(key)) known.set(key, ask(context, name));
  return known.get(key);
}

const row = (name, pick, isTold) => async (context) => {
  const answer = await askOnce(context, name);
  if ('absent' in answer) return answer;
  return { unit: 'ms', samples: pick(answer), ...(isTold ? { cannot: answer.cannot } : {}) };
};

/** A fresh namespace is all that a run of these has of its own: neither gives it a process. */
export const PEER_ROWS = {
  'Pyodide, load': row('pyodide', ({ load }) => load, true),
  'Pyodide, run in what is loaded': row('pyodide', ({ run }) => run, false),
  'Monty, run': row('monty', ({ run }) => run, true),
};
