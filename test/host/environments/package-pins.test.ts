import { expect, test } from 'vitest';
import {
  environmentsDirectory,
  isEnvironmentName,
} from '../../../src/host/environments/environment-place.js';
import { readPins } from '../../../src/host/environments/package-pins.js';

test('pins are sorted', () => {
  expect(readPins(['pandas==2.2.3', 'numpy[all]==2.1.0rc1', 'a==1!2.0+cpu'])).toEqual([
    'a==1!2.0+cpu',
    'numpy[all]==2.1.0rc1',
    'pandas==2.2.3',
  ]);
});

test.each([
  ['pandas', "The package 'pandas' is not pinned; allowed: NAME==VERSION with one exact version."],
  ['pandas>=2', "The package 'pandas>=2' is not pinned; allowed: NAME==VERSION with one exact version."],
  ['pandas==2.*', "The package 'pandas==2.*' is not pinned; allowed: NAME==VERSION with one exact version."],
  ['-rlist.txt', "The package '-rlist.txt' is not pinned; allowed: NAME==VERSION with one exact version."],
  ['./a.whl', "The package './a.whl' is not pinned; allowed: NAME==VERSION with one exact version."],
  ['a==1 -e .', "The package 'a==1 -e .' is not pinned; allowed: NAME==VERSION with one exact version."],
  [
    'a @ file:///x==1',
    "The package 'a @ file:///x==1' is not pinned; allowed: NAME==VERSION with one exact version.",
  ],
])('%s is refused', (text, message) => {
  expect(() => readPins([text])).toThrow(message);
});

test('one package twice is refused, whatever the spelling', () => {
  expect(() => readPins(['my-a==1', 'My_A==2'])).toThrow(
    "The package 'My_A' is given twice: 'my-a==1' and 'My_A==2'.",
  );
});

test.each([
  ['data', true],
  ['data-2026.1', true],
  ['', false],
  ['..', false],
  ['.a', false],
  ['a/b', false],
  ['-a', false],
  ['a'.repeat(65), false],
])('%j as a name: %s', (name, expected) => {
  expect(isEnvironmentName(name)).toBe(expected);
});

test.each([
  [{}, '/home/a/.local/share/pungi/envs'],
  [{ XDG_DATA_HOME: '/data' }, '/data/pungi/envs'],
  [{ XDG_DATA_HOME: 'data' }, '/home/a/.local/share/pungi/envs'],
])('environments lie, with %j, in %s', (env, expected) => {
  expect(environmentsDirectory('/home/a', env)).toBe(expected);
});
