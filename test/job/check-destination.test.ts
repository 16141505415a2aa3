import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkDestination } from '../../src/job/check-destination.js';

const place = realpathSync(mkdtempSync(join(tmpdir(), 'destination-')));
beforeAll(() => {
  mkdirSync(join(place, 'out/deep'), { recursive: true });
  mkdirSync(join(place, 'out-side'));
  symlinkSync(join(place, 'out'), join(place, 'link'));
  symlinkSync('/etc', join(place, 'out/etc'));
  symlinkSync('/nowhere/x', join(place, 'out/broken'));
});
afterAll(() => rmSync(place, { recursive: true }));

describe('checkDestination gives the real path of', () => {
  test.each<[string, string, string]>([
    ['a file that is not there yet', 'out/a.csv', 'out/a.csv'],
    ['one in directories that are not there yet', 'out/x/y/a.csv', 'out/x/y/a.csv'],
    ['the place itself', 'out', 'out'],
    ['one by way of a link', 'link/a.csv', 'out/a.csv'],
    ['one with .. that stays inside', 'out/deep/../a.csv', 'out/a.csv'],
  ])('%s', async (_title, path, real) => {
    expect(await checkDestination(join(place, path), [join(place, 'out')])).toBe(join(place, real));
  });

  test('one in a place that is a link', async () => {
    expect(await checkDestination(join(place, 'out/a'), [join(place, 'link')])).toBe(join(place, 'out/a'));
  });

  test('what is relative, from the current directory, and ~, from home', async () => {
    const here = realpathSync(process.cwd());
    expect(await checkDestination('not-there/a.csv', ['.'])).toBe(join(here, 'not-there/a.csv'));
    expect(await checkDestination('~/not-there.csv', ['~'])).toBe(
      join(realpathSync(homedir()), 'not-there.csv'),
    );
  });
});

describe('checkDestination refuses', () => {
  test.each([
    ['another place', '/etc/x'],
    ['a neighbour whose name begins the same', join(place, 'out-side/a')],
    ['.. that leads out', join(place, 'out/../a')],
    ['a link that leads out', join(place, 'out/etc/passwd')],
    ['a link that leads nowhere', join(place, 'out/broken')],
    ['what lies behind such a link', join(place, 'out/broken/a')],
    ['NUL', `${place}/out/a\0`],
    ['nothing', ''],
  ])('%s', async (_title, path) => {
    await expect(checkDestination(path, [join(place, 'out')])).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: `Writing '${path}' is not allowed; writable: ('${join(place, 'out')}',)`,
    });
  });

  test.each<[readonly string[], string]>([
    [[], '()'],
    [['./none'], "('./none',)"],
    [['./none', '/nowhere'], "('./none', '/nowhere')"],
  ])('with %j, in the words of the sandbox', async (writable, shown) => {
    await expect(checkDestination('/etc/x', writable)).rejects.toThrow(
      `Writing '/etc/x' is not allowed; writable: ${shown}`,
    );
  });
});
