"""What the supervisor makes of branches that end before it has heard them."""
from __future__ import annotations

import os
import socket
import unittest
from typing import Any

from pungi_harness import protocol, wire_json
from pungi_harness.birth import Birth
from pungi_harness.branches import Branches
from pungi_harness.branching import Birthplace, Branching
from pungi_harness.channel import Channel
from pungi_harness.desk import Desk
from pungi_harness.roster import Roster
from tests.test_desk import ALL_FRAMES, launch

ORDERED = 12
HELLO = protocol.frame(protocol.HELLO, 0, b"")
FAILED = protocol.frame(protocol.FAILED, 0, b"it is too deep")


@unittest.skipUnless(hasattr(os, "pidfd_open"), "only Linux has pidfds")
class Gone(unittest.TestCase):
    def setUp(self) -> None:
        orders = launch(1000)
        orders["plan"]["worker"]["landlock"] = None
        birth = Birth(orders)
        birth.pid = os.getpid()
        self.reader = protocol.FrameReader(ALL_FRAMES)
        ours, self.node = socket.socketpair()
        self.channel = Channel(ours, ALL_FRAMES)
        self.roster = Roster(birth, orders)
        self.roster.desk = Desk(self.channel, orders, birth, self.roster)
        sessions: Any = None
        self.branches = Branches(self.channel, self.roster, Branching(birth, orders["plan"]), sessions)
        line, self.far = socket.socketpair()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        out, err = (self.pipe() for _ in range(2))
        self.branch = self.roster.add_branch(line, out, err)
        around = os.open("/", os.O_RDONLY)
        self.branch.birthplace = Birthplace(1, around, "branch")
        self.branch.birthplace.is_told = True
        self.branches._coming[self.branch] = ORDERED
        for end in (ours, self.node, self.far):
            self.addCleanup(end.close)
        self.addCleanup(os.close, around)

    def pipe(self) -> int:
        read_end, write_end = os.pipe()
        os.close(write_end)
        return read_end

    def say(self, *pieces: bytes) -> None:
        """As a branch that has ended, and was buried, before the supervisor looks."""
        pid = os.fork()
        if pid == 0:
            for piece in pieces:
                self.far.sendall(piece)
            os._exit(70)
        os.waitpid(pid, 0)

    def refused(self) -> list:
        self.assertEqual(self.branches.receive_greeting(self.branch), [])
        self.branches.tick(0)
        self.channel.flush()
        frames = self.reader.feed(self.node.recv(1 << 16))
        return [(kind, number, wire_json.loads(payload.decode())) for kind, number, payload in frames]

    def test_its_reason_is_told(self) -> None:
        self.say(HELLO, FAILED)
        self.assertEqual(self.refused(), [(protocol.REFUSED, ORDERED, {"reason": "it is too deep"})])
        self.assertEqual(self.roster.handles, {})

    def test_without_a_reason_its_end_is(self) -> None:
        self.say(HELLO)
        self.assertEqual(self.refused(), [(protocol.REFUSED, ORDERED, {"reason": "it ended before it was ready"})])

    def test_another_that_goes_on_on_its_line_holds_nobody_up(self) -> None:
        self.say(HELLO)
        self.far.setblocking(False)
        with self.assertRaises(BlockingIOError):
            while True:
                self.far.send(protocol.frame(protocol.FAILED, 0, b""))
        self.assertEqual(self.refused(), [(protocol.REFUSED, ORDERED, {"reason": "it ended before it was ready"})])


if __name__ == "__main__":
    unittest.main()
