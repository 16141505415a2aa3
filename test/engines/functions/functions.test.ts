import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type CallRecord,
  createRunner,
  defineFunction,
  type HostFunctions,
  type LiveEvent,
  type Runner,
  type RunResult,
  runCode,
} from '../../../src/index.js';

class RateLimitError extends Error {}

const search = defineFunction({
  description: 'Find pages.',
  input: z.object({
    query: z.string().min(1).describe('What to look for.'),
    limit: z.number().int().max(10).default(3),
    where: z.object({ site: z.string() }).optional(),
  }),
  output: z.array(z.string()),
  execute: ({ query, limit, where }) =>
    Array.from({ length: limit }, (_, index) => `${query} ${index}${where?.site ?? ''}`),
});

const FUNCTIONS: HostFunctions = {
  search,
  add: (a: number, b = 2) => a + b,
  count: (...values: unknown[]) => values.length,
  echo: async (value: unknown) => value,
  db: { query: (sql: string) => ({ rows: [sql] }), deep: { one: () => 1 } },
  rate_limit: () => {
    throw new RateLimitError('slow down');
  },
  missing: () => {
    throw Object.assign(new Error('no such row'), { name: 'KeyError' });
  },
  odd: () => Promise.reject('a text'),
  wait: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms, ms)),
  wrong_output: defineFunction({ output: z.string(), execute: () => 7 }),
  no_value: () => () => 1,
};

let runner: Runner;
beforeAll(async () => {
  runner = await createRunner({ policy: { timeoutSeconds: 10 }, warm: { size: 2 }, functions: FUNCTIONS });
});
afterAll(() => runner.close());

const outcomes = (calls: readonly CallRecord[]) =>
  calls.map(({ name, outcome, error }) => [name, outcome, error]);

/** The value of an expression, or the exception that it raises. */
async function evaluate(expression: string, functions?: HostFunctions): Promise<unknown> {
  const code = `try:\n    result = ${expression}\nexcept Exception as error:\n    result = f'{type(error).__name__}: {error}'`;
  const run = await runner.run(code, {}, functions === undefined ? {} : { functions });
  return run.ok ? run.result : String(run.error);
}

test.each([
  ["search('a')", ['a 0', 'a 1', 'a 2']],
  ["search('a', 1)", ['a 0']],
  ["search(query='a', limit=1, where={'site': '!'})", ['a 0!']],
  ["search('a', limit=1, where=None)", ['a 0']],
  ['add(1)', 3],
  ['add(1, b=5)', 6],
  ["count(1, 'x', None)", 3],
  ["db.query('select')", { rows: ['select'] }],
  ['db.deep.one()', 1],
  [
    "echo({'a': [1, 2**70, b'x', float('inf'), {1, 2}]})",
    { a: [1, 2n ** 70n, new Uint8Array([120]), Number.POSITIVE_INFINITY, [1, 2]] },
  ],
  ["echo({'__proto__': {'a': 1}, 'constructor': 2, 'then': 3})['then']", 3],
  ["list(echo({'__proto__': 1, '$pungi': 2}))", ['__proto__', '$pungi']],
  ["echo('\\ud83d')", '\ud83d'],
  ["search('')", "ValueError: search(): argument 'query' must have at least 1 characters, not 0"],
  ['search(1)', "TypeError: search(): argument 'query' must be str, not int"],
  ["search('a', 11)", "ValueError: search(): argument 'limit' must be at most 10, not 11"],
  ["search('a', where={})", "TypeError: search(): argument 'where' misses the key 'site'"],
  ['search()', "TypeError: search() missing 1 required positional argument: 'query'"],
  ["search('a', pages=1)", "TypeError: search() got an unexpected keyword argument 'pages'"],
  ['echo(print)', 'TypeError: echo(): arguments.value: builtin_function_or_method cannot travel'],
  [
    'echo("x" * 2_000_000)',
    'ValueError: echo(): the arguments have at least 2,000,005 bytes as JSON, more than the 1,048,576 allowed',
  ],
  ['rate_limit()', 'RateLimitError: slow down'],
  ['missing()', 'KeyError: no such row'],
  ['odd()', 'Error: a text'],
  [
    'wrong_output()',
    'TypeError: wrong_output() gave what its output schema refuses: Invalid input: expected string, received number',
  ],
  ['no_value()', 'TypeError: the answer of no_value(): a function cannot travel'],
])('%s', async (expression, expected) => {
  expect(await evaluate(expression)).toEqual(expected);
});

