import { describe, expect, test } from 'vitest';
import { createDisplayCollector } from '../../src/collect/collect-displays.js';

const bytes = (message: unknown): Uint8Array => Buffer.from(JSON.stringify(message), 'utf8');
const shown = (text: string): Uint8Array =>
  bytes({ data: { 'text/plain': text }, metadata: {}, chart: null });
const collector = (changes: object = {}) =>
  createDisplayCollector({ maxDisplays: 2, maxDisplayBytes: 1000, maxResultBytes: 1000, ...changes });

const AXIS = { label: null, scale: 'linear' };
const LINE = { type: 'line', label: null, total: 1, points: [{ x: 1, y: '2' }] };
const CHART = { type: 'line', title: 'T', axes: { x: AXIS, y: AXIS }, series: [LINE] };

describe('displays', () => {
  test('of very many values are left out, however few bytes they have', () => {
    const displays = collector({ maxDisplays: 10, maxDisplayBytes: 1 << 20 });
    const many = (count: number): Uint8Array =>
      bytes({ data: { 'application/json': new Array(count).fill(0) }, metadata: {}, chart: null });
    expect(displays.display(many(100_001))).toBe(null);
    const kept = [1, 2, 3, 4].map(() => displays.display(many(90_000)) !== null);
    expect(kept).toEqual([true, true, true, false]);
  });

  test('are kept in order, and the surplus is counted', () => {
    const displays = collector();
    const given = ['a', 'b', 'c', 'd'].map((text) => displays.display(shown(text))?.data['text/plain']);
    expect(given).toEqual(['a', 'b', undefined, undefined]);
    expect(displays.finish()).toEqual({
      displays: [
        { data: { 'text/plain': 'a' }, metadata: {}, chart: null },
        { data: { 'text/plain': 'b' }, metadata: {}, chart: null },
      ],
      metadata: {},
      notes: ['displays: 2 left out, more than the 2 that maxDisplays allows'],
    });
  });

  test.each([
    ['a line', CHART],
    ['a grid', { type: 'grid', title: null, charts: [CHART, { ...CHART, type: 'mixed' }] }],
    [
      'bars',
      {
        ...CHART,
        type: 'bar',
        series: [
          {
            type: 'bar',
            label: 'b',
            total: 1,
            orientation: 'horizontal',
            points: [{ label: 'x', value: 2 }],
          },
        ],
      },
    ],
    [
      'a surface in space',
      {
        ...CHART,
        type: '3d',
        axes: { x: AXIS, y: AXIS, z: AXIS },
        series: [{ type: 'faces3d', label: null, total: 6, points: [] }],
      },
    ],
    [
      'a heat map',
      {
        ...CHART,
        type: 'heatmap',
        series: [
          {
            type: 'heatmap',
            label: null,
            total: 1,
            rows: 1,
            columns: 1,
            points: [{ x: 'a', y: 0, value: null }],
          },
        ],
      },
    ],
  ])('may hold %s as data', (_, chart) => {
    const payload = bytes({ data: { 'image/png': 'cG5n' }, metadata: {}, chart });
    expect(collector().display(payload)?.chart).toEqual(chart);
  });

  test.each<[string, unknown]>([
    ['no data', { data: {}, metadata: {}, chart: null }],
    ['a form that is no text', { data: { 'text/html': 1 }, metadata: {}, chart: null }],
    ['a name that is no MIME type', { data: { html: 'x' }, metadata: {}, chart: null }],
    ['an unknown key', { data: { 'a/b': 'x' }, metadata: {}, chart: null, more: 1 }],
    [
      'points of what is only named',
      {
        data: { 'a/b': 'x' },
        metadata: {},
        chart: { ...CHART, series: [{ ...LINE, type: 'faces3d' }] },
      },
    ],
    ['a chart of an unknown type', { data: { 'a/b': 'x' }, metadata: {}, chart: { ...CHART, type: 'x' } }],
    [
      'a point with an object',
      {
        data: { 'a/b': 'x' },
        metadata: {},
        chart: { ...CHART, series: [{ ...LINE, points: [{ x: {}, y: 1 }] }] },
      },
    ],
    [
      'too many forms',
      {
        data: Object.fromEntries([...Array(17).keys()].map((n) => [`a/b${n}`, ''])),
        metadata: {},
        chart: null,
      },
    ],
    ['too many bytes', { data: { 'a/b': 'x'.repeat(70_000) }, metadata: {}, chart: null }],
  ])('with %s are left out with a note', (_, message) => {
    const displays = collector();
    expect(displays.display(bytes(message))).toBeNull();
    const { notes, ...rest } = displays.finish();
    expect(rest).toEqual({ displays: [], metadata: {} });
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/^displays: one that could not be read was left out \(.+\)$/);
  });

  test('are no longer read when too many could not be', () => {
    const displays = collector();
    for (let at = 0; at < 20; at += 1) displays.display(bytes(1));
    expect(displays.display(shown('good'))).toBeNull();
    expect(displays.finish().notes).toHaveLength(1);
  });

  test('and what they hold cannot be changed', () => {
    const display = collector().display(shown('a'));
    expect([Object.isFrozen(display), Object.isFrozen(display?.data)]).toEqual([true, true]);
  });
});

describe('events', () => {
  test('progress is told', () => {
    const progress = { type: 'progress', fraction: 0.5, text: null };
    expect(collector().event(bytes(progress))).toEqual(progress);
  });

  test('metadata is told by key with decoded values, and the last word is the whole', () => {
    const displays = collector();
    const value = { $pungi: 'int', value: '9007199254740993' };
    expect(displays.event(bytes({ type: 'metadata-entry', key: 'k', value }))).toEqual({
      type: 'metadata',
      key: 'k',
      value: 9007199254740993n,
    });
    displays.event(bytes({ type: 'metadata-entry', key: 'gone', value: 1 }));
    expect(
      displays.event(
        bytes({
          type: 'metadata',
          entries: [
            ['k', 2],
            ['__proto__', 3],
          ],
        }),
      ),
    ).toBeNull();
    const { metadata } = displays.finish();
    expect(Object.entries(metadata)).toEqual([
      ['k', 2],
      ['__proto__', 3],
    ]);
  });

  test('a whole that cannot be read leaves what was told before', () => {
    const displays = collector();
    displays.event(bytes({ type: 'metadata-entry', key: 'k', value: 1 }));
    displays.event(bytes({ type: 'metadata', entries: [['k', { $pungi: 'no', value: 1 }]] }));
    expect(displays.finish()).toEqual({
      displays: [],
      metadata: { k: 1 },
      notes: ['displays: one that could not be read was left out (no value of tag "no")'],
    });
  });

  test.each<[string, unknown]>([
    ['of an unknown type', { type: 'exit' }],
    ['with a fraction above 1', { type: 'progress', fraction: 2, text: null }],
    ['with a key too long', { type: 'metadata-entry', key: 'k'.repeat(201), value: 1 }],
  ])('%s are left out', (_, message) => {
    const displays = collector();
    expect(displays.event(bytes(message))).toBeNull();
    expect(displays.finish().notes).toHaveLength(1);
  });

  test('more of them than a worker sends are not read', () => {
    const displays = collector();
    const progress = bytes({ type: 'progress', fraction: null, text: null });
    const told = Array.from({ length: 25_010 }, () => displays.event(progress)).filter(Boolean);
    expect(told).toHaveLength(25_000);
  });
});
