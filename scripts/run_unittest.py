"""Runs the tests beneath ./tests; ends its standard error with `FAILED name: why` lines and `passed=N failed=N skipped=N`.

unittest's own total counts skipped tests in some releases (3.12.1 does not), so that it cannot be used.
"""

from __future__ import annotations

import sys
import unittest


class CountingResult(unittest.TextTestResult):
    passed = 0

    def addSuccess(self, test: unittest.TestCase) -> None:
        super().addSuccess(test)
        self.passed += 1

    def addExpectedFailure(self, test: unittest.TestCase, err: object) -> None:
        super().addExpectedFailure(test, err)  # type: ignore[arg-type]
        self.passed += 1


def last_line(trace: str) -> str:
    return trace.strip().rpartition("\n")[2]


def main() -> int:
    sys.path.insert(0, ".")
    suite = unittest.defaultTestLoader.discover("tests", top_level_dir=".")
    result = unittest.TextTestRunner(resultclass=CountingResult).run(suite)
    if not isinstance(result, CountingResult):
        raise TypeError(f"unittest returned {type(result).__name__}")
    failures = [(str(test), last_line(trace)) for test, trace in result.failures + result.errors]
    failures += [(str(test), "passed, which was not expected") for test in result.unexpectedSuccesses]
    for name, why in failures:
        sys.stderr.write(f"FAILED {name}: {why}\n")
    failed = len(failures)
    sys.stderr.write(f"passed={result.passed} failed={failed} skipped={len(result.skipped)}\n")
    return 1 if failed or not result.passed else 0


if __name__ == "__main__":
    sys.exit(main())
