import { expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { collectFunctions } from '../../src/functions/collect-functions.js';
import { defineFunction } from '../../src/functions/define-function.js';
import { describeFunctions } from '../../src/functions/describe-functions.js';
import type { StandardSchema } from '../../src/functions/standard-schema.js';
import { PungiError } from '../../src/index.js';

const execute = () => 1;

function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof PungiError) return `${error.code}: ${error.message} ${error.hint}`;
  }
  return 'nothing was refused';
}

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'The definition of a function is undefined. Pass { input, execute }.'],
  ['no execute', {}, '`execute` of a function is undefined; allowed: a function. Set it to a function.'],
  [
    'an unknown key',
    { execute, inputs: {} },
    '`inputs` of a function is not known. Use: description, input, output, execute, approve, maxCalls, timeoutSeconds, maxArgumentKb, maxAnswerKb.',
  ],
  [
    'a schema of text',
    { execute, input: z.string() },
    "`input` of a function is a schema of 'string'. Describe the arguments as one object: { query, limit }.",
  ],
  [
    'no schema',
    { execute, input: 7 },
    '`input` of a function is no schema. Pass a zod or other Standard Schema, or a JSON Schema.',
  ],
  [
    'too long a time',
    { execute, timeoutSeconds: 1e6 },
    '`timeoutSeconds` of a function is 1000000; allowed: a number above 0 and at most 86400. Set it to a number above 0 and at most 86400.',
  ],
  [
    'half a call',
    { execute, maxCalls: 0.5 },
    '`maxCalls` of a function is 0.5; allowed: a whole number above 0 and at most 10000000. Set it to a whole number above 0 and at most 10000000.',
  ],
])('a definition with %s is refused', (_, definition, expected) => {
  expect(refusal(() => Reflect.apply(defineFunction, undefined, [definition]))).toBe(
    `INVALID_INPUT: ${expected}`,
  );
});

test('a JSON Schema with a word that cannot be held is refused', () => {
  const input = { type: 'object', properties: { a: { if: {} } } };
  expect(refusal(() => defineFunction({ input, execute }))).toBe(
    'INVALID_INPUT: `input` of a function has `if`, which would not be checked. Mend it, or pass a zod schema.',
  );
});

test.each<[unknown, string]>([
  [
    null,
    'Option `functions` is null; allowed: functions by name. Pass { name: async (argument) => answer }.',
  ],
  [
    [execute],
    'Option `functions` is an array; allowed: functions by name. Pass { name: async (argument) => answer }.',
  ],
  [
    { 'a-b': execute },
    '`functions.a-b` has no name that Python code can call. Name it by letters, digits and underscores, not a keyword, not a leading underscore, at most 64 characters.',
  ],
  [
    { class: execute },
    '`functions.class` has no name that Python code can call. Name it by letters, digits and underscores, not a keyword, not a leading underscore, at most 64 characters.',
  ],
  [
    { _a: execute },
    '`functions._a` has no name that Python code can call. Name it by letters, digits and underscores, not a keyword, not a leading underscore, at most 64 characters.',
  ],
  [
    { db: { 'x y': execute } },
    '`functions.db.x y` has no name that Python code can call. Name it by letters, digits and underscores, not a keyword, not a leading underscore, at most 64 characters.',
  ],
  [{ print: execute }, '`functions.print` would hide `print` of Python. Choose another name.'],
  [{ input_data: execute }, '`functions.input_data` would hide `input_data` of Python. Choose another name.'],
  [
    { a: execute, a_async: execute },
    '`functions.a_async` has the name by which `a` is awaited in Python. Choose another name.',
  ],
  [
    { a: 1 },
    '`functions.a` is 1; allowed: a function, defineFunction({...}), or an object of these. Pass an async function.',
  ],
])('functions %j are refused', (functions, expected) => {
  expect(refusal(() => collectFunctions(functions))).toBe(`INVALID_INPUT: ${expected}`);
});

test('names that mean something in JavaScript are names', () => {
  const functions = Object.fromEntries(['constructor', 'then', 'toString'].map((name) => [name, execute]));
  expect([...collectFunctions(functions).keys()]).toEqual(['constructor', 'then', 'toString']);
});

