"""blockedImports and allowedImports: before running, while running, and not for libraries."""
from __future__ import annotations

import unittest

from .language_run import run

BLOCKED = ["os", "subprocess", "socket", "ctypes", "importlib", "urllib.request", "unknown_name"]
OS = "Import 'os' is blocked by policy (line 1). Use pathlib for paths, or remove 'os' from blockedImports."

# code, message
BEFORE = [
    ("import os", OS),
    ("import os as o", OS),
    ("import math, os", OS),
    ("from os import path", OS),
    ("from os import *", OS),
    ("if 0: import os", OS),
    ("try:\n    import os\nexcept ImportError: pass", OS.replace("line 1", "line 2")),
    ("def f():\n    import os", OS.replace("line 1", "line 2")),
    ("import os.path", OS.replace("Import 'os'", "Import 'os.path'")),
    ("import urllib.request", "Import 'urllib.request' is blocked by policy (line 1). Pass the data in through input_data or files, or remove 'urllib.request' from blockedImports."),
    ("from urllib import request", "Import 'urllib.request' is blocked by policy (line 1). Pass the data in through input_data or files, or remove 'urllib.request' from blockedImports."),
    ("import unknown_name", "Import 'unknown_name' is blocked by policy (line 1). Remove 'unknown_name' from blockedImports to allow it."),
]
WHILE = [
    "__import__('os')",
    "m = __builtins__['__import__']\nm('os')",
    "exec('import os')",
    "eval(\"__import__('os')\")",
    "class S(str): pass\n__import__(S('os'))",
    "__import__('os', fromlist=['path'])",
    "def f(): exec('import os', {})\nf()",
    "__import__('', {'__package__': 'os'}, None, ['path'], 1)",
]
FREE = [
    ("import urllib.parse\nurllib.parse.quote('a b')", "a%20b"),
    ("import json, tempfile, sqlite3, logging\njson.dumps(1)", "1"),
    ("import oslo_free as x", None),
    ("from .os import x", None),
]


class Blocked(unittest.TestCase):
    def test_before_running(self) -> None:
        for code, message in BEFORE:
            with self.subTest(code=code):
                left = run(code + "\nprint('ran')", blockedImports=BLOCKED)
                self.assertEqual((left.ending, left.out, left.outcome["exitCode"]), ("blocked", "", 1))
                self.assertEqual((left.error["type"], left.error["message"]), ("ImportBlockedError", message))
                said = left.denials[0]
                self.assertEqual(f"{said['message']} {said['hint']}", message)

    def test_while_running(self) -> None:
        for code in WHILE:
            with self.subTest(code=code):
                left = run(code, blockedImports=BLOCKED)
                self.assertEqual((left.ending, left.error["type"]), ("blocked", "ImportBlockedError"))
                self.assertRegex(left.error["message"], r"^Import 'os(\.path)?' is blocked by policy \(line \d\)\. Use pathlib")
                self.assertEqual(len(left.denials), 1)

    def test_the_same_runs_without_the_rule(self) -> None:
        for code in [*(code for code, _ in BEFORE[:10]), *WHILE[:-1]]:
            with self.subTest(code=code):
                self.assertEqual(run(code).ending, "ok")

    def test_a_dynamic_refusal_can_be_caught_and_is_still_a_denial(self) -> None:
        left = run("try:\n    __import__('os')\nexcept ImportError as e:\n    result = e.name", blockedImports=BLOCKED)
        self.assertEqual((left.ending, left.result), ("ok", "os"))
        self.assertEqual([(d["layer"], d["action"], d["target"], d["line"]) for d in left.denials], [("language", "import", "os", 2)])

    def test_what_c_code_imports_for_itself(self) -> None:
        parse = "import time\ntime.strptime('2026', '%Y').tm_year"
        for left in (run(parse, allowedImports=["time"]), run(parse, blockedImports=BLOCKED)):
            with self.subTest():
                self.assertEqual((left.ending, left.outcome["resultRepr"], left.denials), ("ok", "2026", []))

    def test_who_asks_as_c_code_does_gets_nothing(self) -> None:
        asked = "__import__({!r}, globals(), globals(), [], 0)"
        left = run(asked.format("os") + " is None", blockedImports=BLOCKED)
        self.assertEqual((left.ending, left.outcome["resultRepr"]), ("ok", "True"))
        left = run(asked.format("unknown_name"), blockedImports=BLOCKED)
        self.assertEqual((left.ending, left.error["type"]), ("blocked", "ImportBlockedError"))

    def test_what_the_rules_do_not_concern(self) -> None:
        for code, result in FREE[:2]:
            with self.subTest(code=code):
                self.assertEqual(run(code, blockedImports=BLOCKED).result, result)
        for code, _ in FREE[2:]:
            with self.subTest(code=code):
                self.assertEqual(run(code, blockedImports=BLOCKED).ending, "error")

    def test_all_refusals_are_listed_in_order(self) -> None:
        left = run("def f():\n    import socket\nimport os, ctypes\nimport os", blockedImports=BLOCKED)
        self.assertEqual([(d["target"], d["line"]) for d in left.denials], [("socket", 2), ("os", 3), ("ctypes", 3)])
        self.assertEqual(len(run("\n".join(f"import os.a{i}" for i in range(300)), blockedImports=BLOCKED).denials), 100)


