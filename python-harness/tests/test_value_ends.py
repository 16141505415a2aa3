"""The short repr of a result, and wire text from Node."""

from __future__ import annotations

import os
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from pungi_harness import values  # noqa: E402


class ShortRepr(unittest.TestCase):
    def test_cut_at_the_limit(self):
        self.assertEqual(values.short_repr("abc"), "'abc'")
        for value in ("a" * 50, list(range(50)), tuple(range(50)), {i: i for i in range(50)}, b"x" * 50, 10**2000):
            with self.subTest(type(value)):
                whole = hex(value) if type(value) is int else repr(value)
                self.assertEqual(values.short_repr(value, 40), whole[:37] + "...")

    def test_a_huge_list_is_not_shown_whole(self):
        started = time.perf_counter()
        self.assertEqual(len(values.short_repr([0] * 10**7)), 10000)
        self.assertLess(time.perf_counter() - started, 1)


class Decode(unittest.TestCase):
    def test_malformed(self):
        for text in ("", "[", '{"$pungi":"no","value":1}', '{"$pungi":"int"}', '{"$pungi":"int","value":"1","x":2}', "NaN"):
            with self.subTest(text), self.assertRaises(ValueError):
                values.decode(text)

    def test_keys_of_any_primitive(self):
        text = '{"$pungi":"dict","value":[[1,2],[null,3],["a",{"$pungi":"set","value":[1]}]]}'
        self.assertEqual(values.decode(text), {1: 2, None: 3, "a": {1}})


if __name__ == "__main__":
    unittest.main()
