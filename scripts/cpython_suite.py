"""Runs one module of CPython's own test suite, bare or as user code in the jail; `result` is what came of it."""
from __future__ import annotations

import contextlib
import io
import unittest
import warnings

from test import support

LONGEST_MESSAGE = 160


class Record(unittest.TestResult):
    """Keeps, of each test that failed, the first line of what it said."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: dict[str, str] = {}

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        # The last line of the output tells where a run ended that did not come back.
        print(test.id(), flush=True)

    def addError(self, test: unittest.TestCase, err: tuple) -> None:
        self.note(test, err)

    addFailure = addError

    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: tuple | None) -> None:
        if err is not None:
            self.note(test, err)

    def note(self, test: unittest.TestCase, err: tuple) -> None:
        text = " ".join(f"{err[0].__name__}: {err[1]}".split())
        self.bad.setdefault(test.id(), text[:LONGEST_MESSAGE])


def run_module(name: str) -> dict:
    # As `python -m test` without -u: neither network nor what takes much time or space.
    support.use_resources = []
    record = Record()
    warnings.simplefilter("ignore")
    with contextlib.redirect_stderr(io.StringIO()):
        suite = unittest.defaultTestLoader.loadTestsFromName(f"test.{name}")
        suite.run(record)
    return {"ran": record.testsRun, "skipped": len(record.skipped), "bad": record.bad}


if __name__ == "__main__":
    result = run_module(input_data["module"])  # type: ignore[name-defined]  # noqa: F821 - given by whoever runs this
