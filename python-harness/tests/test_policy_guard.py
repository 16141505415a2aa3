"""Guarded mode: what may be called, in which words the rest is refused, and that code cannot allow itself."""
from __future__ import annotations

import json
import os
import unittest
from typing import Any

from .language_run import run

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "guard_orders.json"), encoding="utf-8") as file:
    CURATED = json.load(file)


def entry(name: str, members: Any = ()) -> dict:
    return {"name": name, "members": members if members == "all" else list(members)}


def member(name: str, rule: dict | None = None) -> dict:
    full = None if rule is None else {"pos": None, "kw": None, "allow": [], **rule}
    return {"name": name, "rule": full}


def guarded(code: str, *entries: dict, everything: bool = False, files: dict | None = None, **orders: object):
    guard = {"everything": everything, "entries": [*CURATED["entries"], *entries]}
    return run(code, files=files, guard=guard, **orders)  # type: ignore[arg-type]


FREE = {
    "builtins": "result = [len('ab'), sorted([2, 1]), max(1, 2), sum(range(4)), str(1), list(zip('a', 'b'))]",
    "methods of builtin types": "result = ['a b'.split(), {'a': 1}.get('a'), dict.fromkeys('a'), 'x'.join(map(str, [1])), int.from_bytes(b'a', 'big')]",
    "static methods of C": "result = 'abc'.translate(str.maketrans('a', 'b'))",
    "own functions": "def f(x): return x + 1\nresult = [f(1), (lambda: 2)(), [g() for g in (lambda: 3,)]]",
    "own classes": "class A:\n  def __init__(self): self.x = 1\n  def m(self): return self.x\n  @classmethod\n  def c(cls): return cls()\nclass B(A):\n  def __init__(self): super().__init__()\n  def m(self): return super().m() + 1\nresult = [B().m(), B.c().m()]",
    "own instances that are called": "class A:\n  def __call__(self): return 5\nresult = A()()",
    "own metaclasses": "class M(type):\n  def __call__(cls): return super().__call__()\nclass A(metaclass=M): pass\nresult = A() is not None",
    "subclasses of builtins": "class T(tuple):\n  def __new__(cls, *a): return super().__new__(cls, a)\nclass L(list):\n  def append(self, x): super().append(x)\nl = L()\nl.append(T(1, 2))\nresult = len(l)",
    "own decorators": "def d(f): return lambda: f() + 1\n@d\ndef f(): return 1\nresult = f()",
    "dataclasses": "from dataclasses import dataclass, field\n@dataclass(order=True)\nclass P:\n  x: int\n  y: list = field(default_factory=list)\nresult = P(1).x",
    "named tuples": "from collections import namedtuple\nfrom typing import NamedTuple\nP = namedtuple('P', 'x y')\nclass Q(NamedTuple):\n  z: int\nresult = [P(1, 2)._replace(x=3).x, Q(4).z]",
    "enums": "from enum import Enum\nclass C(Enum):\n  A = 1\nD = Enum('D', 'x y')\nresult = [C(1).name, D['x'].value]",
    "collections": "from collections import Counter, defaultdict, deque\nd = defaultdict(list)\nd['a'].append(1)\nq = deque([1])\nq.appendleft(2)\nresult = [Counter('aab').most_common(1), q.pop()]",
    "functools": "import functools\n@functools.lru_cache(maxsize=None)\ndef f(n): return n and f(n - 1)\n@functools.wraps(f)\ndef g(): return functools.reduce(lambda a, b: a + b, [1, 2])\nresult = [f(3), g(), functools.partial(f, 2)()]",
    "contextlib": "import contextlib\n@contextlib.contextmanager\ndef c():\n  yield 1\nwith c() as x: result = x",
    "regular expressions": "import re\nresult = [re.sub('a', lambda m: m.group().upper(), 'bab'), re.compile('x').findall('xx')]",
    "dates": "import datetime\nresult = (datetime.date(2026, 1, 1) + datetime.timedelta(days=1)).isoformat()",
    "random": "import random\nrandom.seed(1)\nresult = 0 <= random.Random(2).random() < 1 and random.choice([7])",
    "numbers": "import math, decimal, fractions, statistics\nresult = [math.sqrt(4), str(decimal.Decimal('1.5').quantize(decimal.Decimal('1'))), statistics.mean([1, 3])]",
    "text and json": "import json, io, csv\nout = io.StringIO()\ncsv.writer(out).writerow([1, 2])\nresult = [json.loads(json.dumps({'a': 1})), out.getvalue()]",
    "hashes": "import hashlib\nresult = hashlib.sha256(b'a').hexdigest()[:4]",
    "operators": "import operator\nresult = sorted([(2,), (1,)], key=operator.itemgetter(0)) + [operator.itemgetter(0)((9,))]",
    "errors": "import json\ntry: raise ValueError('x')\nexcept ValueError as e: result = e.with_traceback(None).args\ntry: json.loads('{')\nexcept json.JSONDecodeError as e: result = str(e)",
    "files": "from pathlib import Path\nPath('a.txt').write_text('hi')\nwith open('b.txt', 'w') as f: f.write('x')\nresult = [Path('a.txt').read_text(), sorted(p.name for p in Path('.').iterdir())]",
    "generators": "def g():\n  x = yield 1\n  yield x\ni = g()\nnext(i)\nresult = [i.send(3), [x for x in (y for y in range(2))]]",
    "asyncio": "import asyncio\nasync def f(n): return n * 10\nresult = await asyncio.gather(f(1), f(2))",
    "generic aliases": "result = [list[int]([1]), getattr('a', 'upper')()]",
    "types made at run time": "result = type('X', (), {'f': lambda self: 4})().f()",
    "display": "display({'text/plain': 'x'}, raw=True)\nresult = 1",
    "text annotations": "from __future__ import annotations\ndef f(x: g(1)) -> h(2): return x\nresult = f.__annotations__",
    "attributes of own": "def f(): pass\nf.__name__ = 'g'\nresult = f.__name__",
}
REFUSED = {
    "import shutil\nshutil.rmtree('x')": "shutil.rmtree",
    "import os\nos.remove('x')": "os.remove",
    "from os import remove as r\nr('x')": "os.remove",
    "import pathlib\npathlib.Path('x').chmod(0o600)": "pathlib.Path.chmod",
    "eval('1')": "eval",
    "exec('1')": "exec",
    "compile('1', 'x', 'eval')": "compile",
    "import sys\nsys.setrecursionlimit(10)": "sys.setrecursionlimit",
    "import functools, os\nfunctools.partial(os.remove, 'x')()": "os.remove",
    "import threading\nthreading.Thread(target=print)": "threading.Thread",
    "import threading\nclass T(threading.Thread): pass\nT().start()": "threading.Thread.start",
    "import os\nclass A:\n  f = staticmethod(os.remove)\nA.f('x')": "os.remove",
    "import os\n@os.remove\ndef f(): pass": "os.remove",
    "import os\nwith os.scandir('.') as x: pass": "os.scandir",
    "import os\n[os.remove(x) for x in ['x']]": "os.remove",
    "import socket\nsocket.socket()": "socket.socket",
    "import tempfile\ntempfile.NamedTemporaryFile()": "tempfile.NamedTemporaryFile",
    "object.__subclasses__()": "type.__subclasses__",
    "import os\nf = lambda g: g('x')\nf(os.remove)": "os.remove",
    "import os\nos.remove.__call__('x')": "os.remove",
    "import os\nfor f in [os.remove]: f('x')": "os.remove",
    "import os\nprint(f\"{os.remove('x')}\")": "os.remove",
    "import pathlib\nx = [pathlib.Path.owner(pathlib.Path('a'))]": "pathlib.Path.owner",
}


