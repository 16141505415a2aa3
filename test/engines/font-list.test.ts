import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { needsFontList, withFontList } from '../../src/engines/font-list.js';
import { hostFacts } from '../../src/host/default-host.js';
import { prepareJob } from '../../src/job/prepare-job.js';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';
import { sciencePython } from '../conformance/science-python.js';

const { file, skip } = sciencePython(['matplotlib']);
const base = { cwd: process.cwd(), home: homedir() };
const job = (code: string) => prepareJob(code, {}, {}, resolvePolicy({}));
const place = mkdtempSync(join(tmpdir(), 'pungi-fonts-'));
afterAll(() => rmSync(place, { recursive: true }));

test.each([
  ['import matplotlib.pyplot as plt', true],
  ['import seaborn', true],
  ['df.plot(kind="bar")', true],
  ['print(1)', false],
  ['plot = 1', false],
])('%s: whether a list of fonts goes with it is %s', (code, needed) => {
  expect(needsFontList(job(code))).toBe(needed);
});

describe.skipIf(skip !== null)(`the list of fonts${skip === null ? '' : ` (skipped: ${skip})`}`, () => {
  test('is made by a jailed run, kept, and read again', async () => {
    const facts = await hostFacts({ path: file });
    const here = { ...facts, harness: { ...facts.harness, cacheDirectory: place } };
    const { fontList } = await withFontList(job('import matplotlib'), here, base, 'kernel', null);
    expect(fontList).toMatch(/^fontlist-v\d+\.json\n\{/);
    expect(fontList).toContain('DejaVu Sans');
    const [name = ''] = readdirSync(place);
    expect(readdirSync(place)).toEqual([expect.stringMatching(/^fonts-[0-9a-f]{32}\.txt$/)]);
    expect(readFileSync(join(place, name), 'utf8')).toBe(fontList);

    // In a program of its own it would be read: here under another path, since this one is remembered.
    const other = mkdtempSync(join(place, 'other-'));
    writeFileSync(join(other, name), 'fontlist-v1.json\n{}');
    const there = { ...facts, harness: { ...facts.harness, cacheDirectory: other } };
    const again = await withFontList(job('import matplotlib'), there, base, 'kernel', null);
    expect(again.fontList).toBe('fontlist-v1.json\n{}');
  });

  test('is made anew where something else is kept, and who aborts does not wait for that', async () => {
    const facts = await hostFacts({ path: file });
    const [name = ''] = readdirSync(place).filter((one) => one.startsWith('fonts-'));
    const other = mkdtempSync(join(place, 'other-'));
    writeFileSync(join(other, name), 'x'.repeat(5 << 20));
    const there = { ...facts, harness: { ...facts.harness, cacheDirectory: other } };
    const impatient = new AbortController();
    const made: string[] = [];
    const waiting = withFontList(job('import matplotlib'), there, base, 'kernel', null).then((found) => {
      made.push('waiting');
      return found;
    });
    const left = withFontList(job('import matplotlib'), there, base, 'kernel', impatient.signal);
    impatient.abort();
    expect([(await left).fontList, made]).toEqual([null, []]);
    expect((await waiting).fontList).toContain('DejaVu Sans');
    expect(readFileSync(join(other, name), 'utf8')).toBe((await waiting).fontList);
  });

  test('is left out where nothing can be kept', async () => {
    const facts = await hostFacts({ path: file });
    const nowhere = { ...facts, harness: { ...facts.harness, cacheDirectory: null } };
    const asked = job('import matplotlib');
    expect(await withFontList(asked, nowhere, base, 'kernel', null)).toBe(asked);
  });
});
