import { expect, test } from 'vitest';
import { buildResult } from '../../src/result/build-result.js';
import { orThrow, RunFailed } from '../../src/result/or-throw.js';
import { failedOutcome, sampleEnding } from './sample-ending.js';

test('gives back a result that ended well', () => {
  const result = buildResult(sampleEnding());
  expect(orThrow(result)).toBe(result);
});

test('throws what went wrong, with the result', () => {
  const result = buildResult(sampleEnding({ outcome: failedOutcome({}) }));
  const thrown = (() => {
    try {
      return orThrow(result);
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toBeInstanceOf(RunFailed);
  expect(thrown).toMatchObject({
    name: 'RunFailed',
    message: 'ZeroDivisionError: division by zero',
    status: 'error',
    result,
  });
});
