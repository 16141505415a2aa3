import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { followPaths } from '../../src/job/path-base.js';
import { buildPlan } from '../../src/plan/build-plan.js';
import type { PathBase } from '../../src/plan/paths.js';
import { facts, policy } from '../plan/samples.js';

const place = realpathSync(mkdtempSync(join(tmpdir(), 'paths-')));
const base: PathBase = { cwd: place, home: join(place, 'home') };
beforeAll(() => {
  mkdirSync(join(place, 'home'));
  mkdirSync(join(place, 'disk/data'), { recursive: true });
  symlinkSync('disk/data', join(place, 'link'));
  symlinkSync(join(place, 'link'), join(place, 'home/again'));
  symlinkSync('/usr/lib', join(place, 'libraries'));
});
afterAll(() => rmSync(place, { recursive: true }));

test('without paths nothing is looked at', async () => {
  expect(await followPaths({ writablePaths: [], readablePaths: [] }, base)).toEqual({
    ...base,
    places: new Map(),
  });
});

test('links are followed, and kept', async () => {
  const { places } = await followPaths({ writablePaths: ['~/again'], readablePaths: ['link'] }, base);
  const second = { path: join(place, 'link'), target: 'disk/data' };
  const first = { path: join(place, 'home/again'), target: join(place, 'link') };
  const realPath = join(place, 'disk/data');
  expect(places).toEqual(
    new Map([
      [join(place, 'home/again'), { realPath, links: [first, second] }],
      [join(place, 'link'), { realPath, links: [second] }],
    ]),
  );
});

test.each([
  ['gone', `writablePaths: 'gone' ('${join(place, 'gone')}') does not exist, or cannot be looked at.`],
  [join(place, 'gone'), `writablePaths: '${join(place, 'gone')}' does not exist, or cannot be looked at.`],
])('%s, which is not there, is refused', async (path, message) => {
  await expect(followPaths({ writablePaths: [path], readablePaths: [] }, base)).rejects.toMatchObject({
    code: 'INVALID_POLICY',
    message,
    details: { key: 'writablePaths', value: path, path: join(place, 'gone') },
  });
});

test('the kernel is told of real paths, the root of the links, the program of what was written', async () => {
  const given = policy({ writablePaths: ['link'], readablePaths: ['~/again'] });
  const plan = buildPlan(given, facts(), [], await followPaths(given, base));
  const real = join(place, 'disk/data');
  expect(plan.zygote.root?.mounts.filter(({ path }) => path.startsWith(place))).toEqual([
    { path: real, access: 'write' },
  ]);
  expect(plan.zygote.root?.symlinks).toContainEqual({ path: join(place, 'link'), target: 'disk/data' });
  expect(plan.worker.landlock?.rules.map(({ path }) => path)).toContain(real);
  expect(plan.language.writable).toContain(join(place, 'link'));
});

test('a link to what every run loads may not be written', async () => {
  const given = policy({ writablePaths: ['libraries'] });
  const followed = await followPaths(given, base);
  expect(() => buildPlan(given, facts(), [], followed)).toThrow(
    "writablePaths: '/usr/lib' overlaps '/usr/lib/python3', which every run loads as Python or harness code.",
  );
});
