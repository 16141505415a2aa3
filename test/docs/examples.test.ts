import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { sciencePython } from '../conformance/science-python.js';

const ROOT = join(import.meta.dirname, '../..');
const { file, skip } = sciencePython(['matplotlib', 'pandas']);
/** Beneath the repository, where vitest transforms what is imported. */
mkdirSync(join(ROOT, '.cache'), { recursive: true });
const place = mkdtempSync(join(ROOT, '.cache/example-'));
const outside = mkdtempSync(join(tmpdir(), 'pungi-example-'));
afterAll(() => {
  rmSync(place, { recursive: true });
  rmSync(outside, { recursive: true });
});

test('examples/tools.mjs calls tools, and is refused what was not approved', async () => {
  const said: unknown[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...words) => said.push(...words));
  const copy = join(place, 'tools.mjs');
  const source = JSON.stringify(join(ROOT, 'src/index.ts'));
  writeFileSync(
    copy,
    readFileSync(join(ROOT, 'examples/tools.mjs'), 'utf8').replace("'../dist/index.js'", source),
  );
  await import(copy).finally(() => log.mockRestore());
  expect(said.slice(-2)).toEqual(['ordered:', '3 apples, 3 bread']);
});

test('examples/search.mjs finds its way through branches, and leaves the session as it was', async () => {
  const said: unknown[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...words) => said.push(...words));
  const copy = join(place, 'search.mjs');
  const source = JSON.stringify(join(ROOT, 'src/index.ts'));
  writeFileSync(
    copy,
    readFileSync(join(ROOT, 'examples/search.mjs'), 'utf8').replace("'../dist/index.js'", source),
  );
  await import(copy).finally(() => log.mockRestore());
  expect(said).toEqual([
    '24 = (6 / (1 - (3 / 4)))',
    expect.stringMatching(/^\d+ branches in /),
    'the session itself is as it was: [3, 4, 1, 6]',
  ]);
});

test.skipIf(skip !== null)(
  `examples/chart.mjs analyses a CSV and saves its chart${skip === null ? '' : ` (skipped: ${skip})`}`,
  async () => {
    const picture = join(outside, 'chart.png');
    const text = readFileSync(join(ROOT, 'examples/chart.mjs'), 'utf8')
      .replace("'../dist/index.js'", JSON.stringify(join(ROOT, 'src/index.ts')))
      .replace("process.argv[2] ?? '/usr/bin/python3'", JSON.stringify(file))
      .replace("'chart.png'", JSON.stringify(picture));
    const copy = join(place, 'chart.mjs');
    writeFileSync(copy, text);
    await import(copy);
    const png = readFileSync(picture);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    // Width and height stand in the header: a picture of some size, not an empty one.
    expect([png.readUInt32BE(16) > 400, png.readUInt32BE(20) > 300, png.length > 5000]).toEqual([
      true,
      true,
      true,
    ]);
  },
);
