import { expect, test } from 'vitest';
import { uncheckedKeyword } from '../../src/functions/unchecked-keyword.js';

test.each<[schema: object, problem: string | null]>([
  [{ type: 'object', properties: { x: { type: 'integer', minimum: 5 } }, required: ['x'] }, null],
  [{ enum: ['a', 1] }, null],
  [{ anyOf: [{ type: 'string', maxLength: 2 }, { type: 'null' }] }, null],
  [{ $ref: '#/$defs/s', $defs: { s: { type: 'string' } }, description: 'words' }, null],
  [{ type: 'object', properties: { x: { minimum: 5 } } }, "`minimum` without `type: 'number'`"],
  [{ type: 'object', properties: { x: { pattern: '^/safe' } } }, "`pattern` without `type: 'string'`"],
  [{ type: 'object', required: ['y'] }, "`required` with 'y', which is none of its `properties`"],
  [{ allOf: [{ type: 'string' }, { maxLength: 2 }] }, "`maxLength` without `type: 'string'`"],
  [{ anyOf: [{ required: ['a'] }, { required: ['b'] }] }, "`required` without `type: 'object'`"],
  [{ $ref: '#/$defs/s', maxLength: 2, $defs: { s: { type: 'string' } } }, '`maxLength` beside `$ref`'],
  [{ type: 'object', if: {}, properties: {} }, '`if`'],
  [{ type: 'array', items: { dependentRequired: {} } }, '`dependentRequired`'],
])('%j: %s', (schema, problem) => {
  expect(uncheckedKeyword(schema)).toBe(problem);
});
