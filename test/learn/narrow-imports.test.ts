import { expect, test } from 'vitest';
import { narrowImports } from '../../src/learn/narrow-imports.js';

test.each<[names: readonly string[], list: readonly string[]]>([
  [[], []],
  [
    ['json', 'csv', 'json'],
    ['csv', 'json'],
  ],
  [['os.path', 'os'], ['os']],
  [
    ['os.path', 'osmium'],
    ['os.path', 'osmium'],
  ],
  [
    ['xml.etree.ElementTree', 'xml.sax'],
    ['xml.etree.ElementTree', 'xml.sax'],
  ],
  [['no name', 'a..b', '', 'class', 'x;y'], []],
])('%j is allowed by %j', (names, list) => {
  expect(narrowImports(names)).toEqual(list);
});
