import type { Program } from '../program.js';

const DEEP = [
  'def outer(n):',
  '    return inner(n)',
  '',
  'def inner(n):',
  '    return 10 / n',
  '',
  'outer(0)',
].join('\n');

/** What Python itself says about a program that failed, told apart from every other ending. */
export const ERROR_PROGRAMS: readonly Program[] = [
  {
    name: 'an exception',
    code: 'print("before")\n1 / 0',
    expected: {
      status: 'error',
      error: 'ZeroDivisionError: division by zero',
      stdout: 'before\n',
      line: 2,
      exitCode: 1,
      signal: null,
      result: undefined,
    },
  },
  {
    name: 'frames of user code with their source',
    code: DEEP,
    expected: {
      status: 'error',
      error: 'ZeroDivisionError: division by zero',
      line: 5,
      column: 12,
      excerpt:
        '  3 | \n  4 | def inner(n):\n> 5 |     return 10 / n\n    |            ^^^^^^\n  6 | \n  7 | outer(0)'.replaceAll(
          '| \n',
          '|\n',
        ),
      traceback: [
        'Traceback (most recent call last):',
        '  File "<user_code>", line 7, in <module>',
        '    outer(0)',
        '  File "<user_code>", line 2, in outer',
        '    return inner(n)',
        '           ^^^^^^^^',
        '  File "<user_code>", line 5, in inner',
        '    return 10 / n',
        '           ^^^^^^',
        'ZeroDivisionError: division by zero',
        '',
      ].join('\n'),
    },
  },
  {
    name: 'the traceback is on stderr too',
    code: 'raise ValueError("bad")',
    expected: {
      status: 'error',
      stderr:
        'Traceback (most recent call last):\n  File "<user_code>", line 1, in <module>\n    raise ValueError("bad")\nValueError: bad\n',
    },
  },
  {
    name: 'a cause is told',
    code: 'try:\n    {}["k"]\nexcept KeyError as e:\n    raise RuntimeError("outer") from e',
    expected: {
      status: 'error',
      error: 'RuntimeError: outer',
      line: 4,
      traceback: [
        'Traceback (most recent call last):',
        '  File "<user_code>", line 2, in <module>',
        '    {}["k"]',
        "KeyError: 'k'",
        '',
        'The above exception was the direct cause of the following exception:',
        '',
        'Traceback (most recent call last):',
        '  File "<user_code>", line 4, in <module>',
        '    raise RuntimeError("outer") from e',
        'RuntimeError: outer',
        '',
      ].join('\n'),
    },
  },
  {
    name: 'a syntax error, and nothing runs',
    code: 'print("ran")\nif x\n    pass',
    expected: {
      status: 'error',
      error: "SyntaxError: expected ':' (<user_code>, line 2)",
      line: 2,
      column: 5,
      stdout: '',
      suggestion: "End the 'if' line with a colon.",
    },
  },
  {
    name: 'an error inside of a library',
    code: 'import json\njson.loads("{")',
    expected: {
      status: 'error',
      line: 2,
      column: 1,
      error:
        'json.decoder.JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)',
    },
  },
  {
    name: 'a class of its own',
    code: 'class Oops(Exception): pass\nraise Oops("mine")',
    expected: { status: 'error', error: 'Oops: mine' },
  },
  {
    name: 'a misspelt name',
    code: 'total = 1\nprint(totl)',
    expected: {
      status: 'error',
      error: "NameError: name 'totl' is not defined",
      suggestion: "Did you mean 'total'?",
      column: 7,
    },
  },
  {
    name: 'a forgotten import',
    code: 'math.pi',
    expected: { status: 'error', suggestion: "Did you forget 'import math'?" },
  },
  {
    name: 'a missing package',
    code: 'import nosuchpackage',
    expected: {
      status: 'error',
      error: "ModuleNotFoundError: No module named 'nosuchpackage'",
      suggestion:
        "'nosuchpackage' is not installed for this Python: install it there and set pythonExecutable, or do without it.",
    },
  },
  {
    name: 'print as a statement',
    code: 'print "x"',
    expected: { status: 'error', suggestion: 'print is a function: write print(...).' },
  },
  {
    name: 'recursion without end',
    code: 'def f(): return f()\nf()',
    expected: { status: 'error', error: 'RecursionError: maximum recursion depth exceeded', line: 1 },
  },
  {
    name: 'an assertion',
    code: 'assert 1 == 2, "sums"',
    expected: { status: 'error', error: 'AssertionError: sums' },
  },
  {
    name: 'an exception group',
    code: 'raise Exception("a", "b")',
    expected: { status: 'error', error: "Exception: ('a', 'b')" },
  },
  {
    name: 'an exception whose str raises',
    code: 'class E(Exception):\n    def __str__(self): raise ValueError\nraise E()',
    expected: { status: 'error', error: 'E: <exception str() failed>' },
  },
  {
    name: 'a hostile exception',
    code: 'class M(type):\n    @property\n    def __name__(cls): raise ValueError\nclass E(Exception, metaclass=M):\n    __class__ = property(lambda s: 1/0)\nraise E()',
    expected: { status: 'error' },
  },
  {
    name: 'an error in an imported file',
    code: 'import helper\nhelper.go()',
    options: { files: { 'helper.py': 'def go():\n    raise LookupError("there")\n' } },
    expected: {
      status: 'error',
      error: 'LookupError: there',
      line: 2,
      excerpt:
        'helper.py:\n  1 | def go():\n> 2 |     raise LookupError("there")\n    |     ^^^^^^^^^^^^^^^^^^^^^^^^^^',
    },
  },
  {
    name: 'lone surrogates in a message',
    code: 'raise ValueError("\\ud800")',
    expected: { status: 'error', error: 'ValueError: \ud800' },
  },
];

