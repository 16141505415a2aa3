import { formatNumber, formatRatio, percentiles } from './statistics.js';

/** With fewer samples the outer percentiles are only the worst of them. */
const LEAST_FOR_TAILS = 8;
const START = 'python3 -I -S -c pass';

export function headLine() {
  const heads = ['p50', 'p95', 'p99'].map((head) => head.padStart(10)).join('');
  return `${''.padEnd(32)}${heads}${'count'.padStart(8)}  unit   p50 of python3 -I -S -c pass`;
}

export function rowLine(name, row, rows) {
  if ('absent' in row) return `${name.padEnd(32)}absent: ${row.absent}`;
  const { p50, p95, p99, count } = percentiles(row.samples);
  const tails = count < LEAST_FOR_TAILS ? [undefined, undefined] : [p95, p99];
  const cells = [p50, ...tails].map((value) => formatNumber(value).padStart(10)).join('');
  const start = rows[START];
  const ratio =
    row.unit === 'ms' && start?.samples !== undefined
      ? formatRatio(p50 / percentiles(start.samples).p50)
      : '';
  return `${name.padEnd(32)}${cells}${String(count).padStart(8)}  ${row.unit.padEnd(5)}  ${ratio}`;
}

/** What was tried and refused, for rows that cannot run everything. */
export function cannotLines(rows) {
  return Object.entries(rows)
    .filter(([, row]) => row.cannot !== undefined)
    .map(([name, row]) => `${name}: without ${row.cannot.join('; ')}`);
}
