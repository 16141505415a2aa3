"""resultFrom, recursionLimit, changed builtins, blockedGlobals and allowedGlobals."""
from __future__ import annotations

import unittest

from .language_run import run


class ResultFrom(unittest.TestCase):
    def test_what_is_taken(self) -> None:
        for origin, both, variable, expression in (
            ("either", 1, 1, 2),
            ("variable", 1, 1, None),
            ("expression", 2, None, 2),
            ("none", None, None, None),
        ):
            with self.subTest(origin=origin):
                self.assertEqual(run("result = 1\n2", resultFrom=origin).result, both)
                self.assertEqual(run("result = 1", resultFrom=origin).result, variable)
                self.assertEqual(run("2", resultFrom=origin).result, expression)


class RecursionLimit(unittest.TestCase):
    NEST = "def f(n): return n and f(n - 1)\n"

    def test_holds(self) -> None:
        left = run(self.NEST + "f(120)", recursionLimit=100)
        self.assertEqual((left.ending, left.error["type"]), ("error", "RecursionError"))
        self.assertEqual(run(self.NEST + "f(60)", recursionLimit=100).result, 0)
        self.assertEqual(run(self.NEST + "f(1500)", recursionLimit=2000).result, 0)
        self.assertEqual(run(self.NEST + "f(120)").result, 0)

    def test_can_be_lowered_and_not_raised(self) -> None:
        code = "import sys\nsys.setrecursionlimit({})\nsys.getrecursionlimit()"
        self.assertEqual(run(code.format(80), recursionLimit=100).result, 80)
        left = run(code.format(101), recursionLimit=100)
        message = (
            "A recursion limit of 101 is above the 100 that the policy allows. Raise recursionLimit to allow it."
        )
        self.assertEqual((left.ending, left.error["message"]), ("blocked", message))
        self.assertEqual([(d["action"], d["target"], d["line"]) for d in left.denials], [("recursion", "101", 2)])
        self.assertEqual(run(code.format(101)).result, 101)

    def test_what_follows_the_program_has_room(self) -> None:
        left = run("x = []\nfor _ in range(80): x = [x]\nresult = x", recursionLimit=60)
        self.assertEqual((left.ending, left.outcome["hasResult"]), ("ok", True))
        self.assertEqual(run("def f(): f()\nf()", recursionLimit=50).error["type"], "RecursionError")


class ChangedBuiltins(unittest.TestCase):
    MOCK = "from unittest import mock\nwith mock.patch('builtins.open', mock.mock_open(read_data='x')):\n    y = open('a').read()\ny, open.__name__"

    def test_what_is_set_in_the_module_counts_for_user_code(self) -> None:
        self.assertEqual(run(self.MOCK).result, ["x", "open"])
        code = "import builtins\nbuiltins.mine = 5\nx = [mine]\ndel builtins.mine\ntry: mine\nexcept NameError: x.append(0)\nx"
        self.assertEqual(run(code).result, [5, 0])
        code = "import builtins, helper\nbuiltins.len = lambda _: 7\nhelper.count()"
        self.assertEqual(run(code, files={"helper.py": "def count(): return len('abc')"}).result, 7)

    def test_not_for_what_the_policy_decides(self) -> None:
        # By exec, for what stands in the program itself is refused before it runs.
        use = "\nexec('y = open(1, 2)')\ny"
        self.assertEqual(run("import builtins\nbuiltins.open = max" + use).result, 2)
        lying = "class S(str):\n    asked = 0\n    __hash__ = str.__hash__\n    def __eq__(self, other):\n        self.asked += 1\n        return self.asked != {}\n"
        for name, turn in [("'open'", 0)] + [("S('open')", turn) for turn in range(1, 5)]:
            code = f"{lying.format(turn)}import builtins\nsetattr(builtins, {name}, max){use}"
            self.assertEqual(run(code, blockedBuiltins=["open"]).ending, "blocked", (name, turn))
        code = "import builtins\nbuiltins.__import__ = lambda name, *rest: 5\nexec('import os')\nos"
        self.assertEqual(run(code).result, 5)
        self.assertEqual(run(code, blockedImports=["os"]).ending, "blocked")


class Globals(unittest.TestCase):
    CODE = "sorted(n for n in ('a', 'b', 'limit') if n in globals()) + sorted(input_data)"

    def test_keys_that_become_variables(self) -> None:
        for rules, seen in (
            ({}, ["a", "b"]),
            ({"blockedGlobals": ["a"]}, ["b"]),
            ({"allowedGlobals": ["a"]}, ["a"]),
            ({"allowedGlobals": []}, []),
            ({"allowedGlobals": ["a", "b"], "blockedGlobals": ["b"]}, ["a"]),
            ({"allowedGlobals": [], "extraGlobals": '{"limit":1}'}, ["limit"]),
        ):
            with self.subTest(rules=rules):
                left = run(self.CODE, {"a": 1, "b": 2}, **rules)  # type: ignore[arg-type]
                self.assertEqual(left.result, [*seen, "a", "b"])
