"""What is noted of a run that is watched; that ordinary runs have nothing of it."""
from __future__ import annotations

import unittest

from pungi_harness.policy import bag

from .language_run import run


def seen(code: str, files: dict | None = None, **orders: bool) -> dict:
    left = run(code, None, files, None, record=True, **orders)
    if left.outcome.get("seen") is None:
        raise AssertionError(left.err)
    return left.outcome["seen"]


class Imports(unittest.TestCase):
    def test_names_are_as_an_allow_list_takes_them(self) -> None:
        for code, names in (
            ("import json", ["json"]),
            ("import json as j, os.path", ["json", "os.path"]),
            ("from json import dumps, loads", ["json"]),
            ("from json import decoder", ["json.decoder"]),
            ("from json import *", ["json"]),
            ("def never(): import decimal", ["decimal"]),
            ("try:\n  import nowhere\nexcept ImportError: pass", ["nowhere"]),
            ("__import__('frac' + 'tions')", ["fractions"]),
            ("exec('import decimal')", ["decimal"]),
            ("import importlib\nimportlib.import_module('decimal')", ["importlib"]),
            ("from __future__ import annotations\nimport pungi", []),
        ):
            with self.subTest(code=code):
                self.assertEqual(seen(code)["imports"], names)

    def test_own_modules_are_left_out_and_what_they_import_is_not(self) -> None:
        files = {"own.py": "import decimal\nabs(1)", "pack/__init__.py": "", "pack/part.py": "from . import other", "pack/other.py": ""}
        told = seen("import own\nimport pack.part", files=files)
        self.assertEqual((told["imports"], told["builtins"]), (["decimal"], ["abs"]))

    def test_what_libraries_import_is_left_out(self) -> None:
        self.assertEqual(seen("import fractions")["imports"], ["fractions"])


class Builtins(unittest.TestCase):
    def test_names(self) -> None:
        for code, names in (
            ("x = 1", []),
            ("print(len('x'))", ["len", "print"]),
            ("def never(): return sum([])", ["sum"]),
            ("eval('max(1, 2)')", ["eval", "max"]),
            ("__builtins__['min'](1, 2)", ["min"]),
            ("def print(): pass\nprint()", []),
            ("class A(Exception): pass\nraise SystemExit", []),
        ):
            with self.subTest(code=code):
                self.assertEqual(seen(code)["builtins"], names)


class Files(unittest.TestCase):
    def test_reads_and_writes(self) -> None:
        told = seen(
            "import os\n"
            "open('a').close()\nopen('b', 'w').close()\nos.mkdir('c'); os.rename('b', 'c/b'); os.listdir('c')\n"
            "try: open('/nowhere/x')\nexcept OSError: pass",
            files={"a": ""},
        )
        work = told["workdir"]
        self.assertEqual([path for path in told["reads"] if not path.startswith("/tmp/")], ["/nowhere/x"])
        self.assertLessEqual({f"{work}/a", f"{work}/c"}, set(told["reads"]))
        self.assertEqual(told["writes"], [f"{work}/b", f"{work}/c", f"{work}/c/b"])

    def test_descriptors_in_use_are_counted(self) -> None:
        few, many = (seen(f"held = [open('a') for _ in range({count})]", files={"a": ""})["openFiles"] for count in (1, 60))
        self.assertGreaterEqual(many - few, 50)

    def test_lists_are_bounded_and_what_is_dropped_is_counted(self) -> None:
        told = seen("for n in range(1200):\n  try: open(f'/nowhere/{n}')\n  except OSError: pass")
        self.assertEqual(len(told["reads"]), bag.MAX_ITEMS)
        self.assertGreaterEqual(told["dropped"], 200)


class Others(unittest.TestCase):
    def test_programs_hosts_and_threads(self) -> None:
        told = seen("import subprocess\nsubprocess.run(['true'])", subprocess=True)
        self.assertEqual((told["programs"], told["processes"]), (["true"], 2))
        refused = seen("import subprocess\nsubprocess.run(['true'])")
        self.assertEqual(refused["programs"], ["true"])
        told = seen("import socket\nsocket.socket().connect_ex(('127.0.0.1', 9))", network=True)
        self.assertEqual(told["hosts"], ["127.0.0.1:9", "a socket"])
        code = "import threading\ngate = threading.Event()\nall = [threading.Thread(target=gate.wait) for _ in range(9)]\n"
        self.assertEqual(seen(code + "for t in all: t.start()\ngate.set()")["processes"], 10)

    def test_nothing_where_the_code_was_not_started(self) -> None:
        self.assertNotIn("seen", run("x = (", record=True).outcome)

    def test_nothing_in_an_ordinary_run(self) -> None:
        self.assertNotIn("seen", run("import json").outcome)
        self.assertEqual(run("type(__builtins__) is dict").result, True)


if __name__ == "__main__":
    unittest.main()
