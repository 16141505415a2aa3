"""Running user code: names, results, endings, and what an interpreter does at exit."""
from __future__ import annotations

import unittest

from .language_run import run

# code, input, result, whether there is one
RESULTS = [
    ("result = input_data['x'] + 1", {"x": 1}, 2, True),
    ("x + 1", {"x": 1}, 2, True),
    ("result = 1\n2", {}, 1, True),
    ("result = None", {}, None, True),
    ("None", {}, None, False),
    ("x = 1", {}, None, False),
    ("", {}, None, False),
    ("'only text'", {}, "only text", True),
    ("print('hi')", {}, None, False),
    ("n = 3\n[n for _ in range(2)]", {}, [3, 3], True),
    ("[print is builtin for builtin in [print]]", {"print": 1}, [True], True),
    ("sorted(k for k in globals() if not k.startswith('__'))", {"a": 1, "_b": 1, "for": 1, "a b": 1, "result": 1}, ["a", "input_data"], True),
    ("__name__", {}, "__main__", True),
    ("import asyncio\nawait asyncio.sleep(0, 5)", {}, 5, True),
    ("async def f():\n    return 6\nresult = await f()", {}, 6, True),
    ("async def g():\n    yield 1\n[i async for i in g()]", {}, [1], True),
    ("import asyncio\nasyncio.run(asyncio.sleep(0, 7))", {}, 7, True),
    ("import pickle\nclass A: pass\ntype(pickle.loads(pickle.dumps(A()))).__name__", {}, "A", True),
    ("from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\nP(1).x", {}, 1, True),
    ("import typing\nclass P:\n    x: 'int'\ntyping.get_type_hints(P)['x'].__name__", {}, "int", True),
    ("from __future__ import annotations\ndef f(x: Absent): pass\nf.__annotations__", {}, {"x": "Absent"}, True),
    ("def f(x: int): pass\nf.__annotations__['x'] is int", {}, True, True),
    ("import sys\nsys.argv", {}, ["<user_code>", "a", "b"], True),
    ("import sys\nsys.modules['__main__'].__dict__ is globals()", {}, True, True),
    ("exec('y = 2')\ny", {}, 2, True),
    ("result = 5\nraise SystemExit", {}, 5, True),
    ("import traceback\ntry:\n    1/0\nexcept Exception:\n    t = traceback.format_exc()\n'    1/0\\n' in t", {}, True, True),
]

# code, ending, exit code, type of the error, stdout, stderr
ENDINGS = [
    ("raise SystemExit", "exit", 0, None, "", ""),
    ("exit()", "exit", 0, None, "", ""),
    ("quit(0)", "exit", 0, None, "", ""),
    ("exit(3)", "exit", 3, "SystemExit", "", ""),
    ("import sys\nsys.exit(-1)", "exit", 255, "SystemExit", "", ""),
    ("import sys\nsys.exit(True)", "exit", 1, "SystemExit", "", ""),
    ("raise SystemExit('no more')", "exit", 1, "SystemExit", "", "no more\n"),
    ("import atexit\natexit.register(print, 'left')\n1", "ok", 0, None, "left\n", ""),
    ("import atexit\natexit.register(print, 'left')\nexit(2)", "exit", 2, "SystemExit", "left\n", ""),
    ("import threading, time\nthreading.Thread(target=lambda: (time.sleep(.05), print('t'))).start()", "ok", 0, None, "t\n", ""),
    ("import sys\nsys.stdout.write('no newline')\nNone", "ok", 0, None, "no newline", ""),
    ("class A:\n    def __del__(self): print('gone')\na = A()", "ok", 0, None, "gone\n", ""),
    ("import sys\nsys.stdout.close()", "ok", 0, None, "", ""),
    ("import sys\nsys.stdout = sys.stderr = None", "ok", 0, None, "", ""),
    ("import sys\nsys.excepthook = lambda *a: print('hook', a[0].__name__)\n1/0", "error", 1, "ZeroDivisionError", "hook ZeroDivisionError\n", ""),
    ("raise SystemExit(0) from ValueError()", "exit", 0, None, "", ""),
]


class Results(unittest.TestCase):
    def test_result(self) -> None:
        for code, given, result, has_result in RESULTS:
            with self.subTest(code=code):
                left = run(code, given, job={"argv": ["a", "b"]})
                self.assertEqual((left.error, left.result, left.outcome["hasResult"]), (None, result, has_result))

    def test_nothing_of_the_harness_is_left_in_the_namespace(self) -> None:
        self.assertEqual(run("globals().get('_pungi_last_value', 'absent')").result, "absent")

    def test_extra_globals_win_over_input(self) -> None:
        self.assertEqual(run("[a, b]", {"a": 1, "b": 2}, extraGlobals='{"a":9}').result, [9, 2])

    def test_input_need_not_be_a_dict(self) -> None:
        self.assertEqual(run("input_data[1]", [1, 2]).result, 2)

    def test_a_value_that_cannot_travel_leaves_its_repr_and_a_note(self) -> None:
        left = run("result = len")
        self.assertEqual((left.ending, left.outcome["hasResult"]), ("ok", False))
        self.assertEqual(left.outcome["resultRepr"], "<built-in function len>")
        self.assertEqual(len(left.outcome["notes"]), 1)