test('a function has the signature, the annotations and the docstring of its schema', async () => {
  const run = await runner.run(
    'import inspect\nresult = [str(inspect.signature(search)), search.__doc__, search.__name__, db.query.__qualname__, inspect.iscoroutinefunction(search_async), repr(db.deep)]',
  );
  expect(run.result).toEqual([
    "(query: 'str', limit: 'int' = 3, where: 'dict[str, Any] | None' = None) -> 'list[str]'",
    "Find pages.\n\nquery: What to look for.\nwhere: {'site': str}",
    'search',
    'db.query',
    true,
    '<functions of the host: db.deep>',
  ]);
});

test('a thrown error is caught by its own name, by that of Python, and by HostError', async () => {
  const run = await runner.run(`
import pungi
caught = []
try: missing()
except KeyError as error: caught.append(error.name)
try: rate_limit()
except pungi.HostError as error: caught.append([error.name, type(error).__mro__[1].__name__])
result = caught
rate_limit()`);
  expect([run.status, String(run.error)]).toEqual(['error', 'RateLimitError: slow down']);
  expect(run.error?.line).toBe(9);
  expect(
    (
      await runner.run(
        'import pungi\ntry: missing()\nexcept KeyError as e: result = isinstance(e, pungi.HostError)',
      )
    ).result,
  ).toBe(true);
});

test('awaited calls go on side by side', async () => {
  const run = await runner.run(`
import asyncio, time
async def main():
    begun = time.monotonic()
    answers = await asyncio.gather(*[wait_async(150) for _ in range(8)], db.query_async('x'))
    return answers, time.monotonic() - begun
answers, seconds = await main()
result = [answers[0], answers[-1], seconds < 0.6]`);
  expect([String(run.error), run.result]).toEqual(['null', [150, { rows: ['x'] }, true]]);
});

test('threads and tasks may call at once, each gets its own answer', async () => {
  const run = await runner.run(`
import asyncio, threading
wrong = []
def work(number):
    for index in range(40):
        if add(number, index) != number + index: wrong.append((number, index))
async def tasks():
    answers = await asyncio.gather(*[add_async(n, n) for n in range(60)])
    wrong.extend(n for n, answer in enumerate(answers) if answer != 2 * n)
threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
threads.append(threading.Thread(target=lambda: asyncio.run(tasks())))
for thread in threads: thread.start()
for thread in threads: thread.join()
result = wrong`);
  expect([run.status, String(run.error), run.result, run.calls.length]).toEqual(['ok', 'null', [], 220]);
});

test('a cancelled task lets its answer go; later calls get their own', async () => {
  const run = await runner.run(`
import asyncio
try:
    await asyncio.wait_for(wait_async(300), 0.02)
except asyncio.TimeoutError:
    pass
result = [add(i, 0) for i in range(3)]`);
  expect([run.status, run.result]).toEqual(['ok', [0, 1, 2]]);
});

test('each call is an event and a record', async () => {
  const events: LiveEvent[] = [];
  const run = await runner.run(
    "search('a', 1)\ntry: rate_limit()\nexcept Exception: pass",
    {},
    {
      onEvent: (event) => events.push(event),
    },
  );
  expect(outcomes(run.calls)).toEqual([
    ['search', 'ok', null],
    ['rate_limit', 'error', 'RateLimitError: slow down'],
  ]);
  expect(run.calls[0]).toMatchObject({ id: 1, argumentText: '{"query":"a","limit":1}' });
  expect(run.calls.every(({ durationMs }) => durationMs >= 0)).toBe(true);
  const calls = events.filter(({ type }) => type.startsWith('call-'));
  expect(calls.map(({ type }) => type)).toEqual(['call-start', 'call-end', 'call-start', 'call-end']);
  expect(calls[0]).toEqual({
    type: 'call-start',
    call: { id: 1, name: 'search', arguments: { query: 'a', limit: 1 }, argumentBytes: 60 },
  });
  expect(calls[1]).toEqual({ type: 'call-end', call: run.calls[0] });
});

test('a run may add functions to those of its runner, and take the place of one', async () => {
  expect(await evaluate('[add(1), own(), db.other()]', { own: () => 'own', db: { other: () => 2 } })).toEqual(
    [3, 'own', 2],
  );
  expect(await evaluate("hasattr(db, 'query')", { db: { other: () => 2 } })).toBe(false);
});

