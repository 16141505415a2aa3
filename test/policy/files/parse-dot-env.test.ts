import { expect, test } from 'vitest';
import { parseDotEnv } from '../../../src/policy/files/parse-dot-env.js';

test.each<[text: string, variables: Record<string, string>]>([
  ['', {}],
  ['\uFEFFA=1', { A: '1' }],
  ['A=\nB= \n', { A: '', B: '' }],
  ['  export A = x y  # z\r\nB=2', { A: 'x y', B: '2' }],
  ['A=x#y', { A: 'x#y' }],
  ["A='$B \\n \"' # c", { A: '$B \\n "' }],
  ['A="a\\nb\\t\\"\\$\\\\ \\q"', { A: 'a\nb\t"$\\ \\q' }],
  ['A="`id`"\nB=$(id)', { A: '`id`', B: '$(id)' }],
  ['__proto__=1', JSON.parse('{"__proto__": "1"}')],
])('%j', (text, variables) => {
  expect(parseDotEnv(text)).toStrictEqual(variables);
});
