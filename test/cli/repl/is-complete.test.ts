import { expect, test } from 'vitest';
import { isComplete } from '../../../src/cli/repl/is-complete.js';

test.each<[lines: readonly string[], complete: boolean]>([
  [['1 + 1'], true],
  [['x = (1,'], false],
  [['x = (1,', '2)'], true],
  [['"""text'], false],
  [['"""text', 'end"""'], true],
  [['x = 1 \\'], false],
  [['if x:'], false],
  [['if x:', '    pass'], false],
  [['if x:', '    pass', ''], true],
  [['if x:  # note'], false],
  [['if x: pass'], true],
  [['@decorated'], false],
  [['@decorated', 'def f():', '    pass', ''], true],
  [['{1: 2}'], true],
  [['x = "a:"'], true],
  [['# only a note'], true],
])('%j is complete: %s', (lines, complete) => {
  expect(isComplete(lines)).toBe(complete);
});
