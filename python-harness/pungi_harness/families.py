"""The workers of the zygote that share a pid namespace: a session and the branches made of it.

Theory of operation. A worker that makes branches cannot be init of its namespace: its end would be theirs, and
the kernel lets no init give a child to its own parent. So a keeper is forked first, as init, which never runs
user code and does nothing but bury what nobody else does; then the worker, beside it. Branches are the zygote's
children, too, which so learns how each ended and what it used. The last member's end is the keeper's, and with it
that of every process that a member left behind.
"""

from __future__ import annotations

import os

import _signal

from . import syscalls
from .jail import namespaces

class _Keeper:
    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.pidfd = os.pidfd_open(pid)
        self.members = 1

    def end(self) -> None:
        try:
            _signal.pidfd_send_signal(self.pidfd, _signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.close(self.pidfd)


class Families:
    def __init__(self, own_pidfd: int) -> None:
        self._own_pidfd = own_pidfd
        self._keeper_of: dict[int, _Keeper] = {}
        # Also those that were ended and are not buried yet.
        self._keepers: set[int] = set()

    def fork(self, number: int) -> int:
        """Fork worker `number` beside a keeper of its own; 0 in the worker."""
        pid = namespaces.fork_into_pid_namespace(self._own_pidfd)
        if pid == 0:
            _keep()
        self._keepers.add(pid)
        keeper = _Keeper(pid)
        try:
            worker = namespaces.fork_beside(keeper.pidfd, self._own_pidfd)
        except BaseException:
            keeper.end()
            raise
        self._keeper_of[number] = keeper
        return worker

    def adopt(self, number: int, parent: int) -> None:
        """`number` is a branch of `parent`, or of one that shares its keeper."""
        keeper = self._keeper_of.get(parent)
        # Without one the whole family has ended meanwhile, and this branch with it.
        if keeper is not None:
            keeper.members += 1
            self._keeper_of[number] = keeper

    def left(self, number: int) -> None:
        keeper = self._keeper_of.pop(number, None)
        if keeper is None:
            return
        keeper.members -= 1
        if not keeper.members:
            keeper.end()

    def bury(self, pid: int) -> bool:
        """Whether the child that was reaped was a keeper."""
        found = pid in self._keepers
        self._keepers.discard(pid)
        return found


def _keep() -> None:
    """In the keeper; never returns."""
    try:
        syscalls.prctl(syscalls.PR_SET_PDEATHSIG, _signal.SIGKILL)
        _signal.set_wakeup_fd(-1)
        # Init of a namespace is sent nothing from inside that it has no handler for.
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
        # Whom it inherits is buried by the kernel.
        _signal.signal(_signal.SIGCHLD, _signal.SIG_IGN)
        syscalls.call("close_range", 0, 0xFFFFFFFF, 0)
        while True:
            # The stub leaves it out.
            _signal.pause()  # type: ignore[attr-defined]
    finally:
        os._exit(1)
