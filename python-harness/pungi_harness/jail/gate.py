"""The gate: the one call by which a session makes a branch of itself, let through when node ordered a branch.

Theory of operation. The worker's seccomp program asks about exactly `clone(CLONE_PARENT | SIGCHLD)`: the kernel
holds the caller and tells this descriptor, which only the supervisor has. The flags travel in a register, so
what was asked is what is done. One order lets one call of one process through; any other is refused as a process
limit is. Branches inherit the program, and so ask at the same gate.
A caller that is killed or interrupted meanwhile takes its question with it.
"""

from __future__ import annotations

import fcntl
import os
import select
import sys

# struct seccomp_notif { u64 id; u32 pid; u32 flags; struct seccomp_data data; }: 80 bytes.
# struct seccomp_notif_resp { u64 id; s64 val; s32 error; u32 flags; }: 24 bytes.
NOTIF_RECV, NOTIF_SEND = 0xC0502100, 0xC0182101
NOTIF_SIZE = 80
CONTINUE = 1
EAGAIN = 11


class Gate:
    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._granted: set[int] = set()
        self._asked = select.poll()
        self._asked.register(descriptor, select.POLLIN)

    def grant(self, pid: int) -> None:
        """The next call of this process goes through."""
        self._granted.add(pid)

    def withdraw(self, pid: int) -> bool:
        """Whether nobody has gone through."""
        is_unused = pid in self._granted
        self._granted.discard(pid)
        return is_unused

    def answer(self) -> None:
        """One question; none, when the caller is gone."""
        # Looked at anew, since taking a question that is not there would wait for one, and all sessions with it: what
        # woke the loop may have been another descriptor of this number, or the end of the last who could ask.
        if not any(events & select.POLLIN for _, events in self._asked.poll(0)):
            return
        question = bytearray(NOTIF_SIZE)
        try:
            fcntl.ioctl(self.descriptor, NOTIF_RECV, question)
            order = sys.byteorder
            # As this process sees it, whatever namespace the caller is in; a thread has another number.
            pid = int.from_bytes(question[8:12], order)
            error, flags = (0, CONTINUE) if pid in self._granted else (-EAGAIN, 0)
            self._granted.discard(pid)
            answer = (
                bytes(question[:8])
                + bytes(8)
                + error.to_bytes(4, order, signed=True)
                + flags.to_bytes(4, order)
            )
            fcntl.ioctl(self.descriptor, NOTIF_SEND, answer)
        except OSError:
            # Killed or interrupted between question and answer, and so nobody to answer.
            pass

    def close(self) -> None:
        os.close(self.descriptor)
