/** A chart as data: of one matplotlib `Axes`, or a grid of several. */
export type Chart = PlotChart | ChartGrid;

export interface PlotChart {
  /** The type of its series; `mixed` when they differ. */
  readonly type: ChartSeries['type'] | 'mixed';
  readonly title: string | null;
  readonly axes: { readonly x: ChartAxis; readonly y: ChartAxis };
  readonly series: readonly ChartSeries[];
}

export interface ChartGrid {
  readonly type: 'grid';
  readonly title: string | null;
  readonly charts: readonly PlotChart[];
}

export interface ChartAxis {
  readonly label: string | null;
  /** On a `category` axis places are words, on a `time` axis ISO dates. */
  readonly scale: 'linear' | 'log' | 'symlog' | 'logit' | 'category' | 'time' | 'other';
}

interface SeriesOf<Type extends string, Point> {
  readonly type: Type;
  readonly label: string | null;
  /** Points that were drawn; beyond 1000 `points` holds 1000 of them, evenly spread. */
  readonly total: number;
  readonly points: readonly Point[];
}

/** Where a point stands; `null` where there is no number, as for NaN. */
export type ChartPlace = number | string | null;

interface PlacedPoint {
  readonly x: ChartPlace;
  readonly y: ChartPlace;
}

export type ChartSeries =
  | SeriesOf<'line', PlacedPoint>
  | SeriesOf<'scatter', PlacedPoint>
  | BarSeries
  | SeriesOf<
      'histogram',
      { readonly from: number | null; readonly to: number | null; readonly count: number | null }
    >
  | SeriesOf<
      'pie',
      { readonly label: string | null; readonly value: number | null; readonly share: number | null }
    >
  | SeriesOf<'box', BoxPoint>;

interface BarSeries extends SeriesOf<'bar', { readonly label: ChartPlace; readonly value: number | null }> {
  readonly orientation: 'vertical' | 'horizontal';
}

export interface BoxPoint {
  readonly label: string | null;
  /** Ends of the whiskers. */
  readonly low: number | null;
  readonly high: number | null;
  readonly q1: number | null;
  readonly median: number | null;
  readonly q3: number | null;
  readonly outliers: readonly (number | null)[];
}
