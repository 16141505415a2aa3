"""blockedBuiltins, allowedBuiltins, banDefinitions, banDunders and maxAstNodes."""
from __future__ import annotations

import unittest

from .language_run import run

EVAL = "Builtin 'eval' is blocked by policy (line 1). Remove 'eval' from blockedBuiltins to allow it."


class Builtins(unittest.TestCase):
    def test_before_running(self) -> None:
        for code in ("eval('1')", "f = eval", "print(eval)", "[eval]"):
            with self.subTest(code=code):
                left = run(code + "\nprint('ran')", blockedBuiltins=["eval", "exec"])
                self.assertEqual((left.ending, left.out, left.error["message"]), ("blocked", "", EVAL))
                self.assertEqual(left.error["type"], "BuiltinBlockedError")

    def test_while_running(self) -> None:
        for code in (
            "__builtins__['eval']('1')",
            "exec('eval(1)')",
            "__builtins__['ev' 'al'].__name__",
            "isinstance(1, __builtins__['ev' 'al'])",
            "\uff45val('1')",
            "class A(__builtins__['ev' 'al']): pass",
        ):
            with self.subTest(code=code):
                left = run(code, blockedBuiltins=["eval"])
                self.assertEqual((left.ending, left.error["message"]), ("blocked", EVAL))

    def test_the_same_runs_without_the_rule(self) -> None:
        self.assertEqual(run("eval('1')").result, 1)

    def test_it_is_a_name_error(self) -> None:
        left = run("try:\n    __builtins__['eval']('1')\nexcept NameError:\n    result = 'caught'", blockedBuiltins=["eval"])
        self.assertEqual((left.ending, left.result), ("ok", "caught"))
        self.assertEqual([(d["action"], d["target"], d["line"]) for d in left.denials], [("builtin", "eval", 2)])

    def test_a_name_that_the_program_binds_is_its_own(self) -> None:
        for code in (
            "def eval(x): return 2\nresult = eval(1)",
            "for eval in [2]: pass\nresult = eval",
            "result = (lambda eval: eval)(2)",
            "from math import factorial as eval\nresult = eval(2)",
            "try:\n    raise ValueError(2)\nexcept ValueError as eval:\n    result = eval.args[0]",
        ):
            with self.subTest(code=code):
                self.assertEqual(run(code, blockedBuiltins=["eval"]).result, 2)

    def test_libraries_keep_the_real_builtins(self) -> None:
        code = "from collections import namedtuple\nnamedtuple('P', 'x')(1).x"
        self.assertEqual(run(code, blockedBuiltins=["eval", "exec", "open", "compile"]).result, 1)

    def test_allow_list(self) -> None:
        code = "import math\nclass A: pass\ntry:\n    raise ValueError\nexcept ValueError:\n    print(True, None)"
        self.assertEqual(run(code, allowedBuiltins=["print"]).out, "True None\n")
        left = run("len([])", allowedBuiltins=["print"])
        self.assertEqual(
            (left.ending, left.error["message"]),
            ("blocked", "Builtin 'len' is not allowed by policy (line 1). Add 'len' to allowedBuiltins."),
        )
        self.assertEqual(run("exit()", allowedBuiltins=["print"]).ending, "blocked")


