import type { Program } from '../program.js';

/** Where the result comes from, and what the code finds in its namespace. */
export const RESULT_PROGRAMS: readonly Program[] = [
  { name: 'the variable result', code: 'result = 6 * 7\n1', expected: { result: 42, resultRepr: '42' } },
  {
    name: 'result = None is a result',
    code: 'result = None\n5',
    expected: { result: null, resultRepr: 'None' },
  },
  { name: 'the last expression', code: 'x = 20\nx + 1', expected: { result: 21 } },
  { name: 'a last expression of several lines', code: '[\n  1,\n  2,\n]', expected: { result: [1, 2] } },
  { name: 'a last expression before a comment', code: '5 # five\n# end\n', expected: { result: 5 } },
  { name: 'a last expression after a semicolon', code: 'a = 4; a', expected: { result: 4 } },
  {
    name: 'no result',
    code: 'x = 1',
    expected: { result: undefined, resultRepr: null, error: null, exitCode: 0 },
  },
  {
    name: 'a last expression that is None',
    code: 'print("hi")',
    expected: { result: undefined, resultRepr: null, stdout: 'hi\n' },
  },
  { name: 'an expression in a block is no result', code: 'if True:\n    5', expected: { result: undefined } },
  {
    name: 'result inside of a function is its own',
    code: 'def f():\n    result = 1\nf()',
    expected: { result: undefined },
  },
  { name: 'a docstring alone', code: '"just text"', expected: { result: 'just text' } },
  {
    name: 'top-level await',
    code: 'import asyncio\nawait asyncio.sleep(0.001)\nresult = "awaited"',
    expected: { result: 'awaited' },
  },
  {
    name: 'a last expression that is awaited',
    code: 'import asyncio\nasync def f():\n    return 7\nawait f()',
    expected: { result: 7 },
  },
  {
    name: 'async for and async with at the top',
    code: [
      'import contextlib',
      'async def count():',
      '    for i in range(3):',
      '        yield i',
      '@contextlib.asynccontextmanager',
      'async def held():',
      '    print("in")',
      '    yield 1',
      '    print("out")',
      'seen = []',
      'async with held():',
      '    async for i in count():',
      '        seen.append(i)',
      'result = seen',
    ].join('\n'),
    expected: { result: [0, 1, 2], stdout: 'in\nout\n' },
  },
  {
    name: 'background tasks are awaited',
    code: 'import asyncio\nasync def late():\n    await asyncio.sleep(0.01)\n    print("late")\nt = asyncio.create_task(late())\nawait asyncio.sleep(0)\nprint("early")',
    expected: { stdout: 'early\nlate\n' },
  },
  {
    name: 'a background task that fails',
    code: 'import asyncio\nasync def bad():\n    raise ValueError("in the background")\nt = asyncio.create_task(bad())\nawait asyncio.sleep(0)',
    expected: { status: 'error', error: 'ValueError: in the background', line: 3 },
  },
  {
    name: 'comprehensions and functions see top-level names',
    code: 'n = 3\nk = [n * i for i in range(n)]\ndef f(): return n\nclass A:\n    m = n\nresult = [k, f(), A.m, (lambda: n)()]',
    expected: { result: [[0, 3, 6], 3, 3, 3] },
  },
  { name: 'input_data', code: 'input_data["x"] + 1', input: { x: 1 }, expected: { result: 2 } },
  { name: 'input_data is {} when none is given', code: 'input_data', expected: { result: {} } },
  {
    name: 'input_data of any kind',
    code: 'input_data',
    input: [1, 'two', null],
    expected: { result: [1, 'two', null] },
  },
  {
    name: 'keys of input_data are variables',
    code: 'result = [price * count, "_hidden" in globals(), "class_" in globals(), print is not None]',
    input: { price: 3, count: 4, _hidden: 1, class: 2, 'not a name': 3, print: 4 },
    expected: { result: [12, false, false, true] },
  },
  {
    name: 'a key named result is only data',
    code: 'x = input_data["result"]\nx + 1',
    input: { result: 1, input_data: 2 },
    expected: { result: 2 },
  },
  {
    name: '__name__ is __main__',
    code: 'if __name__ == "__main__":\n    result = __name__',
    expected: { result: '__main__' },
  },
  {
    name: 'classes pickle and pprint as in a script',
    code: 'import pickle\nclass A:\n    def __init__(self): self.x = 3\nresult = pickle.loads(pickle.dumps(A())).x',
    expected: { result: 3 },
  },
  {
    name: 'dataclasses and annotations',
    code: 'from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    y: int = 2\nP(1)',
    expected: { result: { x: 1, y: 2 } },
  },
  {
    name: 'exit(0) after a result',
    code: 'result = 3\nraise SystemExit(0)',
    expected: { result: 3, exitCode: 0, error: null },
  },
  {
    name: 'a module that loops by itself',
    code: 'import __main__\nresult = __main__.x if hasattr(__main__, "x") else None\nx = 2',
    expected: { result: null },
  },
  {
    name: 'unicode names and text',
    code: 'größe = "naïve 😀 \\u4e2d"\ngröße',
    expected: { result: 'naïve 😀 中' },
  },
  { name: 'code with a byte order mark and CRLF', code: '\ufeffx = 1\r\nx + 1\r\n', expected: { result: 2 } },
  {
    name: 'a generator is not used up',
    code: 'g = (i for i in range(3))\nresult = g',
    expected: { result: undefined, notes: ['result: generator cannot travel; its repr was kept'] },
  },
  {
    name: 'a part that cannot travel is named by its path',
    code: 'result = {"rows": [1, 2, {"cb": len}]}',
    expected: {
      result: undefined,
      resultRepr: "{'rows': [1, 2, {'cb': <built-in function len>}]}",
      notes: ['result.rows[2].cb: builtin_function_or_method cannot travel; its repr was kept'],
    },
  },
  {
    name: 'a cycle',
    code: 'a = []\na.append(a)\nresult = a',
    expected: { result: undefined, resultRepr: '[[...]]' },
  },
  {
    name: 'a thousand levels',
    code: 'a = []\nfor _ in range(100_000):\n    a = [a]\nresult = a',
    expected: { result: undefined },
  },
  {
    name: 'an object whose repr raises',
    code: 'class Bad:\n    def __repr__(self): raise RuntimeError("no")\n    def __reduce__(self): raise RuntimeError("no")\n    __class__ = property(lambda self: 1 / 0)\nresult = Bad()',
    expected: { result: undefined, notes: ['result: Bad cannot travel; its repr was kept'] },
  },
  {
    name: 'a lying class',
    code: 'class Lie(dict):\n    def items(self): return iter([])\n    def __iter__(self): return iter([])\n    def __len__(self): return -1\nresult = Lie(a=1)',
    expected: { result: { a: 1 } },
  },
  {
    name: 'warnings name their place',
    code: 'import warnings\nx = 1\nwarnings.warn("careful")',
    expected: { stderr: '<user_code>:3: UserWarning: careful\n' },
  },
  {
    name: 'exit handlers and threads run to their end',
    code: 'import atexit, threading, time\natexit.register(print, "bye")\nmain_is_over = threading.Event()\ndef f():\n    main_is_over.wait()\n    time.sleep(0.02)\n    print("thread")\nthreading.Thread(target=f).start()\nprint("main")\nmain_is_over.set()',
    expected: { stdout: 'main\nthread\nbye\n' },
  },
  {
    name: 'files that were never closed',
    code: 'f = open("a.txt", "w")\nf.write("kept")',
    expected: { result: 4, files: { 'a.txt': 'kept' } },
  },
];
