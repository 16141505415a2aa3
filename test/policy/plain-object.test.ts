import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { readPlainObject } from '../../src/policy/plain-object.js';

describe('readPlainObject refuses', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a string', 'text'],
    ['a number', 5],
    ['a function', () => 1],
    ['an array', []],
    ['an instance of a class', new (class Policy {})()],
    ['an instance of a class', new Map()],
    ['an instance of a class', new Date()],
    ['an instance of a class', Object.create({ timeoutSeconds: 1 })],
    ['an instance of a class', Object.create(Object.create(null))],
    ['a proxy', new Proxy({}, {})],
    ['an object with symbol keys', { [Symbol('key')]: 1 }],
  ])('%s', (reason, value) => {
    expect(readPlainObject(value)).toEqual({ ok: false, reason });
  });

  test('a getter that throws, and keeps its error as the cause', () => {
    const cause = new Error('inside');
    const value = {
      get bad(): never {
        throw cause;
      },
    };
    expect(readPlainObject(value)).toEqual({
      ok: false,
      reason: 'an object whose key `bad` throws when read',
      cause,
    });
  });
});

describe('readPlainObject reads', () => {
  test.each<[string, unknown, [string, unknown][]]>([
    [
      'a literal',
      { a: 1, b: undefined },
      [
        ['a', 1],
        ['b', undefined],
      ],
    ],
    ['an object without prototype', Object.assign(Object.create(null), { a: 1 }), [['a', 1]]],
    ['an object of another realm', runInNewContext('({ a: 1 })'), [['a', 1]]],
    ['`__proto__` as a key', JSON.parse('{"__proto__": 1}'), [['__proto__', 1]]],
    ['no hidden keys', Object.defineProperty({}, 'hidden', { value: 1, enumerable: false }), []],
  ])('%s', (_title, value, entries) => {
    expect(readPlainObject(value)).toEqual({ ok: true, entries: new Map(entries) });
  });

  test('each getter once', () => {
    let reads = 0;
    const value = {
      get key(): number {
        reads += 1;
        return reads;
      },
    };
    expect(readPlainObject(value)).toEqual({ ok: true, entries: new Map([['key', 1]]) });
    expect(reads).toBe(1);
  });
});