class GuardTest(unittest.TestCase):
    def test_what_the_code_defines_and_what_is_curated_is_free(self) -> None:
        for name, code in FREE.items():
            with self.subTest(name):
                left = guarded(code)
                self.assertEqual((left.ending, left.error and left.error["message"], left.denials), ("ok", None, []))
                plain = run(code)
                self.assertEqual((left.result, left.out, left.err), (plain.result, plain.out, plain.err))

    def test_what_is_not_listed_is_refused_with_the_entry_to_add(self) -> None:
        for code, name in REFUSED.items():
            with self.subTest(code):
                line = len(code.split("\n")) if not code.startswith(("import os\n@", "import os\nf =")) else None
                left = guarded(code)
                self.assertEqual((left.ending, left.error["type"]), ("blocked", "CallBlockedError"))
                self.assertEqual(left.error["suggestion"], f"Add '{name}' to allow.")
                if line is not None:
                    message = f"Call of '{name}' is not allowed by policy (line {line})."
                    hint = f"Add '{name}' to allow."
                    self.assertEqual(left.error["message"], f"{message} {hint}")
                    refused = {"layer": "language", "action": "call", "target": name, "line": line, "message": message, "hint": hint}
                    self.assertEqual(left.denials, [refused])

    def test_the_entry_that_the_hint_names_lets_it_pass(self) -> None:
        for code, name in REFUSED.items():
            with self.subTest(code):
                left = guarded(code, entry(name))
                self.assertNotEqual(left.error and left.error["suggestion"], f"Add '{name}' to allow.")

    def test_entries_name_functions_classes_members_and_modules(self) -> None:
        code = "import colorsys, string, sched, time\ns = sched.scheduler(time.time, time.sleep)\nresult = s.empty()"
        self.assertEqual(guarded(code).error["suggestion"], "Add 'sched.scheduler' to allow.")
        self.assertEqual(guarded(code, entry("sched.scheduler")).error["suggestion"], "Add 'sched.scheduler.empty' to allow.")
        for entries in (
            [entry("sched.scheduler"), entry("sched.scheduler.empty")],
            [entry("sched.scheduler", [member("empty")])],
            [entry("sched.scheduler", "all")],
            [entry("sched", "all")],
        ):
            with self.subTest(entries):
                self.assertIs(guarded(code, *entries).result, True)
        self.assertIs(guarded(code, everything=True).result, True)

    def test_modules_of_the_workdir_are_user_code_too(self) -> None:
        files = {"helper.py": "import os\ndef good(): return len('ab')\ndef bad():\n    os.remove('x')\n"}
        self.assertEqual(guarded("import helper\nresult = helper.good()", files=files).result, 2)
        left = guarded("import helper\nhelper.bad()", files=files)
        self.assertEqual((left.error["line"], left.error["suggestion"]), (4, "Add 'os.remove' to allow."))

    def test_a_refusal_points_at_what_is_called(self) -> None:
        left = guarded("import os\n\ndef f():\n    return os.remove('x')\nf()")
        self.assertEqual(
            left.error["traceback"].split("\n")[:3],
            ["Traceback (most recent call last):", '  File "<user_code>", line 5, in <module>', "    f()"],
        )
        self.assertNotIn("guard", left.err)
        self.assertEqual(left.error["line"], 4)

    def test_errors_keep_their_lines_and_frames(self) -> None:
        for code in ("def f(x):\n    return 1 / x\n\nf(\n    0)", "x = ('a'\n  .upper()\n  .index('b')\n)", "len(\n1)"):
            with self.subTest(code):
                left, plain = guarded(code).error, run(code).error
                self.assertEqual({**left, "excerpt": 0, "traceback": 0}, {**plain, "excerpt": 0, "traceback": 0})
                self.assertEqual(_frames(left["traceback"]), _frames(plain["traceback"]))

    def test_code_cannot_allow_itself(self) -> None:
        for code in (
            "(lambda: f()).__code__.co_consts",
            "f = lambda: 1\nf.__closure__",
            "try: open('/x/y', 'w')\nexcept Exception as e: e.__traceback__.tb_frame",
            "import shutil\nshutil.rmtree.__module__ = '__main__'",
            "import pungi_harness.policy.guard",
            "from pungi_harness import execute",
        ):
            with self.subTest(code):
                left = guarded(code)
                self.assertEqual((left.ending, left.error["type"]), ("blocked", "PolicyError"))
        for code in (
            "f = lambda: 1\ngetattr(f, '__clo' + 'sure__')",
            "import operator\noperator.attrgetter('__code__.co' + '_consts')",
            "import subprocess\nsetattr(subprocess.Popen, '__mod' + 'ule__', '__main__')",
            "import os, math\nmath.sqrt = os.remove\nmath.sqrt('x')",
            "import os\nlen = os.remove\nlen('x')",
            "import os\n__builtins__['len'] = os.remove\nlen('x')",
            "import os\nclass A: remove = os.remove\nA.remove('x')",
            "import os\ntype(len).__call__(os.remove, 'x')",
            "import os\nos.remove = lambda x: 1\nimport shutil\nshutil.rmtree('x')",
        ):
            with self.subTest(code):
                left = guarded(code)
                self.assertEqual((left.ending, left.error["type"]), ("blocked", "CallBlockedError"))


