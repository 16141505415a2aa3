import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  createRunner,
  defineFunction,
  type HostFunctions,
  presets,
  type Runner,
  type RunResult,
} from '../../src/index.js';

/** Frames past the harness: `call` sends one, `answer` reads the next that comes down the line. */
const FORGE = `
import json, os
def frame(kind, body, run=0):
    return (5 + len(body)).to_bytes(4, 'big') + bytes((kind,)) + run.to_bytes(4, 'big') + body
def send(body):
    data = frame(30, body if type(body) is bytes else json.dumps(body).encode())
    while data: data = data[os.write(3, data):]
def call(id, name, arguments):
    send({'id': id, 'name': name, 'arguments': arguments})
def read(size):
    data = b''
    while len(data) < size: data += os.read(3, size - len(data))
    return data
def answer():
    data = read(int.from_bytes(read(4), 'big'))[5:]
    return [int.from_bytes(data[:4], 'big'), json.loads(data[5:])]
`;

const seen: unknown[] = [];
const FUNCTIONS: HostFunctions = {
  note: (value: unknown) => {
    seen.push(value);
    return 'noted';
  },
  nap: () => new Promise((resolve) => setTimeout(resolve, 100, 'woken')),
  wide: defineFunction({
    input: z.object({ value: z.string() }),
    maxArgumentKb: 4096,
    execute: () => 'wide',
  }),
  big: () => 'x'.repeat(4_000_000),
};

let runner: Runner;
beforeAll(async () => {
  const policy = { ...presets.agent, timeoutSeconds: 3 } as const;
  runner = await createRunner({ policy, warm: { size: 4 }, functions: FUNCTIONS });
});
afterAll(() => runner.close());

/** The attack, while another run of the pool calls on. */
async function attack(code: string): Promise<RunResult> {
  const other = runner.run('for _ in range(30): assert note("other") == "noted"\nresult = 1');
  const attacked = await runner.run(FORGE + code);
  const { status, result } = await other;
  expect([status, result]).toEqual(['ok', 1]);
  expect(runner.info()).toMatchObject({ restarts: 0, lastLoss: null });
  return attacked;
}

const error = (name: string, message: string) => ({ error: { name, message } });

test.each([
  ['nope', error('NameError', "the host has no function 'nope'")],
  ['__proto__', error('NameError', "the host has no function '__proto__'")],
  ['constructor', error('NameError', "the host has no function 'constructor'")],
  ['then', error('NameError', "the host has no function 'then'")],
  ['note.call', error('NameError', "the host has no function 'note.call'")],
])('a call of %s, which is no function, is refused by name', async (name, expected) => {
  const run = await attack(`call(5, '${name}', {})\nresult = answer()`);
  expect([run.status, run.result]).toEqual(['ok', [5, expected]]);
  expect(run.calls.map((record) => [record.id, record.name, record.outcome])).toEqual([[5, name, 'refused']]);
});

test.each([
  ['no JSON', "b'{'", 'malformed JSON'],
  ['a list', "b'[]'", 'message: Invalid input: expected object, received array'],
  ['no number', "{'id': 0, 'name': 'note', 'arguments': {}}", 'id: Too small: expected number to be >=1'],
  [
    'a number too large',
    "{'id': 1 << 32, 'name': 'note', 'arguments': {}}",
    'id: Too big: expected number to be <=4294967295',
  ],
  ['another key', "{'id': 1, 'name': 'note', 'arguments': {}, 'a': 1}", 'message: Unrecognized key: "a"'],
  ['arguments that are a list', "{'id': 1, 'name': 'note', 'arguments': []}", 'arguments that are no object'],
  [
    'arguments that are bytes',
    "{'id': 1, 'name': 'note', 'arguments': {'$pungi': 'bytes', 'value': ''}}",
    'arguments that are no object',
  ],
  [
    'a bad value',
    "{'id': 1, 'name': 'note', 'arguments': {'value': {'$pungi': 'x', 'value': 1}}}",
    'no value of tag "x"',
  ],
  [
    'a bomb of levels',
    'b\'{"id":1,"name":"note","arguments":\' + b\'[\' * 90_000 + b\']\' * 90_000 + b\'}\'',
    'JSON nested deeper than 400 levels',
  ],
  [
    'a bomb of values',
    'b\'{"id":1,"name":"note","arguments":{"value":[\' + b\'0,\' * 400_000 + b\'0]}}\'',
    'more than 200000 values',
  ],
])(
  '%s is no call: answered to whoever it names as the harness does, counted, told',
  async (_, frame, reason) => {
    const caller = frame.includes('{"id":1,') ? 1 : 0;
    const run = await attack(`send(${frame})\nresult = answer()`);
    expect([run.status, run.result]).toEqual(['ok', [caller, error('ValueError', reason)]]);
    expect([run.calls, run.notes]).toEqual([[], [`calls: 1 that were none were refused (${reason})`]]);
  },
);

