/** A chart as data: of one matplotlib `Axes`, or a grid of several. */
export type Chart = PlotChart | ChartGrid;

export interface PlotChart {
  /** The type of its series; `mixed` when they differ, `3d` where the axes are three. */
  readonly type: ChartSeries['type'] | 'mixed' | '3d';
  readonly title: string | null;
  readonly axes: { readonly x: ChartAxis; readonly y: ChartAxis; readonly z?: ChartAxis | undefined };
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
  | SeriesOf<'line' | 'scatter' | 'stem' | 'polygon', PlacedPoint>
  | (SeriesOf<'step', PlacedPoint> & { readonly where: 'pre' | 'mid' | 'post' })
  | SeriesOf<'errorbar', ErrorbarPoint>
  | (SeriesOf<'bar', { readonly label: ChartPlace; readonly value: number | null }> & Oriented)
  | (SeriesOf<'area', AreaPoint> & Oriented)
  | SeriesOf<
      'histogram',
      { readonly from: number | null; readonly to: number | null; readonly count: number | null }
    >
  | SeriesOf<
      'pie',
      { readonly label: string | null; readonly value: number | null; readonly share: number | null }
    >
  | SeriesOf<'box', BoxPoint>
  | SeriesOf<'violin', ViolinPoint>
  | (SeriesOf<'heatmap', CellPoint> & { readonly [Side in keyof TableSize]?: number | undefined })
  | SeriesOf<'hexbin', CellPoint>
  | (SeriesOf<'image', never> & TableSize)
  | (SeriesOf<'contour', { readonly level: number | null }> & { readonly filled: boolean })
  | SeriesOf<'line3d' | 'scatter3d', PlacedPoint & { readonly z: ChartPlace }>
  | SeriesOf<'faces3d' | 'lines3d', never>;

interface Oriented {
  readonly orientation: 'vertical' | 'horizontal';
}

interface TableSize {
  readonly rows: number;
  readonly columns: number;
}

/** `null` where there is no bar along that axis. */
interface ErrorbarPoint extends PlacedPoint {
  readonly xLow: ChartPlace;
  readonly xHigh: ChartPlace;
  readonly yLow: ChartPlace;
  readonly yHigh: ChartPlace;
}

/** What is filled at one place: along x where it is vertical, else along y. */
interface AreaPoint {
  readonly at: ChartPlace;
  readonly low: ChartPlace;
  readonly high: ChartPlace;
}

/** The middle of a cell. */
interface CellPoint extends PlacedPoint {
  readonly value: number | null;
}

interface ViolinPoint {
  readonly label: string | null;
  readonly low: number | null;
  readonly mean: number | null;
  readonly median: number | null;
  readonly high: number | null;
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
