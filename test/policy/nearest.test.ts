import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, nearest } from '../../src/policy/nearest.js';
import { POLICY_KEYS } from '../../src/policy/schema.js';

describe('nearest', () => {
  test.each([
    ['timeoutSecond', 'timeoutSeconds'],
    ['timeout_seconds', 'timeoutSeconds'],
    ['TIMEOUTSECONDS', 'timeoutSeconds'],
    ['timeout', 'timeoutSeconds'],
    ['memoryLimit', 'memoryLimitMb'],
    ['maxMemoryMb', null],
    ['network', 'allowNetwork'],
    ['allowNetwrok', 'allowNetwork'],
    ['blocked_imports', 'blockedImports'],
    ['allowImports', 'allowedImports'],
    ['maxFile', 'maxFiles'],
    ['isolatoin', 'isolation'],
    ['python', 'pythonExecutable'],
    ['x', null],
    ['', null],
    ['__proto__', null],
    ['colour', null],
    ['timeoutSeconds'.repeat(10), null],
  ])('%s means %s', (name, meant) => {
    expect(nearest(name, POLICY_KEYS)).toBe(meant);
  });
});

describe('editDistance', () => {
  test.each([
    ['', '', 0],
    ['abc', '', 3],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['abcd', 'acbd', 1],
  ])('from %j to %j is %d', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
  });

  test('is symmetric and zero only for equal texts', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (from, to) => {
        expect(editDistance(from, to)).toBe(editDistance(to, from));
        expect(editDistance(from, to) === 0).toBe(from === to);
      }),
    );
  });
});
