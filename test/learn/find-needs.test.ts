import { expect, test } from 'vitest';
import { findNeeds } from '../../src/learn/find-needs.js';
import type { Denial } from '../../src/result/run-result.js';
import { sampleSeen } from './sample-seen.js';

function denial(action: string, target: string, hint: string): Denial {
  return { layer: 'filesystem', action, target, line: 1, message: `Refused ${target}.`, hint };
}

test.each<[denial: Denial, key: string | null, value: true | string | null]>([
  [
    denial('open', '/data/./a', "Add '/data/./a' to readablePaths, or hand the file in by files."),
    'readablePaths',
    '/data/a',
  ],
  [denial('dlopen', '/opt/x.so', 'Add its directory to readablePaths.'), 'readablePaths', '/opt'],
  [
    denial('open', '/data/new', "Write to one of these, or add '/data' to writablePaths."),
    'writablePaths',
    '/data',
  ],
  [denial('open', '../a', "Add '../a' to readablePaths, or hand the file in by files."), null, null],
  [denial('open', '/new', 'Write to one of these.'), null, null],
  [denial('connect', '10.0.0.1:80', 'Set allowNetwork: true to allow it.'), 'allowNetwork', true],
  [denial('start', 'sh', 'Set allowSubprocess: true to allow it.'), 'allowSubprocess', true],
])('%j needs %s', (refused, key, value) => {
  expect(findNeeds([refused], null, [])).toEqual([{ key, value, denial: refused }]);
});

test('one answer to several refusals is given once', () => {
  const hint = 'Set allowNetwork: true to allow it.';
  expect(findNeeds([denial('connect', 'a', hint), denial('resolve', 'b', hint)], null, [])).toHaveLength(1);
});

test('what is read in the /tmp of the run and was not put there was meant for that of the host', () => {
  const seen = sampleSeen({
    reads: ['/tmp', '/tmp/host.csv', '/tmp/granted/a', '/tmp/made/b', '/sandbox/work/c', '/etc/d'],
    writes: ['/tmp/made'],
  });
  const needs = findNeeds([], seen, ['/tmp/granted']);
  expect(needs.map(({ key, value }) => [key, value])).toEqual([['readablePaths', '/tmp/host.csv']]);
});
