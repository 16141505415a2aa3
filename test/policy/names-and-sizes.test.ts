import { describe, expect, test } from 'vitest';
import { envNameProblem, envValueProblem } from '../../src/policy/env-rules.js';
import { memoryMegabytes } from '../../src/policy/memory-size.js';
import { isGlobalName, isModuleName, isPythonName } from '../../src/policy/python-names.js';
import { textProblem } from '../../src/policy/text-rules.js';
import { toMilliseconds } from '../../src/policy/to-milliseconds.js';

describe('isPythonName', () => {
  test.each(['a', '_', '_a1', 'größe', 'été', '变量', '__name__', 'match'])('takes %s', (name) => {
    expect(isPythonName(name)).toBe(true);
  });

  test.each(['', '1a', 'a-b', 'a b', 'a.b', 'None', 'lambda', 'ﬁt', 'a\n', '\ud800'])(
    'refuses %j',
    (name) => {
      expect(isPythonName(name)).toBe(false);
    },
  );
});

describe('isModuleName', () => {
  test.each<[string, boolean]>([
    ['os', true],
    ['urllib.parse', true],
    ['xml.etree.ElementTree', true],
    ['', false],
    ['.os', false],
    ['os.', false],
    ['os..path', false],
    ['os; import sys', false],
    ['a'.repeat(256), false],
  ])('%j: %s', (name, accepted) => {
    expect(isModuleName(name)).toBe(accepted);
  });
});

describe('isGlobalName', () => {
  test.each<[string, boolean]>([
    ['rate', true],
    ['_private', true],
    ['result', false],
    ['input_data', false],
    ['__builtins__', false],
    ['__', true],
    ['for', false],
  ])('%j: %s', (name, accepted) => {
    expect(isGlobalName(name)).toBe(accepted);
  });
});

describe('envNameProblem', () => {
  const FORM = 'a name of ASCII letters, digits and `_` that does not start with a digit';
  const OURS = 'any name but `PYTHON*`, `LD_*`, `PATH` and `HOME`, which are set by pungi alone';
  test.each<[string, string | null]>([
    ['API_KEY', null],
    ['_x1', null],
    ['PATHS', null],
    ['HOMEPAGE', null],
    ['path', null],
    ['PATH', OURS],
    ['HOME', OURS],
    ['PYTHONPATH', OURS],
    ['PYTHON', OURS],
    ['LD_PRELOAD', OURS],
    ['', FORM],
    ['1A', FORM],
    ['A=B', FORM],
    ['A B', FORM],
    ['Ä', FORM],
    ['A\n', FORM],
    ['__proto__', FORM],
  ])('%j', (name, problem) => {
    expect(envNameProblem(name)).toBe(problem);
  });

  test.each<[unknown, string | null]>([
    ['', null],
    ['any text\nwith lines', null],
    ['nul\0', 'text without NUL and lone surrogates'],
    ['\udc00', 'text without NUL and lone surrogates'],
    [5, 'text without NUL and lone surrogates'],
  ])('value %j', (value, problem) => {
    expect(envValueProblem(value)).toBe(problem);
  });
});

describe('memoryMegabytes', () => {
  test.each<[number | string, number | null]>([
    [16, 16],
    [65_536, 65_536],
    [300.5, 300.5],
    ['256m', 256],
    ['512mb', 512],
    ['512MB', 512],
    ['1g', 1024],
    ['1.5g', 1536],
    ['64g', 65_536],
    [15.9, null],
    [65_537, null],
    [-1, null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    ['15m', null],
    ['65g', null],
    ['256', null],
    ['256k', null],
    ['-256m', null],
    ['256 m', null],
    ['1e3m', null],
    ['mb', null],
    ['', null],
  ])('%j is %j', (size, megabytes) => {
    expect(memoryMegabytes(size)).toBe(megabytes);
  });
});

test.each([
  ['fine \u{1f40d}', null],
  ['a\0b', 'holds a NUL character'],
  ['a\ud800b', 'holds a lone surrogate, which UTF-8 cannot carry'],
])('textProblem of %j', (text, problem) => {
  expect(textProblem(text)).toBe(problem);
});

test.each([
  [5, 5000],
  [1.1, 1100],
  [0.29, 290],
  [0.0001, 1],
])('%d seconds are %d ms', (seconds, milliseconds) => {
  expect(toMilliseconds(seconds)).toBe(milliseconds);
});
