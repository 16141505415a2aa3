import { expect, test } from 'vitest';
import { checkOneshot, refuseOneshot } from '../../src/job/check-oneshot.js';

test.each([
  [undefined, false],
  [{}, false],
  [{ oneshot: undefined }, false],
  [{ oneshot: false }, false],
  [{ oneshot: true }, true],
])('%j', (options, expected) => {
  expect(checkOneshot(options)).toBe(expected);
});

test.each([
  [1, '1'],
  ['true', "'true'"],
  [null, 'null'],
])('a value that is neither true nor false: %j', (oneshot, shown) => {
  const message = `Option \`oneshot\` is ${shown}; allowed: true or false.`;
  expect(() => checkOneshot({ oneshot })).toThrow(
    expect.objectContaining({ code: 'INVALID_INPUT', message }),
  );
});

test('a runner refuses what it would not do', () => {
  const message = 'Option `oneshot` is true, but the runs of a runner share its processes.';
  expect(() => refuseOneshot({ oneshot: true })).toThrow(expect.objectContaining({ message }));
  expect(() => refuseOneshot({ oneshot: false })).not.toThrow();
});
