"""Jobs that run nothing of the caller's: is this code well formed and allowed, and what does this interpreter have.

Both are answered by a worker in its jail, for reading code is work for CPython's parser, and code may be written
against it. The code is parsed and compiled here and never executed.
"""
from __future__ import annotations

import sys

from .. import report, source, suggest, wire_json
from ..traceback_text import safe_text, type_name


def answer(purpose: str, job: dict, run) -> dict:  # type: ignore[no-untyped-def]
    """An outcome whose result is the answer."""
    return outcome(examine(job, run, []) if purpose == "validate" else _describe())


def outcome(told: object) -> dict:
    return {
        "ending": "ok",
        "result_text": wire_json.dumps(told),
        "hasResult": True,
        "resultRepr": None,
        "notes": [],
        "error": None,
        "exitCode": 0,
        "denials": [],
    }


# Of the kinds of statements that programs are made of, so that reading them finds its pages and caches there.
_SAMPLE = '''import math
from json import dumps as text
def mean(rows, *, by=None, **more):
    "text"
    total = 0.0
    for row in rows:
        total += row["x"] if by is None else float(row[by]) ** 2
    return total / max(len(rows), 1)
class Table(dict):
    def __init__(self, name="t"):
        self.name: str = name
    @property
    def size(self): return len(self) * -1
try:
    with open("a.txt") as file:
        lines = [line.strip() for line in file if line and not line.startswith("#")]
except (OSError, ValueError) as error:
    print(f"{error!r:>10} {mean([{'x': 1}])}")
while lines[1:] and lines != []:
    a, (b, *c) = lines.pop(), (1, 2)
    assert a is not None; del b
    if a < 1 <= 2: break
    elif {k: v for k, v in {1: 2}.items()}: continue
    else: raise KeyError(lambda x: x or None)
result = {"a": [1, 2.5, True], "b": {1, 2}, "c": text(math.pi), **{}}
'''
# With a refusal and an error, too.
SAMPLES = (_SAMPLE, "import os\n" + _SAMPLE, "x = (1")


def begin(job: dict, run) -> str:  # type: ignore[no-untyped-def]
    """The code, without an editor's byte order mark; the run knows it from here on."""
    code = job["code"][1:] if job["code"][:1] == "\ufeff" else job["code"]
    run.main = job["filename"]
    run.sources.add(run.main, code)
    return code


def examine(job: dict, run, kept: list) -> list[dict]:  # type: ignore[no-untyped-def]
    """Everything that is wrong with the code, in the order of the source. `kept` gets what takes time to let go of."""
    code = begin(job, run)
    try:
        tree = source.parse(code, run.main)
    except Exception as error:  # noqa: BLE001 - SyntaxError, and what else a parser at its limits raises
        return [_unreadable(error, run)]
    kept.append(tree)
    problems = refusals(run.language.validator.violations(tree, None), run)
    try:
        kept.append(source.compile_program(tree, run.main))
    except Exception as error:  # noqa: BLE001 - what only the compiler sees: a `return` outside of a function
        problems.append(_unreadable(error, run))
    problems.sort(key=lambda problem: (problem["line"] or 0, problem["column"] or 0))
    return problems


def refusals(violations: list, run) -> list[dict]:  # type: ignore[no-untyped-def]
    """In the words of a run."""
    return [_refused(violation, run) for violation in violations]


def _refused(violation, run) -> dict:  # type: ignore[no-untyped-def]
    data, _ = report.describe_violation(violation, run)
    return {"kind": "policy", "action": violation.refused["action"], "target": violation.refused["target"], **_part(data)}


def _unreadable(error: Exception, run) -> dict:  # type: ignore[no-untyped-def]
    if isinstance(error, SyntaxError):
        data, _ = report.describe(error, run)
        return {"kind": "syntax", "action": None, "target": None, **_part(data), "message": safe_text(error.msg)}
    told = {"type": type_name(type(error)), "message": safe_text(error), "suggestion": suggest.suggestion(error, None, run)}
    return {"kind": "syntax", "action": None, "target": None, **told, "line": None, "column": None, "excerpt": None}


def _part(data: dict) -> dict:
    return {name: data[name] for name in ("type", "message", "line", "column", "excerpt", "suggestion")}


def _describe() -> dict:
    from . import inventory

    return {
        "version": ".".join(str(part) for part in sys.version_info[:3]),
        "packages": inventory.packages(sys.path),
    }
