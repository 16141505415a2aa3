import { describe, expect, test } from 'vitest';
import { fileNameProblem, fileNamesProblem } from '../../src/job/file-names.js';

const parts = (count: number): string => Array.from({ length: count }, () => 'a').join('/');

describe('fileNameProblem', () => {
  test.each<[string, string | null]>([
    ['data.csv', null],
    ['pkg/mod.py', null],
    ['a b/ü\u{1f40d}', null],
    ['...', null],
    ['.hidden', null],
    ['__proto__', null],
    ['a'.repeat(255), null],
    [parts(32), null],
    ['', 'is empty'],
    ['a\0b', 'holds a NUL character'],
    ['\ud800', 'holds a lone surrogate, which UTF-8 cannot carry'],
    ['a\\b', 'holds a backslash; parts are joined by /'],
    ['/etc/passwd', 'is absolute'],
    ['/', 'is absolute'],
    ['dir/', 'ends with a slash, so that it names a directory'],
    ['a//b', 'has an empty part'],
    ['.', "has the part '.'"],
    ['./a', "has the part '.'"],
    ['..', "has the part '..'"],
    ['../a', "has the part '..'"],
    ['a/../../b', "has the part '..'"],
    ['a'.repeat(256), 'has a part over 255 bytes'],
    ['ü'.repeat(128), 'has a part over 255 bytes'],
    [parts(33), 'has 33 parts; allowed: at most 32'],
    [Array.from({ length: 16 }, () => 'a'.repeat(200)).join('/'), 'is over 3000 bytes'],
  ])('row %#: %j', (name, problem) => {
    expect(fileNameProblem(name)).toBe(problem);
  });
});

describe('fileNamesProblem', () => {
  test.each<[readonly string[], string | null]>([
    [[], null],
    [['a', 'b/c', 'b/d', 'ab/c'], null],
    [['ok', '../x'], "File name '../x' has the part '..'."],
    [['a', 'a'], "File name 'a' is given twice."],
    [['a/b', 'a'], "File name 'a/b' uses 'a' as a directory, which is a file."],
    [['a', 'a/b/c'], "File name 'a/b/c' uses 'a' as a directory, which is a file."],
    [['a/b', 'a/b/c/d'], "File name 'a/b/c/d' uses 'a/b' as a directory, which is a file."],
  ])('%j', (names, problem) => {
    expect(fileNamesProblem(names)).toBe(problem);
  });
});