/** Endings that are no exception of the program, and must not be taken for one. */
export const EXIT_PROGRAMS: readonly Program[] = [
  { name: 'SystemExit without a code', code: 'raise SystemExit', expected: { exitCode: 0, error: null } },
  { name: 'sys.exit(0)', code: 'import sys\nsys.exit(0)', expected: { exitCode: 0 } },
  {
    name: 'sys.exit(3)',
    code: 'import sys\nsys.exit(3)',
    expected: { status: 'error', exitCode: 3, error: 'SystemExit: 3' },
  },
  { name: 'sys.exit(256)', code: 'import sys\nsys.exit(256)', expected: { status: 'ok', exitCode: 0 } },
  {
    name: 'sys.exit(text)',
    code: 'import sys\nsys.exit("gone wrong")',
    expected: { status: 'error', exitCode: 1, stderr: 'gone wrong\n', error: 'SystemExit: gone wrong' },
  },
  { name: 'exit() and quit()', code: 'exit(4)', expected: { status: 'error', exitCode: 4 } },
  {
    name: 'KeyboardInterrupt',
    code: 'raise KeyboardInterrupt',
    expected: { status: 'error', error: 'KeyboardInterrupt', exitCode: 1 },
  },
  {
    name: 'GeneratorExit',
    code: 'raise GeneratorExit("g")',
    expected: { status: 'error', error: 'GeneratorExit: g' },
  },
  {
    name: 'os._exit(0) is no success',
    code: 'import os\nprint("a")\nos._exit(0)',
    expected: {
      status: 'crashed',
      exitCode: 0,
      signal: null,
      stdout: 'a\n',
      error:
        'Crashed: the Python process ended abruptly with exit code 0, before the program was done (as os._exit does)',
    },
  },
  {
    name: 'os._exit(7)',
    code: 'import os\nos._exit(7)',
    expected: {
      status: 'crashed',
      exitCode: 7,
      error:
        'Crashed: the Python process ended abruptly with exit code 7, before the program was done (as os._exit does)',
    },
  },
  {
    name: 'a segmentation fault',
    code: 'import ctypes\nprint("a")\nctypes.string_at(0)',
    expected: {
      status: 'crashed',
      signal: 'SIGSEGV',
      exitCode: null,
      stdout: 'a\n',
      error: 'Crashed: the Python process was ended by SIGSEGV (segmentation fault)',
    },
  },
  {
    name: 'abort',
    code: 'import os\nos.abort()',
    expected: {
      status: 'crashed',
      signal: 'SIGABRT',
      error: 'Crashed: the Python process was ended by SIGABRT (abort)',
    },
    // The worker is the init of its namespace, which the kernel spares a signal of its own making.
    expectedAt: {
      full: {
        status: 'crashed',
        signal: 'SIGSEGV',
        error: 'Crashed: the Python process was ended by SIGSEGV (segmentation fault)',
      },
    },
  },
  {
    name: 'a signal to itself',
    code: 'import os, signal\nos.kill(os.getpid(), signal.SIGTERM)',
    expected: { status: 'crashed', signal: 'SIGTERM', exitCode: null },
    expectedAt: { full: { status: 'ok' } },
  },
  {
    name: 'an interrupt to itself',
    code: 'import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nfor _ in range(10**6): pass',
    expected: { status: 'error', error: 'KeyboardInterrupt' },
  },
];
