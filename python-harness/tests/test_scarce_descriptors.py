"""What a supervisor makes of descriptors that the kernel could not give it."""
from __future__ import annotations

import errno
import os
import resource
import socket
import unittest
from typing import Any

from pungi_harness import protocol, room, zygote
from pungi_harness.birth import Birth
from pungi_harness.channel import Channel
from pungi_harness.desk import Desk
from pungi_harness.handle import Handle
from pungi_harness.jail.failure import JailFailure
from pungi_harness.roster import Roster
from tests.in_child import in_child
from tests.test_desk import ALL_FRAMES, launch

STAGES: list[Stage] = []


class Stage:
    """A worker that the supervisor has ordered and not heard of yet."""

    def __init__(self) -> None:
        orders = launch(1000)
        birth = Birth(orders)
        birth.control, self.zygote = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours, self.node = socket.socketpair()
        channel = Channel(ours, ALL_FRAMES)
        self.roster = Roster(birth, orders)
        self.roster.desk = Desk(channel, orders, birth, self.roster)
        line, self.worker = socket.socketpair()
        out, err = os.pipe()[0], os.pipe()[0]
        self.handle: Handle = self.roster.add_branch(line, out, err)
        # Its process ends without closing anything.
        STAGES.append(self)


def allow_no_more() -> None:
    lowest = os.dup(0)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, lowest))


@unittest.skipUnless(hasattr(os, "pidfd_open"), "only Linux has pidfds")
class Lost(unittest.TestCase):
    def test_a_worker_without_its_pidfd_is_never_known_by_a_number_of_another_namespace(self) -> None:
        def work() -> Any:
            stage = Stage()
            number = (1).to_bytes(4, "big") + (5).to_bytes(4, "big")
            pidfd = os.pidfd_open(os.getpid())
            protocol.send_descriptors(stage.zygote, bytes((zygote.BIRTH,)) + number, [pidfd])
            allow_no_more()
            try:
                stage.roster.hear_zygote()
            except OSError as error:
                return error.errno, stage.handle.pid
            return "welcomed", stage.handle.pid

        self.assertEqual(in_child(work), (errno.EMFILE, 0))

    def test_a_worker_without_its_directory_gets_no_run(self) -> None:
        def work() -> Any:
            stage = Stage()
            place = os.open("/", os.O_RDONLY | os.O_DIRECTORY)
            protocol.send_descriptors(stage.worker, protocol.frame(protocol.READY, 0, b"{}"), [place])
            allow_no_more()
            try:
                stage.roster.hear_worker(stage.handle)
            except OSError as error:
                return error.errno, stage.handle.ready
            return "welcomed", stage.handle.ready

        self.assertEqual(in_child(work), (errno.EMFILE, False))


class Room(unittest.TestCase):
    def test_as_many_workers_as_the_open_files_suffice_for(self) -> None:
        def work() -> Any:
            resource.setrlimit(resource.RLIMIT_NOFILE, (100, 184))
            found = room.most_workers({**launch(1000), "workers": 10})
            try:
                room.most_workers({**launch(1000), "workers": 11})
            except JailFailure as failure:
                return found, resource.getrlimit(resource.RLIMIT_NOFILE), failure.as_data()
            return found, "not refused"

        message = "11 workers need 196 open files, and 184 are allowed"
        failure = {"layer": "descriptors", "message": message, "hint": room.HINT}
        self.assertEqual(in_child(work), (10, (184, 184), failure))


if __name__ == "__main__":
    unittest.main()
