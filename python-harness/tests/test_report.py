"""Errors as data and as text: compared with what CPython itself prints for the same program."""
from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest

from .language_run import run

POSITIONS = sys.version_info >= (3, 11)
GROUPS = sys.version_info >= (3, 11)

# Programs whose traceback text must be that of CPython, apart from the carets, which are drawn more simply here.
LIKE_CPYTHON = [
    "1/0",
    "def f():\n    g()\ndef g():\n    raise ValueError('two\\nlines')\nf()",
    "try:\n    1/0\nexcept Exception as e:\n    raise KeyError('é') from e",
    "try:\n    1/0\nexcept Exception:\n    int('x')",
    "try:\n    1/0\nexcept Exception:\n    raise KeyError('a') from None",
    "raise ValueError",
    "def f(n):\n    return f(n - 1) if n else 1/0\nf(2)",
    "def f(n):\n    return f(n - 1) if n else 1/0\nf(3)",
    "def f(n):\n    return f(n - 1) if n else 1/0\nf(9)",
    "exec('1/0')",
    "eval('1 +')",
    "class A:\n    class E(Exception): pass\nraise A.E('x')",
    "from decimal import InvalidOperation\nraise InvalidOperation('x')",
    "raise BaseException('b')",
]
GROUP_PROGRAMS = [
    "raise ExceptionGroup('a', [ValueError(1), TypeError('two')])",
    "raise ExceptionGroup('a', [ValueError(1), ExceptionGroup('b', [TypeError(2), KeyError(3)]), OSError(4)])",
    "raise ExceptionGroup('a', [ExceptionGroup('b', [TypeError(2)])])",
    "raise ExceptionGroup('a', [ValueError(i) for i in range(17)])",
    "def f():\n    try:\n        1/0\n    except Exception as e:\n        return e\nraise ExceptionGroup('a', [f(), ValueError(2)])",
    "e = ValueError('v')\ne.add_note('one')\ne.add_note('two\\nlines')\nraise e",
]
if sys.version_info >= (3, 11, 7):
    # CPython 3.11.2 draws one closing line too many here.
    GROUP_PROGRAMS.append("try:\n    raise ExceptionGroup('a', [ValueError(1)])\nexcept* ValueError:\n    1/0")

# code, line, column where positions are known, excerpt where positions are known
PLACES = [
    ("a = 1\nb = 0\nresult = a / b\nc = 2\nd = 3\ne = 4", 3, 10, "  1 | a = 1\n  2 | b = 0\n> 3 | result = a / b\n    |          ^^^^^\n  4 | c = 2\n  5 | d = 3"),
    ("def f():\n\tx = 'é' + 1\nf()", 2, 6, "  1 | def f():\n> 2 | \tx = 'é' + 1\n    | \t    ^^^^^^^\n  3 | f()"),
    ("import json\njson.loads('x')\n\n\n", 2, 1, "  1 | import json\n> 2 | json.loads('x')\n    | ^^^^^^^^^^^^^^^"),
    ("x = 1\n" * 10 + "max()", 11, 1, "   9 | x = 1\n  10 | x = 1\n> 11 | max()\n     | ^^^^^"),
]

SUGGESTIONS = [
    ("prnt(1)", "Did you mean 'print'?"),
    ("total = 1\nTotal + 1", "Did you mean 'total'?"),
    ("np.zeros(1)", "Did you forget 'import numpy as np'?"),
    ("math.pi", "Did you forget 'import math'?"),
    ("xrange(2)", "Python 3 calls it 'range'."),
    ("x = null", "Write None."),
    ("def f():\n    n += 1\nn = 0\nf()", "'n' is assigned in this function: add 'global n' or 'nonlocal n', or pass it in."),
    ("[].apend(1)", "Did you mean 'append'?"),
    ("import math\nmath.sqrtt(2)", "Did you mean 'sqrt'?"),
    ("None.strip()", "The value is None: a function may lack its return, or a lookup found nothing."),
    ("import jsn", "Did you mean 'json'?"),
    ("import surely_absent.x", "'surely_absent' is not installed for this Python: install it there and set pythonExecutable, or do without it."),
    ("from math import sqrtt", "Did you mean 'sqrt'?"),
    ("d = {'name': 1}\nd['nmae']", "Did you mean 'name'?"),
    ("{}['name']", "Look the key up with .get(key, default), or test with 'in' first."),
    ("[][0]", "Valid indexes go from 0 to len(...) - 1, and an empty sequence has none."),
    ("'a' + 1", "Convert one side first: str(...), int(...) or float(...), or use an f-string."),
    ("print = 'a'\nprint(1)", "A variable may hide the function of that name: rename the variable."),
    ("{[]: 1}", "Use a tuple or a frozenset as the key or member."),
    ("print 'a'", "print is a function: write print(...)."),
    ("if 1\n    pass", "End the 'if' line with a colon."),
    ("x = (1,", "A bracket or a quote is not closed, or the code was cut off."),
    ("if 1:\n        x = 1\n\ty = 2", "Indent with spaces only: tabs and spaces are mixed."),
    ("if 1:\nx = 1", "Indent the block by four spaces more than the line that opens it, and all its lines alike."),
    ("```python\nx = 1\n```", "Remove the Markdown fence around the code."),
    ("open('dat.csv')", "Did you mean 'data.csv'?"),
    ("open('/home/me/DATA.csv')", "Did you mean 'data.csv'?"),
    ("open('other')", "Files there are: data.csv."),
    ("def f(): f()\nf()", "The function never reaches its end case, or goes too deep: use a loop."),
    ("raise MemoryError", "Work on smaller parts, or raise memoryLimitMb."),
    ("b'\\xff'.decode()", "The bytes are not in that encoding: open with encoding='latin-1', or in mode 'rb'."),
    ("int('x')", "The text is no whole number: strip it, check it with .isdigit(), or use float(...)."),
    ("1/0", None),
    ("raise ValueError('mine')", None),
]