class UserModules(unittest.TestCase):
    def test_modules_of_the_workdir_are_user_code(self) -> None:
        left = run("print('before')\nimport helpers", files={"helpers.py": "x = 1\nimport os"}, blockedImports=BLOCKED)
        self.assertEqual((left.ending, left.out), ("blocked", "before\n"))
        self.assertEqual(left.error["message"], OS.replace("line 1", "line 2 of helpers.py"))

    def test_dynamic_imports_in_modules(self) -> None:
        left = run("import pkg.m", files={"pkg/__init__.py": "", "pkg/m.py": "__import__('os')"}, blockedImports=BLOCKED)
        self.assertEqual((left.ending, left.error["message"]), ("blocked", OS))

    def test_an_allow_list_speaks_of_other_peoples_modules(self) -> None:
        left = run("import helpers\nhelpers.x", files={"helpers.py": "from math import pi as x"}, allowedImports=["math"])
        self.assertEqual((left.error, left.ending), (None, "ok"))
        left = run("import helpers", files={"helpers.py": "import json"}, allowedImports=["math"])
        self.assertEqual(left.error["message"], "Import 'json' is not allowed by policy (line 1 of helpers.py). Add 'json' to allowedImports.")


class Allowed(unittest.TestCase):
    def test_only_what_is_listed(self) -> None:
        allowed = ["math", "xml.etree", "json"]
        for code in ("import math", "import json.decoder", "import xml.etree.ElementTree", "from xml import etree", "import xml", "from __future__ import annotations", "from json import loads"):
            with self.subTest(code=code):
                self.assertEqual(run(code, allowedImports=allowed).ending, "ok")
        for code, name in (("import random", "random"), ("import xml.dom", "xml.dom"), ("from xml import dom", "xml.dom"), ("__import__('random')", "random"), ("__import__('xml', None, None, ['dom'])", "xml.dom")):
            with self.subTest(code=code):
                left = run(code, allowedImports=allowed)
                self.assertEqual(left.ending, "blocked")
                self.assertEqual(left.error["message"], f"Import '{name}' is not allowed by policy (line 1). Add '{name}' to allowedImports.")

    def test_an_empty_list_allows_nothing(self) -> None:
        self.assertEqual(run("import math", allowedImports=[]).ending, "blocked")

    def test_blocked_wins(self) -> None:
        self.assertEqual(run("import math", allowedImports=["math"], blockedImports=["math"]).ending, "blocked")
