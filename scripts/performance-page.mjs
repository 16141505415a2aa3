// Prints docs/performance.md: the figures of the newest record in bench/results.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatNumber, formatRatio, percentiles } from '../bench/statistics.js';

const RESULTS = join(import.meta.dirname, '../bench/results');
const START = 'python3 -I -S -c pass';
/** With fewer samples the outer percentiles are only the worst of them. */
const LEAST_FOR_TAILS = 8;

const name = readdirSync(RESULTS).sort().at(-1);
const { machine, rows } = JSON.parse(readFileSync(join(RESULTS, name), 'utf8'));
const start = percentiles(rows[START].samples).p50;

function rowOf([title, { samples, unit }]) {
  const { p50, p95, p99, count } = percentiles(samples);
  const tails = count < LEAST_FOR_TAILS ? ['', ''] : [formatNumber(p95), formatNumber(p99)];
  const ratio = unit === 'ms' ? formatRatio(p50 / start) : '';
  return `| ${[title, formatNumber(p50), ...tails, unit, ratio, count].join(' | ')} |`;
}

const measured = Object.entries(rows).filter(([, row]) => row.samples !== undefined);
const absent = Object.entries(rows).filter(([, row]) => row.samples === undefined);
const host = `${machine.virtual ? 'a virtual machine' : 'a machine'} with ${machine.cores} cores (${machine.cpu}, ${machine.memoryGb} GB), Linux ${machine.kernel}, Node ${machine.node.slice(1)}, ${machine.python}`;

process.stdout.write(`# Measured figures

Made from \`bench/results/${name}\`; \`npx vitest run --project slow test/docs/performance.test.ts -u\` writes it again after a new record. On your machine:

\`\`\`sh
npm run bench
\`\`\`

Taken on ${machine.at.slice(0, 10)} on ${host}, as ${machine.uid === 0 ? 'root' : 'an ordinary user'}; the load of the machine was ${machine.loadBefore} before. Every row of one run, interleaved, so that ratios hold better than figures: other programs had a share of the same cores. Raw samples are in the file.

| what | p50 | p95 | p99 | unit | p50 against \`${START}\` | samples |
| --- | --- | --- | --- | --- | --- | --- |
${measured.map(rowOf).join('\n')}

Not measured in this record: ${absent.map(([title, row]) => `${title} (${row.absent})`).join('; ')}.

What a row does is in \`bench/rows/\`.
`);
