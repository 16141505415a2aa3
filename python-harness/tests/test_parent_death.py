from __future__ import annotations

import os
import signal
import sys
import unittest
from typing import Any

from pungi_harness import parent_death, syscalls, workdir
from tests.in_child import NOBODY, in_child

PR_GET_PDEATHSIG = 2


def asked() -> int:
    place = syscalls.pinned(bytes(4))
    syscalls.prctl(PR_GET_PDEATHSIG, syscalls.address(place))
    return int.from_bytes(bytes(place), sys.byteorder)


def tell(descriptor: int, text: bytes) -> None:
    os.write(descriptor, text)


@unittest.skipUnless(sys.platform == "linux", "only Linux has the signal")
class ParentDeath(unittest.TestCase):
    @unittest.skipUnless(os.getuid() == 0, "only root acts with other ids")
    def test_the_signal_is_asked_for_with_whatever_ids(self) -> None:
        def work() -> Any:
            parent_death.heed(lambda: None)
            seen = [asked()]
            with workdir.Owner((NOBODY, NOBODY)):
                seen.append(asked())
            return [*seen, asked()]

        self.assertEqual(in_child(work), [int(signal.SIGCONT)] * 3)

    def test_who_is_stopped_and_goes_on_is_not_ended(self) -> None:
        def work() -> Any:
            ended: list[int] = []
            parent_death.heed(lambda: ended.append(1))
            os.kill(os.getpid(), signal.SIGCONT)
            return ended

        self.assertEqual(in_child(work), [])

    def test_who_is_stopped_while_its_parent_ends_goes_on_and_is_told(self) -> None:
        def work() -> Any:
            here, there = os.pipe()
            if os.fork() == 0:
                _stop_a_child(there)
            os.close(there)
            told = b""
            while piece := os.read(here, 100):
                told += piece
            return told

        self.assertEqual(in_child(work), b"asked told")


def _stop_a_child(told: int) -> None:
    """In a process that is gone when its child is stopped."""
    pid = os.fork()
    if pid == 0:
        try:
            parent_death.heed(lambda: tell(told, b"told"))
            tell(told, b"asked ")
            os.kill(os.getpid(), signal.SIGSTOP)
        finally:
            os._exit(0)
    os.waitpid(pid, os.WUNTRACED)
    os._exit(0)


if __name__ == "__main__":
    unittest.main()