test('the arguments of execute have the type of the schema', () => {
  defineFunction({
    input: z.object({ a: z.string().transform(Number) }),
    execute: (input) => expectTypeOf(input).toEqualTypeOf<{ a: number }>(),
  });
  defineFunction({
    input: { type: 'object' },
    execute: (input) => expectTypeOf(input).toEqualTypeOf<Readonly<Record<string, unknown>>>(),
  });
  expect(true).toBe(true);
});

test.each<[string, Parameters<typeof defineFunction>[0]['input'], string]>([
  ['none', undefined, 'f() -> Any'],
  [
    'required first',
    z.object({ a: z.string().optional(), b: z.int() }),
    'f(b: int, a: str | None = None) -> Any',
  ],
  [
    'defaults',
    z.object({ a: z.boolean().default(true), b: z.enum(['x', "y's"]).default('x') }),
    "f(a: bool = True, b: Literal['x', \"y's\"] = 'x') -> Any",
  ],
  [
    'lists and records',
    z.object({ a: z.array(z.number()), b: z.record(z.string(), z.int()) }),
    'f(a: list[float], b: dict[str, int]) -> Any',
  ],
  [
    'unions and null',
    z.object({ a: z.union([z.string(), z.int()]).nullable() }),
    'f(a: str | int | None) -> Any',
  ],
  ['what JSON has no word for', z.object({ a: z.date() }), 'f(a: Any) -> Any'],
  [
    'names that are none',
    { type: 'object', properties: { 'a-b': {}, class: {}, ok: {} } },
    'f(ok: Any = None, **arguments: Any) -> Any',
  ],
  ['open objects', z.looseObject({ arguments: z.int() }), 'f(arguments: int, **more: Any) -> Any'],
  [
    'references',
    {
      type: 'object',
      properties: { a: { $ref: '#/$defs/A' } },
      required: ['a'],
      $defs: { A: { type: 'integer' } },
    },
    'f(a: int) -> Any',
  ],
  ['a schema that says nothing', standard((value) => ({ value })), 'f(**arguments: Any) -> Any'],
])('parameters: %s', (_, input, expected) => {
  expect(describeFunctions({ f: defineFunction({ input, execute }) })).toBe(`def ${expected}: ...\n`);
});

function standard(validate: StandardSchema['~standard']['validate']): StandardSchema {
  return { '~standard': { version: 1, vendor: 'test', validate } };
}

test.each<[(...args: never[]) => unknown, string]>([
  [(a: unknown, b = 1) => [a, b], 'a: Any, b: Any = None'],
  [async (a: unknown, ...others: unknown[]) => [a, others], 'a: Any, *others: Any'],
  [
    function named(a: unknown) {
      return a;
    },
    'a: Any',
  ],
  [
    async function named(a: unknown) {
      return await a;
    },
    'a: Any',
  ],
  [() => 1, ''],
  [({ a }: { a: unknown }) => a, '*arguments: Any'],
  [(a = 'x') => a, '*arguments: Any'],
  [Math.max, '*arguments: Any'],
  [Array.from, '*arguments: Any'],
])('a plain function %s has the parameters (%s)', (plain, expected) => {
  expect(describeFunctions({ f: plain })).toBe(`def f(${expected}) -> Any: ...\n`);
});

test('a method in an object has its parameters', () => {
  const functions = {
    async find(query: unknown) {
      return await query;
    },
    plain(a: unknown, b: unknown) {
      return [a, b];
    },
  };
  expect(describeFunctions(functions)).toBe(
    'def find(query: Any) -> Any: ...\n\ndef plain(a: Any, b: Any) -> Any: ...\n',
  );
});

test('stubs have docstrings and namespaces', () => {
  const search = defineFunction({
    description: 'Find pages.\nIn "all" """ of them.',
    input: z.object({
      query: z.string().describe('What.'),
      where: z.object({ site: z.string(), lang: z.string().optional() }).optional(),
    }),
    output: z.array(z.object({ url: z.string() })),
    execute,
  });
  expect(describeFunctions({ db: { search, deep: { ping: () => 1 } } })).toBe(`class db:
    @staticmethod
    def search(query: str, where: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Find pages.
        In "all" \\"\\"\\" of them.

        query: What.
        where: {'site': str; 'lang': str, optional}"""

    class deep:
        @staticmethod
        def ping() -> Any: ...
`);
});
