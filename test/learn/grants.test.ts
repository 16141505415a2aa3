import { expect, test } from 'vitest';
import { PungiError } from '../../src/index.js';
import { checkGrants, widePolicy } from '../../src/learn/grants.js';

test('nothing is granted that was not given', () => {
  expect(widePolicy({})).toEqual({
    timeoutSeconds: 60,
    cpuSeconds: 240,
    memoryLimitMb: 2048,
    maxProcesses: 256,
    maxOpenFiles: 1024,
    diskLimitMb: 512,
    maxOutputKb: 8192,
    maxResultKb: 8192,
    blockedImports: [],
    isolation: 'full',
  });
  const given = { timeoutSeconds: 0.5, allowNetwork: true, readablePaths: ['/data'] };
  expect(widePolicy(given)).toMatchObject({ ...given, cpuSeconds: 2 });
});

test.each([
  [{ banDunders: true }, '`banDunders` cannot be given to learn from; it is learnt, or left as it is.'],
  [{ isolation: 'process' }, '`isolation` cannot be given to learn from; it is learnt, or left as it is.'],
  [{ timeoutSeconds: -1 }, '`timeoutSeconds` is -1; allowed: a number above 0 and at most 3600.'],
])('%j is refused', (grants, message) => {
  const check = (): unknown => checkGrants(grants);
  expect(check).toThrow(PungiError);
  expect(check).toThrow(message);
});
