"""What a glance finds is what a closer look finds; and it judges ordinary programs."""
from __future__ import annotations

import random
import unittest

from .language_run import ORDERS

from pungi_harness import source
from pungi_harness.language import Language, Run
from pungi_harness.policy import questions
from pungi_harness.policy.glance import Glance

POLICIES = (
    {"blockedImports": ["os", "a.b", "socket"]},
    {"allowedImports": ["math", "json", "a.b"]},
    {"blockedBuiltins": ["eval", "open"]},
    {"allowedBuiltins": ["print", "len"]},
    {"banDunders": True},
    {"banDefinitions": True},
    {"bannedSyntax": {"While": "no loops", "print()": "no output"}},
    {"maxAstNodes": 40},
)
PIECES = (
    "import os", "import math", "import math as m, json", "import math, os", "import a.b.c", "import a", "from a import b",
    "from a import (b,", "c)", "from math import *", "from . import os", "from .os import x", "from os import path # x",
    "import math # os", "import math; import os", "if 1: import os", "\timport os", "  import os", "from a import \\", "os",
    "import math\\", "import math\fas x", "import\tos", "from os\timport x", "# import os", "'''", '"""', "# ''' ; import os",
    "x = '''", "import math # '''", "# important", "imported = 1", "def f():", "    pass", "x = 1", "x = eval", "eval('1')",
    "y = 'eval'", "f'{eval(1)}'", "f'{x.__class__}'", "getattr(x, '\\x5f_class_' '_')", "'{0.\\x5f_class__}'.format(x)",
    "x.__class__", "class A: __init__ = 1", "while 0: pass", "print(1)", "return", "break", "x = (", ")", "if 0: import os",
    "os = 1", "import \u1d52s", "x = \u00e9", "1if 1else 2", "lambda: 0", "x = 1\r", "import math\rimport os", "import os\r",
    "try: import os\nexcept ImportError: pass", "global x", "await x", "from os import path, sep as s", "import os.path, socket as s, a.b", "from a import b as c",
    "  from   os   import  x", "import os\f", "import os\t, math", "\fimport os", "import os;", "import os \v", "import  os", "from a.b import c", "import math, json #", "0xfor x", "__import__('os')", "del x",
)  # fmt: skip
WHOLE = (
    "x = '''\nimport os\n'''",
    'x = """\nimport os\n"""',
    "x = '''\nimport math # '''; import os",
    'x = """\nimport math # """; import os',
    "from math \\\nimport os",
    "from os \\\nimport math",
    "x = 'a\\\nimport os\\\n'",
)
PLAIN = '''import math
from json import dumps as text, loads
# important
def mean(rows):
    """Of all."""
    return sum(row["x"] for row in rows) / max(len(rows), 1)
if __name__ == "__main__":
    print(f"{mean([{'x': 1}]):.2f}", math.pi, text({}))
'''


def look(code: str, language) -> list:  # type: ignore[no-untyped-def]
    return questions.examine({"code": code, "filename": "<user_code>"}, Run(language, "/"), [])


class Clears(unittest.TestCase):
    def test_it_finds_what_a_closer_look_finds(self) -> None:
        chance = random.Random(5)
        programs = ["\n".join(chance.choices(PIECES, k=chance.randint(1, 5))) for _ in range(1500)]
        programs += [*PIECES, *WHOLE, PLAIN]
        judged = refused = 0
        for orders in POLICIES:
            language = Language({**ORDERS, **orders})
            glance = Glance(language.validator)
            for code in programs:
                found = glance.look(code)
                if found is None or not compiles(code):
                    continue
                judged += 1
                refused += bool(found)
                self.assertEqual(told(found, code, language), look(code, language), (orders, code))
        self.assertGreater(judged, 300)
        self.assertGreater(refused, 50)

    def test_what_nests_deeply(self) -> None:
        language = Language(ORDERS)
        glance = Glance(language.validator)
        for count in (90, 280, 420, 845, 990, 5000):
            for code in (
                "x = " + "-" * count + "1",
                "x = 1" + "+1" * count,
                "x" + ".a" * count,
                "x" + "()" * count,
                "1if''else" * count + "1",
                "1if 1else" * count + " 1",
                "1**" * count + "1",
                "1<<" * count + "1",
                "f(" * count + ")" * count,
                "not " * count + "1",
                "lambda: " * count + "1",
                "1 if 1 else " * count + "1",
                "if 1: pass\n" + "elif 1: pass\n" * count,
                "(" * count + ")" * count,
                "[" * count + "]" * count,
            ):
                with self.subTest(code=code[:20], count=count):
                    if glance.look(code) is not None and compiles(code):
                        self.assertEqual(look(code, language), [])
                    self.assertFalse(glance.look(code) is not None and count == 5000)

    def test_ordinary_programs_are_judged(self) -> None:
        for orders in (
            {},
            {"blockedImports": ["os", "subprocess"]},
            {"allowedImports": ["math", "json"]},
            {"blockedBuiltins": ["eval"]},
        ):
            with self.subTest(orders=orders):
                self.assertEqual(Glance(Language({**ORDERS, **orders}).validator).look(PLAIN), [])

    def test_windows_lines_are_judged(self) -> None:
        language = Language({**ORDERS, "blockedImports": ["os"]})
        glance = Glance(language.validator)
        self.assertEqual(glance.look(PLAIN.replace("\n", "\r\n")), [])
        code = "import math\r\nif 1:\r\n\timport os, os.path as p, math # os\r\n"
        found = glance.look(code)
        self.assertEqual(told(found or [], code, language), look(code, language))
        self.assertEqual(len(found or []), 2)


def told(found: list, code: str, language) -> list:  # type: ignore[no-untyped-def]
    run = Run(language, "/")
    questions.begin({"code": code, "filename": "<user_code>"}, run)
    return questions.refusals(found, run)


def compiles(code: str) -> bool:
    try:
        source.compile_text(code, "<user_code>")
    except Exception:  # noqa: BLE001 - then nobody relies on the glance
        return False
    return True
