"""SIGINT reaches user code, and nothing else."""
from __future__ import annotations

import os
import signal
import time
import unittest

from pungi_harness import interrupts
from pungi_harness.display.outbox import Outbox


def hit() -> None:
    os.kill(os.getpid(), signal.SIGINT)
    # The handler runs between two bytecodes soon after.
    for _ in range(1000):
        pass


class SlowLine:
    """Is interrupted while a frame is under way."""

    def __init__(self) -> None:
        self.sent = b""

    def sendall(self, data: bytes) -> None:
        hit()
        self.sent += data


class Signals(unittest.TestCase):
    def setUp(self) -> None:
        before = signal.getsignal(signal.SIGINT)
        self.addCleanup(signal.signal, signal.SIGINT, before)
        self.interrupts = interrupts.Interrupts()
        self.interrupts.install()

    def test_outside_of_user_code_nothing_happens(self) -> None:
        hit()

    def test_user_code_is_interrupted(self) -> None:
        with self.assertRaises(KeyboardInterrupt):
            self.interrupts.call(exec, "hit()\nwhile True: pass", {"hit": hit})

    def test_a_frame_is_sent_whole(self) -> None:
        line = SlowLine()
        outbox = Outbox(line)
        self.assertTrue(self.interrupts.call(outbox.send, 26, b"{}"))
        self.assertEqual(line.sent, b"\0\0\0\x07\x1a\0\0\0\0{}")

    def test_cleaning_up_is_not_interrupted_at_once(self) -> None:
        done = []

        def clean_up() -> None:
            try:
                hit()
            finally:
                hit()
                done.append(True)

        with self.assertRaises(KeyboardInterrupt):
            self.interrupts.call(clean_up)
        self.assertEqual(done, [True])

    def test_who_swallows_it_gets_another(self) -> None:
        seen = []

        def swallow() -> None:
            end = time.monotonic() + interrupts.PAUSE + 0.2
            while time.monotonic() < end:
                try:
                    hit()
                except KeyboardInterrupt:
                    seen.append(True)

        self.interrupts.call(swallow)
        self.assertGreaterEqual(len(seen), 2)

    def test_a_handler_of_user_code_lasts_for_its_step(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self.interrupts.call(hit)
        self.interrupts.install()
        with self.assertRaises(KeyboardInterrupt):
            self.interrupts.call(hit)


if __name__ == "__main__":
    unittest.main()