class Endings(unittest.TestCase):
    def test_ending(self) -> None:
        for code, ending, exit_code, error_type, out, err in ENDINGS:
            with self.subTest(code=code):
                left = run(code)
                error = left.error and left.error["type"]
                self.assertEqual(
                    (left.ending, left.outcome["exitCode"], error, left.out, left.err),
                    (ending, exit_code, error_type, out, err),
                )

    def test_base_exceptions_are_reported(self) -> None:
        for name, exit_code in (("KeyboardInterrupt", 130), ("GeneratorExit", 1), ("BaseException", 1)):
            with self.subTest(name=name):
                left = run(f"raise {name}('x')")
                self.assertEqual((left.ending, left.outcome["exitCode"]), ("error", exit_code))
                self.assertEqual((left.error["type"], left.error["message"]), (name, "x"))

    def test_files_left_open_are_written(self) -> None:
        left = run("import sys\nf = open('a.txt', 'w')\nf.write('text')\nsys.kept = open('b.bin', 'wb')\nsys.kept.write(b'b')\nNone")
        self.assertEqual(left.files, {"a.txt": b"text", "b.bin": b"b"})

    def test_a_stream_that_cannot_be_flushed_is_a_note(self) -> None:
        code = "import sys\nclass S:\n    closed = False\n    def write(self, t): pass\n    def flush(self): raise ValueError\nsys.stdout = S()"
        left = run(code)
        self.assertEqual((left.ending, left.outcome["notes"]), ("ok", ["stdout could not be flushed: ValueError"]))

    def test_background_tasks_are_awaited(self) -> None:
        code = "import asyncio\nasync def f():\n    await asyncio.sleep(.01)\n    print('done')\nasyncio.create_task(f())\nawait asyncio.sleep(0)"
        self.assertEqual(run(code).out, "done\n")

    def test_a_background_task_that_fails_fails_the_run(self) -> None:
        code = "import asyncio\nasync def f():\n    await asyncio.sleep(.01)\n    raise KeyError('k')\nasyncio.create_task(f())\nawait asyncio.sleep(0)"
        left = run(code)
        self.assertEqual((left.ending, left.error["type"], left.error["line"]), ("error", "KeyError", 4))


class Entrypoint(unittest.TestCase):
    def test_a_file_runs_as_the_main_program(self) -> None:
        files = {"main.py": "import sys, helpers\nif __name__ == '__main__':\n    result = [sys.argv, __file__.endswith('/main.py'), helpers.greet()]", "helpers.py": "def greet(): return 'hi'"}
        left = run(files=files, job={"entrypoint": "main.py", "argv": ["x"]})
        self.assertEqual(left.result, [["main.py", "x"], True, "hi"])

    def test_an_error_names_the_file(self) -> None:
        left = run(files={"sub/main.py": "1/0"}, job={"entrypoint": "sub/main.py"})
        self.assertEqual(left.error["traceback"].splitlines()[1], '  File "sub/main.py", line 1, in <module>')

    def test_a_missing_file_is_an_error_of_the_run(self) -> None:
        left = run(job={"entrypoint": "main.py"})
        self.assertEqual((left.ending, left.error["type"]), ("error", "FileNotFoundError"))


class Modules(unittest.TestCase):
    def test_packages_and_relative_imports(self) -> None:
        files = {"pkg/__init__.py": "from .a import one\nfrom . import b", "pkg/a.py": "one = 1", "pkg/b.py": "two = 2"}
        left = run("import pkg\nfrom pkg.b import two\n[pkg.one, two]", files=files)
        self.assertEqual((left.error, left.result), (None, [1, 2]))
        self.assertEqual(sorted(left.files), sorted(files))

    def test_a_coding_line_is_honoured(self) -> None:
        left = run("import m\nm.word", files={"m.py": "# coding: latin-1\nword = 'a'"})
        self.assertEqual(left.result, "a")


class Hostile(unittest.TestCase):
    def test_the_outcome_survives(self) -> None:
        raising = "    def __str__(self): raise ValueError\n    __repr__ = __str__\nraise E"
        properties = "    @property\n    def __class__(self): raise ValueError\n    @property\n    def __traceback__(self): raise ValueError\nraise E"
        for code, message in (
            ("class E(Exception):\n" + raising, "<exception str() failed>"),
            ("class E(Exception):\n" + properties, ""),
            ("class M(type):\n    def __getattribute__(c, n): raise ValueError\nclass E(Exception, metaclass=M): pass\nraise E", ""),
            ("import sys\nsys.setrecursionlimit(70)\ndef f(): f()\nf()", "maximum recursion depth exceeded"),
            ("class E(Exception): pass\ne = E('loop')\ne.__cause__ = e\nraise e", "loop"),
            ("raise ValueError('\\ud800')", "\ud800"),
            ("raise ValueError('x' * 100000)", "x" * 65536),
        ):
            with self.subTest(code=code):
                left = run(code)
                self.assertEqual((left.ending, left.error["message"]), ("error", message))

    def test_code_that_cannot_be_compiled(self) -> None:
        for code in ("x = '\ud800'", "x = 1\0", "(" * 500, "-" * 50000 + "1"):
            with self.subTest(code=code[:10]):
                self.assertEqual(run(code, maxAstNodes=1 << 30).ending, "error")
