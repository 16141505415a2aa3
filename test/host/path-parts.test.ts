import { expect, test } from 'vitest';
import { isWithin, outermost } from '../../src/host/path-parts.js';

test.each([
  ['/a/b', '/a', true],
  ['/a', '/a', true],
  ['/ab', '/a', false],
  ['/a', '/a/b', false],
  ['/a', '/', true],
])('%s within %s: %s', (path, ancestor, expected) => {
  expect(isWithin(path, ancestor)).toBe(expected);
});

test.each([
  [
    ['/b', '/a', '/b'],
    ['/a', '/b'],
  ],
  [
    ['/a/b', '/a', '/ab'],
    ['/a', '/ab'],
  ],
  [['/a', '/'], ['/']],
  [[], []],
])('the outermost of %j are %j', (paths, expected) => {
  expect(outermost(paths)).toEqual(expected);
});
