import { expect, test } from 'vitest';
import type { PlotChart } from '../../src/result/chart.js';
import { describeDisplay, describeMetadata } from '../../src/result/describe-display.js';
import type { Display } from '../../src/result/run-result.js';

const plot: PlotChart = {
  type: 'bar',
  title: 'Sales',
  axes: { x: { label: 'month', scale: 'category' }, y: { label: null, scale: 'linear' } },
  series: [
    { type: 'bar', label: 'north', total: 12, orientation: 'vertical', points: [] },
    { type: 'bar', label: null, total: 3, orientation: 'vertical', points: [] },
  ],
};
const display = (changes: Partial<Display>): Display => ({ data: {}, metadata: {}, chart: null, ...changes });

test.each<[string, Display, string]>([
  ['text alone', display({ data: { 'text/plain': 'a\n  b' } }), 'a ⏎ b'],
  [
    'a picture',
    display({ data: { 'text/plain': '<Image>', 'image/png': 'x'.repeat(4096) } }),
    'image/png (3 KB); <Image>',
  ],
  ['a document', display({ data: { 'text/html': '<b>ü</b>' } }), 'text/html (9 bytes)'],
  [
    'a table',
    display({
      data: { 'application/json': [] },
      metadata: { 'application/json': { shape: [5000, 3] } },
    }),
    'application/json (5000 rows, 3 columns)',
  ],
  [
    'a table whose shape is a lie',
    display({
      data: { 'application/json': [] },
      metadata: { 'application/json': { shape: [{ toString: 1, valueOf: 1 }, 2] } },
    }),
    'application/json',
  ],
  [
    'a chart',
    display({ data: { 'image/png': '' }, chart: plot }),
    'image/png (0 bytes); chart: bar, "Sales", axes month / , series north (12), bar (3)',
  ],
  [
    'a chart in space',
    display({
      data: { 'image/png': '' },
      chart: {
        type: '3d',
        title: null,
        axes: { ...plot.axes, z: { label: 'height', scale: 'linear' } },
        series: [{ type: 'faces3d', label: null, total: 6, points: [] }],
      },
    }),
    'image/png (0 bytes); chart: 3d, axes month /  / height, series faces3d (6)',
  ],
  [
    'a grid of charts',
    display({
      data: { 'image/png': '' },
      chart: { type: 'grid', title: null, charts: [plot, { ...plot, title: null }] },
    }),
    'image/png (0 bytes); charts: bar, "Sales", axes month / , series north (12), bar (3) | bar, axes month / , series north (12), bar (3)',
  ],
])('%s is told in one line', (_, shown, line) => {
  expect(describeDisplay(shown)).toBe(line);
});

test('long text is cut', () => {
  expect(describeDisplay(display({ data: { 'text/plain': 'x'.repeat(5000) } }))).toBe(
    `${'x'.repeat(1997)}...`,
  );
});

test('metadata is a line for each key', () => {
  expect(describeMetadata({ a: [1, 2n], b: Number.NaN, c: 'x'.repeat(300) })).toEqual([
    'a: [1,"2"]',
    'b: "NaN"',
    `c: "${'x'.repeat(196)}...`,
  ]);
});