test('describe() has the stubs', async () => {
  expect(await runner.describe()).toContain(
    '```python\ndef search(query: str, limit: int = 3, where: dict[str, Any] | None = None) -> list[str]:\n    """Find pages.',
  );
});

test.each([true, false])('runCode with oneshot %s', async (oneshot) => {
  const run = await runCode('result = add(40)', {}, {}, { functions: FUNCTIONS, oneshot });
  expect([String(run.error), run.result, run.calls.length]).toEqual(['null', 42, 1]);
});

test('in guarded mode functions of the host may be called', async () => {
  const run = await runCode(
    'result = [add(1), db.query("x")]',
    {},
    { allow: [] },
    { functions: FUNCTIONS, oneshot: true },
  );
  expect([String(run.error), run.result]).toEqual(['null', [3, { rows: ['x'] }]]);
});

test.each<[string, Parameters<typeof defineFunction>[0]['approve'], unknown, string]>([
  ['allows', () => true, 2, 'ok'],
  ['denies', () => false, 'PermissionError: act() was not approved', 'denied'],
  [
    'denies with a reason',
    async () => ({ deny: 'not today' }),
    'PermissionError: act() was not approved: not today',
    'denied',
  ],
  ['changes', () => ({ arguments: { x: 20 } }), 40, 'ok'],
  [
    'changes to what the schema refuses',
    () => ({ arguments: { x: 'a' } }),
    'TypeError: act(): changed argument x: Invalid input: expected number, received string',
    'refused',
  ],
  ['throws', () => Promise.reject(new Error('nobody there')), 'Error: nobody there', 'error'],
])('approve that %s', async (_, approve, expected, outcome) => {
  let executed = 0;
  const act = defineFunction({
    input: z.object({ x: z.number() }),
    approve,
    execute: ({ x }) => {
      executed += 1;
      return 2 * x;
    },
  });
  const code = "try: result = act(1)\nexcept Exception as error: result = f'{type(error).__name__}: {error}'";
  const run = await runner.run(code, {}, { functions: { act } });
  expect([run.result, run.calls[0]?.outcome, executed]).toEqual([
    expected,
    outcome,
    outcome === 'ok' ? 1 : 0,
  ]);
});

test('calls beyond maxCalls are refused, one is told of, and the run goes on', async () => {
  const act = defineFunction({ execute: () => 1, maxCalls: 2 });
  const code = `
said = []
for _ in range(2000):
    try: act()
    except Exception as error: said.append(f'{type(error).__name__}: {error}')
result = [len(said), *set(said)]`;
  const run = await runner.run(code, {}, { functions: { act } });
  const message = 'CallLimitError: act() may be called at most 2 times in a run';
  expect([run.status, run.result]).toEqual(['ok', [1998, message]]);
  expect(outcomes(run.calls)).toEqual([
    ['act', 'ok', null],
    ['act', 'ok', null],
    ['act', 'refused', message],
  ]);
});

test('a function that takes too long is aborted, and raises TimeoutError', async () => {
  let aborted = false;
  const slow = defineFunction({
    timeoutSeconds: 0.05,
    execute: (_, { signal }) =>
      new Promise(() => {
        signal.addEventListener('abort', () => {
          aborted = true;
        });
      }),
  });
  const run = await runner.run(
    'try: slow()\nexcept TimeoutError as error: result = str(error)',
    {},
    { functions: { slow } },
  );
  expect([run.result, aborted, run.calls[0]?.outcome]).toEqual([
    'slow() took longer than its 0.05 s',
    true,
    'timeout',
  ]);
});

test('what is under way when the run ends is aborted', async () => {
  let reason: unknown = null;
  const begun = new AbortController();
  const hang = defineFunction({
    execute: (_, { signal }) => {
      signal.addEventListener('abort', () => {
        reason = signal.reason;
      });
      begun.abort();
      return new Promise(() => undefined);
    },
  });
  const stop = new AbortController();
  begun.signal.addEventListener('abort', () => stop.abort());
  const run = await runner.run('hang()', {}, { functions: { hang }, signal: stop.signal });
  expect([run.status, outcomes(run.calls)]).toEqual([
    'cancelled',
    [['hang', 'cancelled', 'CancelledError: the run is over']],
  ]);
  expect(String(reason)).toBe('AbortError: The run is over.');
});