class RuleTest(unittest.TestCase):
    WRITABLE = "writable: ('.', '/tmp/of-run')"

    def refused(self, left, path: str) -> None:  # type: ignore[no-untyped-def]
        self.assertEqual((left.ending, left.error["message"]), ("blocked", f"Writing {path!r} is not allowed; {self.WRITABLE}"))

    def test_destinations(self) -> None:
        copy = "import shutil\nopen('a', 'w').close()\n"
        self.assertEqual(guarded(copy + "shutil.copy('a', 'b')").ending, "ok")
        self.refused(guarded(copy + "shutil.copy('a', '/etc/b')"), "/etc/b")
        self.refused(guarded(copy + "shutil.copy('a', dst='/etc/b')"), "/etc/b")
        self.refused(guarded("open('/etc/b', mode='w')"), "/etc/b")
        self.refused(guarded("from pathlib import Path\nPath('/etc/b').open('a')"), "/etc/b")
        self.refused(guarded("from pathlib import Path\nPath('/etc/b').write_text('x')"), "/etc/b")
        self.refused(guarded("from pathlib import Path\nPath.write_text(Path('/etc/b'), 'x')"), "/etc/b")
        self.refused(guarded("from pathlib import Path\nPath('b').touch()\nPath('b').rename('/etc/b')"), "/etc/b")

    def test_a_rule_holds_in_a_module_that_is_allowed_whole(self) -> None:
        files = {"data.txt": "x"}
        rule = {"kind": "argPath", "pos": 0, "kw": "filename"}
        entries = [entry("sqlite3", "all"), entry("zipfile", "all"), entry("zipfile.ZipFile", [member("extractall", {"kind": "argPath", "pos": 0, "kw": "path"})])]
        code = "import zipfile\nz = zipfile.ZipFile('a.zip', 'w')\nz.write('data.txt')\nz.extractall({})\nresult = z.namelist()"
        self.assertEqual(guarded(code.format("'out'"), *entries, files=files).ending, "ok")
        self.assertEqual(guarded(code.format(""), *entries, files=files).result, ["data.txt"])
        self.refused(guarded(code.format("'/etc/x'"), *entries, files=files), "/etc/x")
        self.refused(guarded(code.format("path='/etc/x'"), *entries, files=files), "/etc/x")
        self.refused(guarded("import wave\nwave.open('/etc/x', 'wb')", entry("wave", [member("open", rule)])), "/etc/x")

    def test_extensions(self) -> None:
        rule = {"kind": "extension", "allow": [".csv", ".json"]}
        entries = [entry("pathlib.Path", [member("write_text", rule)])]
        code = "from pathlib import Path\nPath({!r}).write_text('x')"
        self.assertEqual(guarded(code.format("a.csv"), *entries).ending, "ok")
        self.refused(guarded(code.format("/etc/a.csv"), *entries), "/etc/a.csv")
        left = guarded(code.format("a.sh"), *entries)
        self.assertEqual(
            left.error["message"],
            "Extension '.sh' of 'a.sh' is not allowed here; allowed: ('.csv', '.json') (line 2). "
            "Write a file with one of these, or add the extension to the rule in allow.",
        )


class OffTest(unittest.TestCase):
    def test_without_a_list_nothing_of_it_is_loaded(self) -> None:
        code = "import sys\nresult = [name for name in sys.modules if 'guard_' in name or name.endswith('.guard')]"
        self.assertEqual(run(code).result, [])


def _frames(traceback: str) -> list[str]:
    return [line for line in traceback.split("\n") if line.startswith("  File")]


if __name__ == "__main__":
    unittest.main()
