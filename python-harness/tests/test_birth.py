"""What the supervisor makes of a zygote that ends while it builds its namespaces."""
from __future__ import annotations

import os
import sys
import unittest
from typing import Any, Callable
from unittest import mock

import _signal
import _socket

from pungi_harness import syscalls, zygote
from pungi_harness.birth import Birth
from pungi_harness.jail.failure import JailFailure
from pungi_harness.supervisor import CHANNEL
from tests.in_child import in_child
from tests.test_desk import launch

Ending = Callable[[_socket.socket], None]
SHOULD_BE_TOLD_SECONDS = 10


def before_its_ids_are_mapped(control: _socket.socket) -> None:
    control.sendall(bytes((zygote.MAP,)))
    end_now()


def at_once(control: _socket.socket) -> None:
    end_now()


def between_its_copy_and_the_word_of_it(control: _socket.socket) -> None:
    if os.fork() == 0:
        control.recv(1)
        os._exit(0)
    end_now()


def with_its_copy(control: _socket.socket) -> None:
    pid = os.fork()
    if pid == 0:
        end_now()
    os.waitpid(pid, 0)
    control.sendall(bytes((zygote.MOVED,)) + pid.to_bytes(4, "big"))


def end_now() -> None:
    os.kill(os.getpid(), _signal.SIGKILL)


def told(ending: Ending) -> Any:
    """What `begin` says of a zygote that ends so."""
    # The zygote closes the channel to node, which is always that number.
    while os.open(os.devnull, os.O_RDONLY) < CHANNEL:
        pass
    orders = launch(1000)
    ids = [{"inside": 1000, "outside": os.getuid()}]
    orders["plan"]["zygote"] = {"namespaces": ["user", "pid"], "idMap": {"writer": "supervisor", "uid": ids, "gid": ids}}
    syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)
    birth = Birth(orders)

    def main(self: zygote.Zygote) -> None:
        try:
            ending(self._control)
        finally:
            os._exit(0)

    _signal.alarm(SHOULD_BE_TOLD_SECONDS)
    with mock.patch.object(zygote.Zygote, "main", main):
        try:
            birth.begin()
            # The end of one that has moved is seen by whoever gives it its first order.
            birth.fork_worker(1, False)
            return "it went on"
        except JailFailure as failure:
            return [failure.layer, str(failure)]
        finally:
            birth.end()


@unittest.skipUnless(sys.platform == "linux", "namespaces are Linux's")
class BuilderEnds(unittest.TestCase):
    """By SIGKILL, as the kernel's memory killer would."""

    def test_the_layer_is_named_and_nobody_waits(self) -> None:
        for ending in (at_once, before_its_ids_are_mapped, between_its_copy_and_the_word_of_it, with_its_copy):
            with self.subTest(ending=ending.__name__):
                self.assertEqual(in_child(lambda: told(ending)), ["zygote", "the zygote ended"])


if __name__ == "__main__":
    unittest.main()