def bare(text: str) -> list[str]:
    """Without the lines of carets, which are drawn more simply than by CPython."""
    return [line for line in text.splitlines() if not line.strip(" |") or line.strip(" |~^")]


def cpython(code: str) -> str:
    with tempfile.TemporaryDirectory() as directory:
        directory = os.path.realpath(directory)
        with open(os.path.join(directory, "main.py"), "w", encoding="utf-8") as file:
            file.write(code)
        command = [sys.executable, "-I", "-X", "utf8", os.path.join(directory, "main.py")]
        ended = subprocess.run(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, check=False, encoding="utf-8")
        # CPython 3.9 still names the main module.
        return ended.stderr.replace(directory + "/", "").replace("\n__main__.", "\n")


class LikeCPython(unittest.TestCase):
    def test_text(self) -> None:
        for code in [*LIKE_CPYTHON, *(GROUP_PROGRAMS if GROUPS else [])]:
            with self.subTest(code=code):
                left = run(files={"main.py": code}, job={"entrypoint": "main.py"})
                self.assertEqual(left.err, left.error["traceback"])
                self.assertEqual(bare(left.err), bare(cpython(code)))

    def test_syntax_errors(self) -> None:
        for code in ("x = 1 +", "  x = 1", "if 1\n    pass", "f(\n  a b\n)", "x = 'abc"):
            with self.subTest(code=code):
                left = run(files={"main.py": code}, job={"entrypoint": "main.py"})
                self.assertEqual(bare(left.err), bare(cpython(code)))


class Data(unittest.TestCase):
    def test_place(self) -> None:
        for code, line, column, excerpt in PLACES:
            with self.subTest(code=code):
                error = run(code).error
                if not POSITIONS:
                    column = None
                    excerpt = "\n".join(row for row in excerpt.splitlines() if row.strip(" |\t^"))
                self.assertEqual((error["line"], error["column"], error["excerpt"]), (line, column, excerpt))

    def test_place_of_a_syntax_error(self) -> None:
        error = run("a = 1\nb = a b\n").error
        self.assertEqual((error["type"], error["line"]), ("SyntaxError", 2))
        self.assertEqual(error["excerpt"], "  1 | a = 1\n> 2 | b = a b\n    |       ^")

    def test_frames_of_libraries_and_of_the_harness_are_left_out(self) -> None:
        text = run("import json\njson.loads('x')").error["traceback"]
        self.assertEqual(text.count("  File "), 1)
        self.assertTrue(text.endswith("json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)\n"))

    def test_an_error_in_a_module_names_its_file(self) -> None:
        error = run("import helpers\nhelpers.f()", files={"helpers.py": "def f():\n    return 1 / 0\n"}).error
        self.assertEqual(error["line"], 2)
        self.assertEqual(error["excerpt"].splitlines()[0], "helpers.py:")
        self.assertEqual(
            bare(error["traceback"]),
            [
                "Traceback (most recent call last):",
                '  File "<user_code>", line 2, in <module>',
                "    helpers.f()",
                '  File "helpers.py", line 2, in f',
                "    return 1 / 0",
                "ZeroDivisionError: division by zero",
            ],
        )

    def test_errno_of_an_os_error(self) -> None:
        self.assertEqual(run("raise OSError(28, 'No space')").error["errno"], 28)
        self.assertIsNone(run("raise OSError('text')").error["errno"])

    def test_a_long_traceback_is_cut_in_the_middle(self) -> None:
        text = run("def f(n): return g(n)\ndef g(n): return f(n)\nimport sys\nsys.setrecursionlimit(5000)\nf(1)").error["traceback"]
        self.assertLess(len(text), 66_000)
        self.assertIn(" characters omitted]\n", text)

    def test_suggestion(self) -> None:
        for code, suggestion in SUGGESTIONS:
            with self.subTest(code=code):
                left = run(code, files={"data.csv": ""})
                self.assertEqual((left.ending, left.error["suggestion"]), ("error", suggestion))

    def test_no_file_to_suggest(self) -> None:
        self.assertEqual(run("open('x')").error["suggestion"], "The working directory is empty: hand the file in by files.")

