"""Code that is read and not run, and the list of packages."""
from __future__ import annotations

import os
import tempfile
import unittest

from .language_run import ORDERS

from pungi_harness import execute, values
from pungi_harness.language import Language, Run
from pungi_harness.policy import inventory, questions


def ask(code: str, **orders: object) -> list:
    language = Language({**ORDERS, **orders})
    outcome = questions.answer("validate", {"code": code, "filename": "<user_code>"}, Run(language, "/"))
    return values.decode(execute.outcome_json(outcome))["result"]


class Validate(unittest.TestCase):
    def test_good_code(self) -> None:
        for code in ("x = 1", "", "\ufeffx = 1", "await f()\n[x async for x in y]", "import os"):
            with self.subTest(code=code):
                self.assertEqual(ask(code), [])

    def test_nothing_runs(self) -> None:
        with tempfile.TemporaryDirectory() as place:
            path = os.path.join(place, "ran")
            ask(f"open({path!r}, 'w')\nclass A:\n    open({path!r}, 'w')\ndef f(x=open({path!r}, 'w')): pass")
            self.assertEqual(os.listdir(place), [])

    def test_syntax(self) -> None:
        for code, kind, line in (
            ("x = (", "SyntaxError", 1),
            ("if x:\nprint(1)", "IndentationError", 2),
            ("if x:\n\ty\n        z", "TabError", 3),
            ("x\nreturn 1", "SyntaxError", 2),
            ("x\nbreak", "SyntaxError", 2),
            ("def f():\n    nonlocal q", "SyntaxError", 2),
            ("def f(a, a): pass", "SyntaxError", 1),
        ):
            with self.subTest(code=code):
                problems = ask(code)
                self.assertEqual([(p["kind"], p["type"], p["line"]) for p in problems], [("syntax", kind, line)])
                self.assertIsInstance(problems[0]["excerpt"], str)

    def test_what_overwhelms_the_parser(self) -> None:
        for code in ("x = " + "(" * 5000, "x = " + "[" * 90_000):
            with self.subTest(code=code[:9]):
                problems = ask(code)
                self.assertEqual([p["kind"] for p in problems], ["syntax"])

    def test_policy_and_compiler_together_in_order(self) -> None:
        problems = ask("import os\nreturn\nimport sys, re", blockedImports=["os", "re"])
        self.assertEqual(
            [(p["kind"], p["target"], p["line"], p["column"]) for p in problems],
            [("policy", "os", 1, 1), ("syntax", None, 2, 1), ("policy", "re", 3, 1)],
        )


class Packages(unittest.TestCase):
    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.place = holder.name

    def write(self, name: str, text: str = "") -> None:
        path = os.path.join(self.place, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def test_what_installers_leave(self) -> None:
        self.write("one-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: One\nVersion: 1.0\n\nName: no\n")
        self.write("one-1.0.dist-info/top_level.txt", "one\n_private\ngone\n")
        self.write("one/__init__.py")
        self.write("two-2.dist-info/METADATA", "Name: two\nVersion: 2\n")
        self.write("two-2.dist-info/RECORD", "two.py,,\ntwo-2.dist-info/METADATA,,\nfast.cpython-311-x.so,,\nsub/a.py,,\n../bin/x,,\n")
        self.write("two.py")
        self.write("fast.cpython-311-x.so")
        self.write("sub/a.py")
        self.write("three.egg-info", "Name: three\nVersion: 3\n")
        self.write("four-4.egg-info/PKG-INFO", "Name: four\nVersion: 4\n")
        self.write("four-4.egg-info/top_level.txt", "four\n")
        self.write("four.py")
        self.write("broken.dist-info/METADATA", "no header at all")
        self.assertEqual(
            inventory.packages([self.place, "/nowhere", self.place]),
            [
                {"name": "four", "version": "4", "modules": ["four"]},
                {"name": "One", "version": "1.0", "modules": ["one"]},
                {"name": "two", "version": "2", "modules": ["fast", "sub", "two"]},
            ],
        )

    def test_the_first_place_wins(self) -> None:
        for place, version in (("a", "1"), ("b", "2")):
            self.write(f"{place}/x-{version}.dist-info/METADATA", f"Name: x\nVersion: {version}\n")
            self.write(f"{place}/x-{version}.dist-info/top_level.txt", "x")
            self.write(f"{place}/x.py")
        found = inventory.packages([os.path.join(self.place, "a"), os.path.join(self.place, "b")])
        self.assertEqual([package["version"] for package in found], ["1"])
