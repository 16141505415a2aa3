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

const orientation = z.enum(['vertical', 'horizontal']);
const xy = { x: place, y: place };
const cell = { ...xy, value: amount };
const size = { rows: total, columns: total };
const spread = { label, low: amount, median: amount, high: amount };

/** A series of one of these types. */
function seriesOf<Type extends string, Point extends z.ZodRawShape>(
  types: readonly [Type, ...Type[]],
  point: Point,
) {
  return z.strictObject({ type: z.enum(types), label, total, points: points(z.strictObject(point)) });
}

/** What is only named: no points. */
const none = z.array(z.never()).max(0);

const series = z.discriminatedUnion('type', [
  seriesOf(['line', 'scatter', 'stem', 'polygon'], xy),
  seriesOf(['step'], xy).extend({ where: z.enum(['pre', 'mid', 'post']) }),
  seriesOf(['errorbar'], { ...xy, xLow: place, xHigh: place, yLow: place, yHigh: place }),
  seriesOf(['bar'], { label: place, value: amount }).extend({ orientation }),
  seriesOf(['area'], { at: place, low: place, high: place }).extend({ orientation }),
  seriesOf(['histogram'], { from: amount, to: amount, count: amount }),
  seriesOf(['pie'], { label, value: amount, share: amount }),
  seriesOf(['box'], { ...spread, q1: amount, q3: amount, outliers: points(amount) }),
  seriesOf(['violin'], { ...spread, mean: amount }),
  seriesOf(['heatmap'], cell).extend({ rows: total.optional(), columns: total.optional() }),
  seriesOf(['hexbin'], cell),
  z.strictObject({ type: z.literal('image'), label, total, points: none, ...size }),
  seriesOf(['contour'], { level: amount }).extend({ filled: z.boolean() }),
  seriesOf(['line3d', 'scatter3d'], { ...xy, z: place }),
  z.strictObject({ type: z.enum(['faces3d', 'lines3d']), label, total, points: none }),
]);

const axis = z.strictObject({
  label,
  scale: z.enum(['linear', 'log', 'symlog', 'logit', 'category', 'time', 'other']),
});

const plot = z.strictObject({
  type: z.union([z.enum(['mixed', '3d']), ...series.options.map(({ shape }) => shape.type)]),
  title: label,
  axes: z.strictObject({ x: axis, y: axis, z: axis.optional() }),
  series: z.array(series).min(1).max(MAX_SERIES),
});

const grid = z.strictObject({
  type: z.literal('grid'),
  title: label,
  charts: z.array(plot).min(2).max(MAX_CHARTS),
});

/** A chart as data. `points` may be fewer than `total`: then they are spread evenly over all. */
export const chartMessage = z.discriminatedUnion('type', [plot, grid]);
