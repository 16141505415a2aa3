"""A reader that is asked again and again: no question changes what it says to the next."""
from __future__ import annotations

import gc
import json
import os
import socket
import sys
import threading
import unittest
import warnings

from .language_run import ORDERS

from pungi_harness import protocol, reading
from pungi_harness.language import Language, Run
from pungi_harness.policy import questions

POLICY = {**ORDERS, "blockedImports": ["os"], "blockedBuiltins": ["eval"], "maxAstNodes": 20_000}
PROBES = (
    "x = 1",
    "import os\nreturn 1\neval",
    "x = (1",
    "\ufeffif x:\nprint(1)",
    "x = " + "-" * 400 + "1",
    "f(a, a=1, a=2)",
    "from __future__ import braces",
    "'\\d' is 1",
    "x = 1" + "+1" * 1500,
    "x = " + "(" * 150 + ")" * 150,
)
HOSTILE = {
    "deep brackets": "x = " + "(" * 5000,
    "deep operators": "x = " + "-" * 50_000 + "1",
    "a long chain": "x" + ".a" * 30_000,
    "many lines": "x = 1\n" * 5000,
    "many names": "\n".join(f"name_{number} = {number}" for number in range(2000)),
    "a long text": "x = '" + "a" * 500_000 + "'",
    "a large number": "x = 0x" + "f" * 200_000,
    "too many nodes": "x = 1, 2, 3\n" * 4000,
    "warnings": "\n".join(f"'\\d' is {number}" for number in range(500)),
    "encodings": "# coding: utf-7\nx = '\ud800'",
    "futures": "from __future__ import annotations, generator_stop\nx: int",
    "names of our own": "_pungi_last_value = 1\n__builtins__ = None\n_pungi_last_value",
    "blocks": "".join("    " * depth + "if 1:\n" for depth in range(99)) + "    " * 99 + "pass",
}


def fresh(code: str) -> list:
    run = Run(Language(POLICY), "/")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return questions.examine({"code": code, "filename": "<user_code>"}, run, [])


def ask(reader: reading.Reader, code: str) -> list:
    told = json.loads(reader.answer({"code": code, "filename": "<user_code>"}))["result"]
    reader.let_go()
    return told


class Reader(unittest.TestCase):
    def setUp(self) -> None:
        catcher = warnings.catch_warnings()
        catcher.__enter__()
        self.addCleanup(catcher.__exit__, None, None, None)
        self.reader = reading.Reader(Language(POLICY))

    def test_hostile_programs_change_no_answer(self) -> None:
        expected = [fresh(code) for code in PROBES]
        for name, code in HOSTILE.items():
            with self.subTest(name):
                first = ask(self.reader, code)
                self.assertEqual([ask(self.reader, probe) for probe in PROBES], expected)
                self.assertEqual(ask(self.reader, code), first)

    def test_nothing_is_kept(self) -> None:
        for code in (*PROBES, *HOSTILE.values()):
            ask(self.reader, code)
        gc.collect()
        modules, limit, before = set(sys.modules), sys.getrecursionlimit(), len(gc.get_objects())
        for round_number in range(20):
            for code in PROBES:
                ask(self.reader, f"{code}\nname_of_{round_number} = 'text of {round_number}'")
        gc.collect()
        self.assertEqual(set(sys.modules), modules)
        self.assertEqual(sys.getrecursionlimit(), limit)
        self.assertLess(len(gc.get_objects()) - before, 50)
        self.assertNotIn("__warningregistry__", vars(reading.source))

    def test_nothing_runs(self) -> None:
        place = os.path.join(os.getcwd(), "ran-by-reader")
        ask(self.reader, f"open({place!r}, 'w')")
        self.assertFalse(os.path.exists(place))


class Serve(unittest.TestCase):
    def test_one_after_another_until_the_line_is_closed(self) -> None:
        ours, theirs = socket.socketpair()
        # What belongs to a process: the test is not to be without them.
        handler, collects = reading._signal.signal, gc.isenabled()
        reading._signal.signal = lambda number, action: None  # type: ignore[attr-defined,assignment]
        self.addCleanup(setattr, reading._signal, "signal", handler)
        self.addCleanup(gc.enable if collects else gc.disable)
        serving = threading.Thread(target=reading.serve, args=(theirs, Language(POLICY), 1 << 20))
        with ours, theirs, warnings.catch_warnings():
            serving.start()
            frames = protocol.FrameReader({protocol.OUTCOME: 1 << 20})
            for code in ("x = 1", "import os", "x = 'ü" + "u" * 100_000 + "'"):
                job = json.dumps({"code": code, "filename": "<user_code>", "purpose": "validate"}).encode()
                ours.sendall(protocol.frame(protocol.JOB, 0, job))
                answers: list = []
                while not answers:
                    answers = frames.feed(ours.recv(1 << 16))
                self.assertEqual(json.loads(answers[0][2])["result"], fresh(code))
            ours.shutdown(socket.SHUT_WR)
            serving.join(10)
            self.assertFalse(serving.is_alive())
