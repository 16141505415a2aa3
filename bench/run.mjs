// One run on one machine, so that ratios mean something: `npm run bench`, `npm run bench -- --short --python FILE`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from './machine.js';
import { policyOf, RATES, ROWS } from './rows.js';
import { formatMs, percentiles } from './statistics.js';

/** What a row is compared with, and the most that DESIGN section 9 allows of it. */
const RATIOS = {
  'oneshot, cold, full': ['python3 -I -S -c pass', 3],
  'warm, spaced 5 ms': ['python3 -I -S -c pass', 1 / 15],
  'warm, pandas preloaded': ['python3 -c, pandas', 1 / 40],
};

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    python: { type: 'string' },
    name: { type: 'string' },
  },
});
const found = (file) =>
  execFileSync(file, ['-I', '-c', 'import sys; print(sys.executable)']).toString().trim();
const hasPandas = (file) => {
  try {
    execFileSync(file, ['-c', 'import pandas'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const python = found(values.python ?? 'python3');
const science = [python, '/usr/bin/python3'].find(hasPandas) ?? null;
const n = (count) => (values.short ? Math.max(5, Math.ceil(count / 10)) : count);
const context = { python, science, policy: policyOf(python), n };
const machine = describeMachine(python);
console.log(
  `${machine.cpu}, ${machine.cores} cores, Linux ${machine.kernel}, Node ${machine.node}, ${machine.python}, load ${machine.loadBefore.toFixed(1)}\n`,
);

const samples = {};
const rates = {};
console.log(
  `${'milliseconds'.padEnd(32)}${'p50'.padStart(10)}${'p95'.padStart(10)}${'p99'.padStart(10)}${'count'.padStart(8)}   ratio of p50`,
);
for (const [name, measure] of Object.entries(ROWS)) {
  samples[name] = await measure(context);
  if ('absent' in samples[name]) {
    console.log(`${name.padEnd(32)} absent: ${samples[name].absent}`);
    continue;
  }
  const { p50, p95, p99, count } = percentiles(samples[name]);
  const cells = [p50, p95, p99].map((value) => formatMs(value).padStart(10)).join('');
  console.log(`${name.padEnd(32)}${cells}${String(count).padStart(8)}   ${ratio(name, p50)}`);
}
console.log(`\n${'runs a second'.padEnd(32)}${'rate'.padStart(10)}`);
for (const [name, measure] of Object.entries(RATES)) {
  rates[name] = await measure(context);
  const share = rates[name] / rates['fork+exit, bare'];
  const note = name.startsWith('warm') ? `   ${share.toFixed(2)} of bare fork+exit (target 0.50)` : '';
  console.log(`${name.padEnd(32)}${rates[name].toFixed(0).padStart(10)}${note}`);
}

const directory = join(import.meta.dirname, 'results');
mkdirSync(directory, { recursive: true });
const file = join(directory, `${values.name ?? machine.at.replaceAll(':', '-').slice(0, 19)}.json`);
writeFileSync(file, `${JSON.stringify({ machine, short: values.short, samples, rates })}\n`);
console.log(`\nraw samples: ${file}`);

function ratio(name, p50) {
  const [other, target] = RATIOS[name] ?? [];
  if (other === undefined || !Array.isArray(samples[other])) return '';
  const value = p50 / percentiles(samples[other]).p50;
  const show = (number) => (number < 1 ? `1/${(1 / number).toFixed(1)}` : number.toFixed(2));
  return `${show(value)} of ${other} (target ${show(target)})`;
}
