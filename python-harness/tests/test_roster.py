"""What the supervisor makes of processes that die while it looks at them."""
from __future__ import annotations

import os
import subprocess
import sys
import unittest
from unittest import mock

import _socket

from pungi_harness.birth import Birth
from pungi_harness.desk import Desk
from pungi_harness.channel import Channel
from pungi_harness.handle import Handle
from pungi_harness.jail.failure import JailFailure
from pungi_harness.roster import Roster
from tests.test_desk import ALL_FRAMES, launch


@unittest.skipUnless(hasattr(os, "pidfd_open"), "the kernel or Python has no descriptors of processes")
class Dying(unittest.TestCase):
    def welcome(self, command: str) -> tuple[Roster, Handle]:
        """A worker that runs the command, of which the kernel says that it is in no group of its own."""
        orders = launch(1000)
        birth = Birth(orders)
        birth.cgroup = mock.Mock()
        birth.cgroup.prove.side_effect = JailFailure("cgroup", "a worker is not in its control group")
        ours, node = _socket.socketpair()
        self.addCleanup(node.close)
        roster = Roster(birth, orders)
        roster.desk = Desk(Channel(ours, ALL_FRAMES), orders, birth, roster)
        self.addCleanup(ours.close)
        line, worker = _socket.socketpair()
        self.addCleanup(worker.close)
        ends = [os.pipe(), os.pipe()]
        for _, end in ends:
            self.addCleanup(os.close, end)
        handle = Handle(1, line, ends[0][0], ends[1][0], 1000, 1000, False)
        self.addCleanup(handle.release)
        process = subprocess.Popen([sys.executable, "-I", "-c", command])
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        handle.born(process.pid, os.pidfd_open(process.pid))
        handle.ready = True
        return roster, handle

    def test_a_dying_worker_that_has_left_its_group_is_no_failure(self) -> None:
        roster, handle = self.welcome("import time; time.sleep(0.1)")
        roster._welcome(handle)
        self.assertEqual(roster.idle, [])

    def test_a_living_one_is(self) -> None:
        roster, handle = self.welcome("import time; time.sleep(60)")
        with self.assertRaisesRegex(JailFailure, "a worker is not in its control group"):
            roster._welcome(handle)


class Adoption(unittest.TestCase):
    def test_a_zygote_that_is_gone_when_it_is_told_of_a_branch_is_told_as_gone(self) -> None:
        birth = Birth(launch(1000))
        birth.control, zygote = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
        self.addCleanup(birth.control.close)
        zygote.close()
        with self.assertRaisesRegex(JailFailure, "^the zygote ended$"):
            birth.adopt(2, 1, 7)


if __name__ == "__main__":
    unittest.main()
