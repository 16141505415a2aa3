"""The gate lets one branch through for each order, and nothing else."""

from __future__ import annotations

import os
import select
import socket
import unittest

from pungi_harness import syscalls
from pungi_harness.branch_fork import CLONE_PARENT, SIGCHLD, Forker
from pungi_harness.jail import privileges, seccomp
from pungi_harness.jail.gate import Gate

LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, ASK = 0x7FFF0000, 0x7FC00000
ARGUMENT = 16


def _asking() -> bytes:
    """Asks about exactly the call that makes a branch."""
    instructions = [
        (LOAD, 0, 0, 0),
        (EQUAL, 0, 3, syscalls.number("clone")),
        (LOAD, 0, 0, ARGUMENT),
        (EQUAL, 0, 1, CLONE_PARENT | SIGCHLD),
        (RETURN, 0, 0, ASK),
        (RETURN, 0, 0, ALLOW),
    ]
    return b"".join(
        code.to_bytes(2, "little") + bytes((yes, no)) + value.to_bytes(4, "little")
        for code, yes, no, value in instructions
    )


@unittest.skipUnless(os.uname().machine in ("x86_64", "aarch64"), "there are system call tables for two machines")
class GateTest(unittest.TestCase):
    """This process is the supervisor and the parent; its child asks for branches, one for each byte that it gets."""

    def setUp(self) -> None:
        self.line, theirs = socket.socketpair()
        self.addCleanup(self.line.close)
        self.child = os.fork()
        if self.child == 0:
            try:
                _ask_when_told(theirs)
            finally:
                os._exit(1)
        theirs.close()
        self.addCleanup(self._end)
        _, descriptors, _, _ = socket.recv_fds(self.line, 1, 1)
        self.gate = Gate(descriptors[0])
        self.addCleanup(self.gate.close)

    def _end(self) -> None:
        os.kill(self.child, 9)
        os.waitpid(self.child, 0)

    def _wait(self) -> None:
        """Until the question is there."""
        poll = select.poll()
        poll.register(self.gate.descriptor, select.POLLIN)
        self.assertTrue(poll.poll(10_000))

    def ask(self) -> str:
        self.line.sendall(b"?")
        self._wait()
        self.gate.answer()
        return self.line.recv(100).decode()

    def test_where_nobody_asks_nothing_is_waited_for(self) -> None:
        self.gate.answer()

    def test_nothing_goes_through_by_itself(self) -> None:
        self.assertEqual(self.ask(), "[Errno 11] clone: Resource temporarily unavailable")

    def test_one_order_lets_one_through_as_a_child_of_the_parent(self) -> None:
        self.gate.grant(self.child)
        self.assertEqual(self.ask(), "branch")
        pid, status = os.waitpid(-1, 0)
        self.assertNotEqual(pid, self.child)
        self.assertEqual(os.waitstatus_to_exitcode(status), 7)
        self.assertEqual(self.ask(), "[Errno 11] clone: Resource temporarily unavailable")

    def test_an_order_for_another_is_not_ones_own(self) -> None:
        self.gate.grant(os.getpid())
        self.assertEqual(self.ask(), "[Errno 11] clone: Resource temporarily unavailable")

    def test_an_order_can_be_taken_back(self) -> None:
        self.gate.grant(self.child)
        self.gate.withdraw(self.child)
        self.assertEqual(self.ask(), "[Errno 11] clone: Resource temporarily unavailable")

    def test_a_caller_that_is_gone_takes_its_question_with_it(self) -> None:
        self.gate.grant(self.child)
        self.line.sendall(b"?")
        self._wait()
        os.kill(self.child, 9)
        os.waitid(os.P_PID, self.child, os.WEXITED | os.WNOWAIT)
        self.gate.answer()


def _ask_when_told(line: socket.socket) -> None:
    forker = Forker()
    privileges.forbid_new_privileges()
    listener = seccomp.apply({"pidSlots": [], "asks": True}, _asking())
    socket.send_fds(line, [b"L"], [listener])
    os.close(listener)
    while line.recv(1):
        try:
            if forker.fork() == 0:
                line.sendall(b"branch")
                os._exit(7)
        except OSError as error:
            line.sendall(str(error).encode())
