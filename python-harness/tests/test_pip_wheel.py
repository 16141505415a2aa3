from __future__ import annotations

import os
import subprocess
import sys
import unittest
from unittest import mock

from pungi_harness import pip_wheel

HARNESS = os.path.dirname(os.path.dirname(os.path.abspath(pip_wheel.__file__)))


class PipWheelTest(unittest.TestCase):
    def test_the_wheel_runs_as_pip(self) -> None:
        if pip_wheel.find_wheel() is None:
            self.skipTest("this Python has no wheel of pip")
        script = "import sys; sys.path.insert(0, sys.argv.pop(1)); from pungi_harness.pip_wheel import main; main()"
        command = [sys.executable, "-I", "-c", script, HARNESS, "--version"]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        self.assertRegex(ended.stdout, r"^pip \d")

    def test_a_python_without_ensurepip_says_so(self) -> None:
        with mock.patch.dict(sys.modules, {"ensurepip": None}), self.assertRaises(SystemExit) as raised:
            pip_wheel.main()
        message = "No module named pip: this Python has no ensurepip, or no wheel of pip for it"
        self.assertEqual(raised.exception.code, message)


if __name__ == "__main__":
    unittest.main()
