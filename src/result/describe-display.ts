import type { Chart, PlotChart } from './chart.js';
import { formatBytes } from './quantities.js';
import type { Display } from './run-result.js';
import { toJsonValue } from './to-plain-json.js';

const MOST_WORDS = 200;
const MOST_TEXT = 2000;

/** One line about what was shown: its forms, and what a reader without eyes can know of them. */
export function describeDisplay({ data, metadata, chart }: Display): string {
  const forms = Object.entries(data)
    .filter(([mime]) => mime !== 'text/plain')
    .map(([mime, form]) => describeForm(mime, form, metadata[mime]));
  const text = typeof data['text/plain'] === 'string' ? data['text/plain'] : '';
  const parts = [
    ...(forms.length === 0 ? [] : [forms.join(', ')]),
    ...(chart === null ? [] : [describeChart(chart)]),
    ...(text === '' ? [] : [cut(text, forms.length === 0 ? MOST_TEXT : MOST_WORDS)]),
  ];
  return parts.join('; ');
}

/** One line for each key. */
export function describeMetadata(metadata: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(metadata).map(
    ([key, value]) => `${key}: ${cut(JSON.stringify(toJsonValue(value)) ?? 'null', MOST_WORDS)}`,
  );
}

function describeForm(mime: string, form: unknown, about: unknown): string {
  const shape: unknown =
    typeof about === 'object' && about !== null ? Reflect.get(about, 'shape') : undefined;
  // The worker's words, like all of a display: anything may stand there.
  const [rows, columns]: unknown[] = Array.isArray(shape) ? shape : [];
  if (Number.isSafeInteger(rows) && Number.isSafeInteger(columns))
    return `${mime} (${String(rows)} rows, ${String(columns)} columns)`;
  if (typeof form !== 'string') return mime;
  const isBase64 = mime.startsWith('image/') && mime !== 'image/svg+xml';
  return `${mime} (${formatBytes(isBase64 ? Math.floor((form.length * 3) / 4) : Buffer.byteLength(form))})`;
}

function describeChart(chart: Chart): string {
  if (chart.type !== 'grid') return `chart: ${describePlot(chart)}`;
  return `charts: ${chart.charts.map(describePlot).join(' | ')}`;
}

function describePlot({ type, title, axes, series }: PlotChart): string {
  const all = [axes.x, axes.y, ...(axes.z === undefined ? [] : [axes.z])];
  const labels = all.map(({ label }) => cut(label ?? '', MOST_WORDS)).join(' / ');
  const names = series
    .map((each) => `${cut(each.label ?? each.type, MOST_WORDS)} (${each.total})`)
    .join(', ');
  return [
    type,
    ...(title === null ? [] : [JSON.stringify(title)]),
    ...(all.every(({ label }) => label === null) ? [] : [`axes ${labels}`]),
    `series ${names}`,
  ].join(', ');
}

function cut(text: string, most: number): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ⏎ ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 3)}...`;
}
