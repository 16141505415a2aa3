import { z } from 'zod';

/** As the worker caps them, and again here: the worker is hostile. */
const MAX_POINTS = 1000;
const MAX_SERIES = 50;
const MAX_CHARTS = 25;

const words = z.string().max(500);
const place = z.union([z.number(), words, z.null()]);
const amount = z.number().nullable();
const label = words.nullable();
const total = z.int().nonnegative();

function points<T extends z.ZodType>(point: T): z.ZodArray<T> {
  return z.array(point).max(MAX_POINTS);
}

const xy = points(z.strictObject({ x: place, y: place }));

const series = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('line'), label, total, points: xy }),
  z.strictObject({ type: z.literal('scatter'), label, total, points: xy }),
  z.strictObject({
    type: z.literal('bar'),
    label,
    total,
    orientation: z.enum(['vertical', 'horizontal']),
    points: points(z.strictObject({ label: place, value: amount })),
  }),
  z.strictObject({
    type: z.literal('histogram'),
    label,
    total,
    points: points(z.strictObject({ from: amount, to: amount, count: amount })),
  }),
  z.strictObject({
    type: z.literal('pie'),
    label,
    total,
    points: points(z.strictObject({ label, value: amount, share: amount })),
  }),
  z.strictObject({
    type: z.literal('box'),
    label,
    total,
    points: points(
      z.strictObject({
        label,
        low: amount,
        q1: amount,
        median: amount,
        q3: amount,
        high: amount,
        outliers: points(amount),
      }),
    ),
  }),
]);

const axis = z.strictObject({
  label,
  scale: z.enum(['linear', 'log', 'symlog', 'logit', 'category', 'time', 'other']),
});

const plot = z.strictObject({
  type: z.enum(['line', 'scatter', 'bar', 'histogram', 'pie', 'box', 'mixed']),
  title: label,
  axes: z.strictObject({ x: axis, y: axis }),
  series: z.array(series).min(1).max(MAX_SERIES),
});

const grid = z.strictObject({
  type: z.literal('grid'),
  title: label,
  charts: z.array(plot).min(2).max(MAX_CHARTS),
});

/** A chart as data. `points` may be fewer than `total`: then they are spread evenly over all. */
export const chartMessage = z.discriminatedUnion('type', [plot, grid]);
