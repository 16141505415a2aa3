// One run on one machine, so that ratios mean something: all rows in turns, several rounds of them.
//   npm run bench -- [--short] [--python FILE] [--only TEXT] [--name NAME] [--docker] [--peers]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { coreTargets } from './core-targets.js';
import { heldLine, hold } from './held.js';
import { describeMachine, findInterpreter, hasPandas } from './machine.js';
import { PEER_ROWS, runPeer } from './peers/peers.js';
import { policyOf } from './policy.js';
import { BARE_ROWS } from './rows/bare-rows.js';
import { PUNGI_ROWS } from './rows/pungi-rows.js';
import { cannotLines, headLine, rowLine } from './table.js';
import { judge, sumLine, targetLine } from './targets.js';

const ROWS = { ...BARE_ROWS, ...PUNGI_ROWS, ...PEER_ROWS };
const LEAST_COUNT = 3;

const { values: flags } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    python: { type: 'string', default: 'python3' },
    only: { type: 'string', default: '' },
    name: { type: 'string' },
    docker: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    // How this program calls itself for a peer.
    peer: { type: 'string' },
    count: { type: 'string', default: '0' },
  },
});

if (flags.peer === undefined) await main();
else await runPeer(flags.peer, Number(flags.count));

async function main() {
  const python = findInterpreter(flags.python);
  const science = [python, '/usr/bin/python3'].find(hasPandas) ?? null;
  const machine = describeMachine(python, science);
  console.log(
    `${machine.cpu}, ${machine.cores} cores, Linux ${machine.kernel}, Node ${machine.node}, ${machine.python}, load ${machine.loadBefore.toFixed(1)}`,
  );
  const rounds = flags.short ? 2 : 4;
  const share = flags.short ? 10 * rounds : rounds;
  const n = (count) => Math.max(LEAST_COUNT, Math.ceil(count / share));
  const rows = {};
  for (let round = 0; round < rounds; round += 1) {
    const context = { python, science, machine, flags, round, n, policy: policyOf(python) };
    await measureRound(context, rows);
  }
  report(rows);
  const held = flags.only === '' ? await holdCore(python) : [];
  save({ machine, flags, rounds, rows, held });
}

/** Whoever runs the bench in CI sees it fail when the core got slow, and not when the machine was busy. */
async function holdCore(python) {
  console.log('\nHeld');
  const held = [];
  for (const target of coreTargets(python)) {
    held.push(await hold(target));
    console.log(heldLine(held.at(-1)));
  }
  if (held.some(({ verdict }) => verdict === 'clearly missed')) process.exitCode = 1;
  return held;
}

async function measureRound(context, rows) {
  for (const [name, measure] of Object.entries(ROWS)) {
    if (!name.includes(context.flags.only)) rows[name] = { absent: 'left out by --only' };
    else if (!('absent' in (rows[name] ?? {}))) {
      const part = await measure(context);
      if (rows[name] === undefined || 'absent' in part) rows[name] = part;
      else rows[name].samples.push(...part.samples);
    }
  }
}

function report(rows) {
  console.log(`\n${headLine()}`);
  for (const [name, row] of Object.entries(rows)) console.log(rowLine(name, row, rows));
  for (const line of cannotLines(rows)) console.log(`\n${line}`);
  console.log('\nTargets of DESIGN section 9');
  const targets = judge(rows);
  for (const target of targets) console.log(targetLine(target, rows));
  console.log(sumLine(targets));
}

function save(result) {
  const directory = join(import.meta.dirname, 'results');
  mkdirSync(directory, { recursive: true });
  const name = flags.name ?? result.machine.at.replaceAll(':', '-').slice(0, 19);
  const file = join(directory, `${name}.json`);
  writeFileSync(file, `${JSON.stringify({ ...result, targets: judge(result.rows) })}\n`);
  console.log(`\nraw samples: ${file}`);
}
