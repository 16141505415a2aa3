"""The desk counts, forwards and bounds what workers write."""
from __future__ import annotations

import os
import socket
import unittest

from pungi_harness import protocol, wire_json
from pungi_harness.birth import Birth
from pungi_harness.channel import Channel
from pungi_harness.desk import MOST_PIECES, Desk
from pungi_harness.handle import READ_SIZE, Handle
from pungi_harness.roster import Roster
from pungi_harness.run import FLOOD

ALL_FRAMES = {kind: 64 << 20 for kind in range(256)}


def launch(cap: int) -> dict:
    limits = {"maxOutputBytes": cap, "maxResultBytes": 1024, "maxDisplayBytes": 1024, "maxDisplays": 1}
    worker = {"workdir": {"kind": "tmpfs"}, "ids": None}
    plan = {"level": "full", "limits": limits, "worker": worker, "zygote": {"idMap": None}, "language": {"forks": False}}
    return {"plan": {**plan, "answersEarly": True, "session": None}, "workers": 1, "replenish": True, "directory": None, "cgroup": None}


class Output(unittest.TestCase):
    """A worker whose stdout is a pipe that the test fills, and a node that reads when the test does."""

    def start(self, cap: int) -> None:
        orders = launch(cap)
        ours, self.node = socket.socketpair()
        self.addCleanup(self.node.close)
        self.addCleanup(ours.close)
        self.channel = Channel(ours, ALL_FRAMES)
        birth = Birth(orders)
        roster = Roster(birth, orders)
        self.desk = roster.desk = Desk(self.channel, orders, birth, roster)
        line, theirs = socket.socketpair()
        self.addCleanup(theirs.close)
        self.out, self.write_end = os.pipe()
        err, err_write = os.pipe()
        os.close(err_write)
        self.handle = Handle(1, line, self.out, err, 1024, 1024, False)
        self.addCleanup(self.handle.release)
        roster.idle.append(self.handle)
        start = {"timeoutMs": 1000, "stdin": False, "files": []}
        self.desk.obey([(protocol.START, 7, wire_json.dumps(start).encode())])
        assert self.handle.run is not None
        self.run_ = self.handle.run

    def received(self) -> list[tuple[int, int, bytes]]:
        """All that the desk has for node."""
        reader, frames = protocol.FrameReader(ALL_FRAMES), []
        self.node.setblocking(False)
        while True:
            self.channel.flush()
            try:
                frames += reader.feed(self.node.recv(1 << 20))
            except BlockingIOError:
                return frames

    def test_what_is_counted_is_what_is_forwarded_up_to_the_last_piece(self) -> None:
        self.start(cap=1000)
        os.set_blocking(self.write_end, False)
        written = 0
        while self.out in self.handle.outputs:
            written += os.write(self.write_end, b"x" * 3000)
            self.desk.forward_output(self.handle, self.out)
        os.close(self.write_end)
        forwarded = sum(len(payload) for kind, _, payload in self.received() if kind == protocol.STDOUT)
        self.assertEqual((self.run_.reason, written), ("output", 12_000))
        self.assertEqual((forwarded, self.run_.counts[protocol.STDOUT]), (written, written))

    def test_ten_times_the_cap_is_no_flood(self) -> None:
        self.start(cap=1000)
        os.write(self.write_end, bytes(1000 * FLOOD))
        os.close(self.write_end)
        self.desk.drain(self.handle)
        self.assertEqual((self.run_.reason, self.run_.counts[protocol.STDOUT]), ("", 1000 * FLOOD))

    def test_the_end_is_told_of_all_that_a_pipe_holds(self) -> None:
        self.start(cap=64 << 20)
        os.set_blocking(self.write_end, False)
        written = 0
        try:
            while True:
                written += os.write(self.write_end, b"x" * 4096)
        except BlockingIOError:
            pass
        self.desk.drain(self.handle)
        os.close(self.write_end)
        self.assertEqual(self.run_.counts[protocol.STDOUT], written)

    def test_who_goes_on_writing_does_not_fill_this_process_while_node_reads_nothing(self) -> None:
        self.start(cap=64 << 20)
        os.close(self.write_end)
        # Never empty, as a pipe whose writers are faster than we.
        endless = os.open("/dev/zero", os.O_RDONLY)
        os.dup2(endless, self.out)
        os.close(endless)
        self.desk.drain(self.handle)
        self.assertEqual(self.run_.counts[protocol.STDOUT], MOST_PIECES * READ_SIZE)


if __name__ == "__main__":
    unittest.main()
