import { formatNumber, formatRatio, percentiles } from './statistics.js';

const START = 'python3 -I -S -c pass';

/** DESIGN section 9, as far as it is built. `than` makes a ratio of two rows of the same run. */
const TARGETS = [
  { row: 'warm, spaced 5 ms', at: 'p50', most: 0.35 },
  { row: 'warm, spaced 5 ms', at: 'p50', than: START, most: 1 / 15 },
  { row: 'warm, spaced 5 ms', at: 'p99', most: 3 },
  { row: 'warm, as many as wanted', at: 'p50', least: 1500 },
  { row: 'warm, as many as wanted', at: 'p50', than: 'fork+exit, bare', least: 0.5 },
  { row: 'warm, pandas preloaded', at: 'p50', than: 'python3 -c, pandas', most: 1 / 40 },
  { row: 'validate, spaced 5 ms', at: 'p50', most: 1 },
  { row: 'validate, back to back', at: 'p50', most: 1 },
  { row: 'validate 50 lines, spaced 5 ms', at: 'p50', most: 1 },
  { row: 'validate 50 lines, back to back', at: 'p50', most: 1 },
  { row: 'session step', at: 'p50', most: 0.15 },
  { row: 'session fork', at: 'p50', most: 3 },
  { row: 'oneshot, cold, full', at: 'p50', than: START, most: 3 },
  { row: 'warm, burst of 100 from idle', at: 'p50', most: 150 },
  { row: 'idle worker, PSS', at: 'p50', most: 2 },
  { row: 'abort to whole tree dead', at: 'p95', most: 20 },
  { row: 'host function, a call', at: 'p50', most: 0.15 },
  { row: 'CPU-bound loop, jail / bare', at: 'p50', most: 1.03 },
  { row: '100 MB of files in', at: 'p50', least: 500 },
  { row: '100 MB of files out', at: 'p50', least: 500 },
];

/** Each target with what was measured: `met`, `missed`, or `absent` where a row of it is. */
export function judge(rows) {
  return TARGETS.map((target) => {
    const { row, at, than, most, least } = target;
    const missing = [row, than].find((name) => name !== undefined && 'absent' in rows[name]);
    if (missing !== undefined) return { ...target, verdict: 'absent', value: null };
    const value =
      percentiles(rows[row].samples)[at] / (than === undefined ? 1 : percentiles(rows[than].samples).p50);
    const isMet = most === undefined ? value >= least : value <= most;
    return { ...target, value, verdict: isMet ? 'met' : 'missed' };
  });
}

export function targetLine({ row, at, than, most, least, value, verdict }, rows) {
  const show = than === undefined ? formatNumber : formatRatio;
  const unit = than === undefined ? ` ${rows[row].unit ?? ''}` : ` of ${than}`;
  const bound = most === undefined ? `at least ${show(least)}` : `at most ${show(most)}`;
  const seen = value === null ? '-' : show(value);
  return `${verdict.toUpperCase().padEnd(7)} ${`${row}, ${at}`.padEnd(36)}${seen.padStart(10)}   ${bound}${unit}`;
}

/** The last line for whoever reads no table. */
export function sumLine(targets) {
  const count = (wanted) => targets.filter(({ verdict }) => verdict === wanted).length;
  return `${count('met')} met, ${count('missed')} missed, ${count('absent')} absent`;
}