const sleepy = { nap: () => new Promise((resolve) => setTimeout(resolve, 700, 1)) };
const napped = (code: string, countHostTime: boolean): PromiseLike<RunResult> =>
  runner.run(code, {}, { functions: sleepy, countHostTime, timeoutSeconds: 0.4 });

test('the time of the host is not held against the deadline, unless asked for', async () => {
  const [free, counted] = await Promise.all([napped('result = nap()', false), napped('nap()', true)]);
  expect([free.status, free.result, counted.status]).toEqual(['ok', 1, 'timeout']);
});

test('who computes while the host works, or sleeps before and after, is held to the deadline', async () => {
  const busy = 'import threading\nthreading.Thread(target=nap).start()\nwhile True: pass';
  const slow = 'import time\ntime.sleep(0.3)\nnap()\ntime.sleep(0.3)';
  const [computed, slept] = await Promise.all([napped(busy, false), napped(slow, false)]);
  expect([computed.status, slept.status]).toEqual(['timeout', 'timeout']);
  expect(computed.usage.cpuMs).toBeLessThan(650);
});

test.each([
  ['text', 'x'.repeat(5_000_000), 5_000_000],
  ['bytes', new Uint8Array(5_000_000), 5_000_000],
  ['rows', Array.from({ length: 50_000 }, (_, id) => ({ id, name: `row ${id} é` })), 50_000],
  ['numbers', new Float64Array(200_000), 200_000],
  ['a buffer', new ArrayBuffer(3_000_000), 3_000_000],
  ['keys with the tag', { $pungi: '😀'.repeat(700_000), '-1': 0 }, 2],
  ['pairs', new Map(Array.from({ length: 100_001 }, (_, id) => [id - 1, 0])), 100_001],
])('a large answer of %s comes whole', async (_, value, length) => {
  const run = await runner.run(
    'value = give()\nlast = value.get(-1, value.get("-1")) if isinstance(value, dict) else value[-1]\nresult = [len(value), value == value, str(last)]',
    {},
    { functions: { give: () => value } },
  );
  const last =
    typeof value === 'string' ? 'x' : Array.isArray(value) ? "{'id': 49999, 'name': 'row 49999 é'}" : '0';
  expect([String(run.error), run.result]).toEqual(['null', [length, true, last]]);
});

test('an answer that turns out too large, or not to be sent, half-way leaves the next one whole', async () => {
  const big = defineFunction({ execute: () => 'x'.repeat(3_000_000), maxAnswerKb: 2000 });
  const late = () => [...Array.from({ length: 300_000 }, (_, index) => index), () => 1];
  const run = await runner.run(
    `
said = []
for f in (big, late, add):
    try: said.append(f(1) if f is add else f())
    except Exception as error: said.append(f'{type(error).__name__}: {error}')
result = said`,
    {},
    { functions: { big, late } },
  );
  expect(run.result).toEqual([
    'AnswerTooLargeError: the answer of big() has more than the 2048000 bytes as JSON that maxAnswerKb allows',
    'TypeError: the answer of late()[300000]: a function cannot travel',
    3,
  ]);
});

test('a yes that comes after the end of the run is none, and a function that throws leaves no timer', async () => {
  const executed: unknown[] = [];
  const answers: ((yes: boolean) => void)[] = [];
  const pay = defineFunction({
    approve: () => new Promise<boolean>((resolve) => answers.push(resolve)),
    execute: () => executed.push('paid'),
  });
  const code =
    'import threading, time\nthreading.Thread(target=lambda: pay(), daemon=True).start()\ntime.sleep(0.3)';
  const run = await runner.run(code, {}, { functions: { pay } });
  expect(run.calls.map(({ outcome }) => outcome)).toEqual(['cancelled']);
  for (const answer of answers) answer(true);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([answers.length, executed]).toEqual([1, []]);

  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  await runner.run('for i in range(20):\n    try: rate_limit()\n    except Exception: pass');
  expect(timers()).toBeLessThan(before + 5);
});

test('arguments of too many values are an error in Python, not a wait', async () => {
  const run = await runner.run(
    'try:\n    echo([[] for _ in range(150_000)])\nexcept Exception as error:\n    result = type(error).__name__',
  );
  expect([run.status, run.result]).toEqual(['ok', 'ValueError']);
});