test('the number of a call that is under way is not used twice', async () => {
  const run = await attack(
    "call(7, 'nap', {})\ncall(7, 'note', {'value': 1})\nresult = [answer(), answer()]",
  );
  expect(run.result).toEqual([
    [0, error('ValueError', 'the number 7 of a call that is not answered yet')],
    [7, { value: 'woken' }],
  ]);
  expect(run.calls.map(({ name, outcome }) => [name, outcome])).toEqual([['nap', 'ok']]);
});

test('keys are only keys', async () => {
  seen.length = 0;
  await attack(
    `call(1, 'note', {'value': {'__proto__': {'polluted': 1}, 'constructor': 2, 'then': 3, 'toString': 4}})\nanswer()`,
  );
  const value = seen.find((each) => typeof each === 'object' && each !== null);
  expect(value).toSatisfy((each: object) => Object.getPrototypeOf(each) === null);
  expect(Object.keys(value ?? {})).toEqual(['__proto__', 'constructor', 'then', 'toString']);
  expect('polluted' in {}).toBe(false);
});

test('arguments that the harness would have refused are refused by the host', async () => {
  const run = await attack(
    "call(1, 'note', {'value': 1, 'more': 2})\ncall(2, 'note', {'value': 'x' * 1_200_000})\nresult = [answer(), answer()[1]['error']['name']]",
  );
  expect([run.status, run.result]).toEqual(['ok', [[1, { value: 'noted' }], 'ValueError']]);
});

test.each([
  ['an answer', 'os.write(3, frame(10, b"\\0\\0\\0\\1\\3{}"))'],
  ['word of room', 'os.write(3, frame(31, b"\\xff\\xff\\xff\\xff"))'],
  ['a call longer than any may be', "os.write(3, (1 << 30).to_bytes(4, 'big') + b'\\x1e\\0\\0\\0\\0')"],
  ['calls without end', "piece = frame(30, b'x') * 2000\nwhile True: os.write(3, piece)"],
])('a worker that sends %s loses its line', async (_, code) => {
  const run = await attack(`${code}\nimport time\ntime.sleep(2)`);
  expect([run.status, run.error?.type]).toEqual(['crashed', 'Crashed']);
});

test('a run without functions may not call', async () => {
  const bare = await createRunner({ policy: presets.agent, warm: { size: 1 } });
  const run = await bare.run(`${FORGE}call(1, 'note', {})\nimport time\ntime.sleep(2)`);
  await bare.close();
  expect(run.status).toBe('crashed');
});

test('who asks for large answers and reads none of them holds up nobody, and keeps to its deadline', async () => {
  const run = await attack("for id in range(1, 65): call(id, 'big', {})\nimport time\ntime.sleep(60)");
  expect(run.status).toBe('timeout');
  expect(run.usage.wallMs).toBeLessThan(6000);
});

test('a call after the outcome goes nowhere', async () => {
  seen.length = 0;
  const code =
    'import atexit\noutcome = b\'{"ending":"ok","result":1,"hasResult":true,"resultRepr":"1","notes":[],"error":null,"exitCode":0,"denials":[]}\'\nos.write(3, frame(20, outcome))\ncall(1, \'note\', {\'value\': \'late\'})\nimport time\ntime.sleep(1)';
  const run = await attack(code);
  expect([run.status, run.result, seen.includes('late')]).toEqual(['ok', 1, false]);
});
