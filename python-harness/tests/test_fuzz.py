"""The inputs that the fuzzer has kept, once more: those that reached something new, and those that failed."""
from __future__ import annotations

import unittest

from tests.fuzz.campaign import TARGETS, corpus_of, try_one


class Corpus(unittest.TestCase):
    def test_every_input_that_was_kept_holds(self) -> None:
        for target in TARGETS:
            inputs = corpus_of(target)
            self.assertTrue(inputs, f"{target} has a corpus")
            for data in inputs:
                with self.subTest(target=target, data=data.hex()):
                    try_one(target, data)
