from __future__ import annotations

import json
import os
import subprocess
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, ROOT)

from pungi_harness import wire_json  # noqa: E402

VALUES = [None, True, 0, -1.5, "", "a\"\\\n\u00e9\U0001f40d\ud800", [], {}, [1, [2, {"a": None}]], {"k": [1.5, "x"]}]
MALFORMED = ["", " ", "[", "nul", "1 2", "NaN", "-Infinity", '"\x01"', "[1,]", "{1:2}", '{"a"}', '"abc', "01"]


def run_bare(code, *flags):
    command = [sys.executable, "-I", "-S", *flags, "-c", f"import sys; sys.path.insert(0, {ROOT!r})\n{code}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


class WireJson(unittest.TestCase):
    def test_same_as_json(self):
        for value in VALUES:
            with self.subTest(value):
                text = wire_json.dumps(value)
                self.assertEqual(text, json.dumps(value, separators=(",", ":")))
                self.assertTrue(text.isascii())
                self.assertEqual(wire_json.loads(text), value)

    def test_refused(self):
        for value in (float("nan"), [float("inf")], object(), [{1, 2}]):
            with self.subTest(value), self.assertRaises((ValueError, TypeError)):
                wire_json.dumps(value)

    def test_malformed(self):
        for text in MALFORMED:
            with self.subTest(text), self.assertRaises(ValueError):
                wire_json.loads(text)

    def test_malformed_without_json_loaded(self):
        code = (
            "from pungi_harness import wire_json\n"
            f"for text in {MALFORMED!r}:\n"
            "    try: wire_json.loads(text)\n"
            "    except ValueError: print('refused')\n"
        )
        self.assertEqual(run_bare(code), "refused\n" * len(MALFORMED))

    def test_json_is_not_imported(self):
        code = "from pungi_harness import values\nprint(sorted({'json', 're', 'enum', 'datetime'} & set(sys.modules)))"
        self.assertEqual(run_bare(code), "[]\n")

    def test_stands_on_json_without_the_c_module(self):
        code = (
            "sys.modules['_json'] = None\n"
            "from pungi_harness import wire_json\n"
            f"print('json' in sys.modules, wire_json.loads(wire_json.dumps({VALUES!r})) == {VALUES!r})\n"
            "hooked = wire_json.make_loads(lambda found: sorted(found))\n"
            "print(hooked('{\"b\":1,\"a\":{}}'))\n"
        )
        self.assertEqual(run_bare(code), "True True\n['a', 'b']\n")

    def test_deep_nesting_raises(self):
        deep = []
        for _ in range(100_000):
            deep = [deep]
        with self.assertRaises(RecursionError):
            wire_json.dumps(deep)
        for text in ("[" * 100_000, '{"a":' * 100_000):
            with self.assertRaises(RecursionError):
                wire_json.loads(text)


if __name__ == "__main__":
    unittest.main()