class Bans(unittest.TestCase):
    def test_definitions(self) -> None:
        for code, what in (
            ("def f(): pass", "def f"),
            ("async def f(): pass", "async def f"),
            ("class A: pass", "class A"),
            ("x = lambda: 1", "lambda"),
            ("if 1:\n  def g(): pass", "def g"),
        ):
            with self.subTest(code=code):
                left = run(code, banDefinitions=True)
                line = code.count("\n") + 1
                message = f"Definition '{what}' is not allowed by policy (line {line}). Set banDefinitions: false to allow it."
                self.assertEqual((left.ending, left.error["type"], left.error["message"]), ("blocked", "PolicyError", message))
                self.assertEqual(run(code).ending, "ok")
        self.assertEqual(run("[x for x in [1]]", banDefinitions=True).result, [1])

    def test_dunders(self) -> None:
        plain = "Set banDunders: false to allow it."
        for code, name, hint in (
            ("().__class__", "__class__", "Use type(x), or set banDunders: false."),
            ("__builtins__", "__builtins__", "Use the builtin by its name, or set banDunders: false."),
            ("def __x__(): pass", "__x__", plain),
            ("import math as __m__", "__m__", plain),
            ("from math import pi as __p__", "__p__", plain),
            ("from math import __spec__", "__spec__", plain),
            ("f = lambda __a__: 1", "__a__", plain),
            ("def f():\n    global __g__", "__g__", plain),
            ("try:\n    1 / 0\nexcept ValueError as __e__:\n    1\nexcept ZeroDivisionError:\n    2", "__e__", plain),
            ("getattr(1, '__class__')", "__class__", "Use type(x), or set banDunders: false."),
            ("hasattr(1, '__dict__')", "__dict__", "Use the attributes by name, or set banDunders: false."),
            ("'{0.__class__}'.format(1)", "__class__", "Use type(x), or set banDunders: false."),
            ("'{a[0].__doc__}{a.__class__!r:>9}'.format_map({'a': 'x'})", "__class__", "Use type(x), or set banDunders: false."),
            ("[].__len__()", "__len__", "Use len(x), or set banDunders: false."),
            ("str.__init__", "__init__", "Use super().__init__() in a method, or a call of the class, or set banDunders: false."),
        ):
            with self.subTest(code=code):
                left = run(code, banDunders=True)
                line = left.error["line"]
                message = f"Dunder name '{name}' is not allowed by policy (line {line}). {hint}"
                self.assertEqual((left.ending, left.error["message"]), ("blocked", message))
                self.assertEqual(left.error["suggestion"], hint)
                self.assertEqual(run(code).ending, "ok")
        for code in (
            "__name__",
            "class A:\n    def __init__(self): super().__init__()",
            "class A:\n    def __add__(self, other): return 1\nA() + 1",
            "_x = 1",
            "'__class__'",
            "getattr('a', 'upper')()",
            "'{0.real}{1}'.format(1, '__class__')",
        ):
            with self.subTest(code=code):
                self.assertEqual(run(code, banDunders=True).ending, "ok")

    def test_banned_syntax(self) -> None:
        bans = {"While": "Use a for loop.", "sorted()": "", "np.linalg.solve()": "Write it.", "Call": ""}
        for ban, code, message in (
            ("While", "x = 1\nwhile x: x = 0", "Syntax 'While' is not allowed by policy (line 2). Use a for loop."),
            (
                "sorted()",
                "sorted([1])",
                "The call sorted() is not allowed by policy (line 1). Remove 'sorted()' from bannedSyntax to allow it.",
            ),
            (
                "np.linalg.solve()",
                "if 0: np.linalg.solve(a)",
                "The call np.linalg.solve() is not allowed by policy (line 1). Write it.",
            ),
            ("Call", "len('')", "Syntax 'Call' is not allowed by policy (line 1). Remove 'Call' from bannedSyntax to allow it."),
        ):
            with self.subTest(code=code):
                left = run(code, bannedSyntax={ban: bans[ban]})
                self.assertEqual((left.ending, left.error["message"]), ("blocked", message))
                self.assertEqual((left.denials[0]["action"], left.denials[0]["target"]), ("syntax", ban))
                self.assertEqual(run(code).ending, "ok")
        free = "x = [sorted]\nfor y in x: pass\nclass A:\n    def sorted(self): return 1\nA().sorted()"
        self.assertEqual(run(free, bannedSyntax={"While": "", "sorted()": ""}).ending, "ok")

    def test_a_ban_takes_no_other_rule_away(self) -> None:
        left = run("import os\ngetattr(1, '__class__')", bannedSyntax={"Import": "", "Call": ""}, blockedImports=["os"], banDunders=True)
        self.assertEqual([d["target"] for d in left.denials], ["os", "Import", "Call", "__class__"])

    def test_node_count(self) -> None:
        left = run("x = 1\n" * 10, maxAstNodes=30)
        self.assertEqual(left.error["message"], "The code has 31 syntax nodes; the policy allows 30. Shorten the code, or raise maxAstNodes.")
        self.assertEqual((left.ending, left.error["line"], left.error["column"]), ("blocked", 10, 5))
        self.assertEqual(left.error["excerpt"].splitlines()[2:], ["> 10 | x = 1", "     |     ^"])
        self.assertEqual(run("x = 1\n" * 10, maxAstNodes=31).ending, "ok")

    def test_columns_count_characters(self) -> None:
        left = run("x = 'ü\U0001f40d'; eval('1')", blockedBuiltins=["eval"])
        self.assertEqual((left.error["column"], left.error["excerpt"].splitlines()[1]), (11, "    |           ^^^^"))

    def test_the_first_in_the_source_decides_and_all_are_listed(self) -> None:
        left = run("x = ().__class__\ndef f():\n    eval('1')\n", banDunders=True, banDefinitions=True, blockedBuiltins=["eval"])
        self.assertEqual((left.error["line"], left.error["column"]), (1, 5))
        self.assertEqual([d["target"] for d in left.denials], ["__class__", "def f", "eval"])
