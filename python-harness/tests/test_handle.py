"""What a supervisor sees of the directory of a worker."""
from __future__ import annotations

import os
import tempfile
import unittest
from unittest import mock

import _socket

from pungi_harness.handle import Handle

TMPFS = "/dev/shm"


class LeftNothing(unittest.TestCase):
    def handle_of(self, place: str) -> Handle:
        for name in ("work", "tmp", "shm"):
            os.mkdir(f"{place}/{name}")
        line, worker = _socket.socketpair()
        self.addCleanup(worker.close)
        ends = [os.pipe(), os.pipe()]
        for _, end in ends:
            self.addCleanup(os.close, end)
        handle = Handle(1, line, ends[0][0], ends[1][0], 1000, 1000, False)
        self.addCleanup(handle.release)
        handle.take_workdir(os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
        return handle

    def judge(self, parent: str | None) -> list[bool]:
        with tempfile.TemporaryDirectory(dir=parent) as place:
            handle = self.handle_of(place)
            seen = [handle.left_nothing()]
            with open(f"{place}/work/a", "w"):
                seen.append(handle.left_nothing())
            os.unlink(f"{place}/work/a")
            os.mkdir(f"{place}/work/d")
            seen.append(handle.left_nothing())
            os.rmdir(f"{place}/work/d")
            return [*seen, handle.left_nothing()]

    def test_wherever_it_is(self) -> None:
        self.assertEqual(self.judge(None), [True, False, False, True])

    @unittest.skipUnless(os.path.isdir(TMPFS), "no tmpfs to make a directory in")
    def test_a_tmpfs_is_not_listed(self) -> None:
        with mock.patch("pungi_harness.handle.os.listdir", side_effect=AssertionError("listed")):
            self.assertEqual(self.judge(TMPFS), [True, False, False, True])
