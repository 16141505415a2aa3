"""Branches of sessions, as the supervisor makes them: place, ruleset, order, gate, and who it is that came.

Theory of operation. The session is hostile, and so is the branch. The place is made beneath the descriptor of
the session's own, under a name that nobody can have taken before; what the branch may reach is a Landlock
ruleset that this process makes. The gate is open for one call. Who says hello is known by the credentials that
the kernel puts on the message: it must be a child of the zygote that is no worker yet. From then on it is a worker
with a pidfd, and the zygote tells its death. A session that takes its fork and sends nobody loses its life, and
so does whoever it made.
"""

from __future__ import annotations

import os
import select
import time

import _signal
import _socket

from . import protocol, wire_json, workdir
from .birth import Birth, open_ends
from .handle import Handle
from .jail import landlock
from .jail.gate import Gate

# How long a branch may take to say hello, and then to be ready: its files are copied meanwhile.
HELLO_SECONDS = 5.0
READY_SECONDS = 60.0
# How often one that copies its files for so long is looked at: one that was stopped never ends.
LOOK_SECONDS = 5.0
PARTS = ("work", "tmp", "shm")


class Refused(Exception):
    """The session cannot be forked as it is; it goes on."""


class Family:
    """A session and its branches: they share the gate, and what lies around their places goes with the last of them."""

    def __init__(self, root: Handle, gate: Gate) -> None:
        self.root = root.number
        self.gate = gate
        self.members = {root.number: root}


class Gone(Exception):
    """Whoever said hello has ended."""


class Birthplace:
    """Of a branch: the directory in its session's place that is its own."""

    def __init__(self, parent: int, around: int, name: str) -> None:
        self.parent = parent
        self.around = around
        self.name = name
        self.until = time.monotonic() + HELLO_SECONDS
        # When it is given up whatever it does.
        self.last = self.until
        # Whether its session has said how its fork went.
        self.is_told = False
        # Why it ended, by its own word.
        self.words = ""


class Branching:
    def __init__(self, birth: Birth, plan: dict) -> None:
        self._birth = birth
        self._owner = workdir.Owner(birth.owner_ids())
        self._orders = plan["worker"]["landlock"]
        self._full = plan["level"] == "full"
        self._rules: list[bytes] = []
        # A ruleset without a place of its own: made when nobody waits for it.
        self._spare = -1

    def order(self, session: Handle, add, discard) -> Handle:  # type: ignore[no-untyped-def]
        """Tell the session to fork. `add` makes the handle of the branch that is to come, from our ends of its line."""
        family = _check(session)
        name = "branch-" + os.urandom(8).hex()
        place, ruleset = self._make_place(session, name)
        try:
            ours, theirs = open_ends()
        except OSError as error:
            os.close(place)
            os.close(ruleset)
            raise Refused(f"there is no room for a branch: {error}") from None
        theirs.append(ruleset)
        branch = add(*ours)
        try:
            self._send_order(session, family, branch, name, place, theirs)
        except (OSError, protocol.ProtocolError):
            # The session has made something else of the place, has shut its end of the line, or filled it.
            family.gate.withdraw(session.pid)
            discard(branch)
            raise Refused("it does not take its orders") from None
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        return branch

    def _send_order(
        self, session: Handle, family: Family, branch: Handle, name: str, place: int, theirs: list[int]
    ) -> None:
        # By descriptors of our own: what a branch says of its place is not asked.
        branch.take_workdir(place)
        # Whoever sends the first message, the kernel tells who it is.
        branch.line.socket.setsockopt(_socket.SOL_SOCKET, _socket.SO_PASSCRED, 1)
        branch.birthplace = Birthplace(session.number, os.dup(session.top), name)
        family.members[branch.number] = branch
        branch.family = family
        family.gate.grant(session.pid)
        order = protocol.frame(protocol.FORK, 0, wire_json.dumps({"name": name}).encode())
        # Nothing is on its way to a session between its steps, so that this goes at once.
        protocol.send_descriptors(session.line.socket, order, theirs)

    def _make_place(self, session: Handle, name: str) -> tuple[int, int]:
        """A directory for the branch, open, and a Landlock ruleset for it."""
        place = ruleset = -1
        try:
            with self._owner:
                os.mkdir(name, 0o700, dir_fd=session.top)
                place = os.open(name, workdir.DIRECTORY, dir_fd=session.top)
                for part in PARTS:
                    os.mkdir(part, 0o700, dir_fd=place)
            self._prepare()
            # Never to be given to another: it may have got some of this place's rules.
            ruleset, self._spare = self._spare, -1
            landlock.add_workdir(ruleset, self._orders, place)
        except OSError as error:
            for descriptor in (place, ruleset):
                if descriptor >= 0:
                    os.close(descriptor)
            raise Refused(f"its place could not be made: {error.strerror}") from None
        return place, ruleset

    def prepare_ahead(self) -> None:
        """While nobody waits: what the next branch needs and is not its own."""
        try:
            self._prepare()
        except OSError:
            # The next order tries again, and says what is wrong.
            pass

    def _prepare(self) -> None:
        if self._spare < 0:
            # Rules are bound to what the paths name, which is the same outside of the jail as inside.
            if not self._rules:
                self._rules = landlock.open_rules(self._orders)
            self._spare = landlock.create(self._orders, self._rules)

    def greet(self, branch: Handle, pid: int, known: set[int]) -> None:
        """The branch said hello: from here on it is a worker. ProtocolError when it is none, Gone when it has ended."""
        if pid in known or branch.birthplace is None:
            raise protocol.ProtocolError("a known worker said hello for a branch")
        branch.line.socket.setsockopt(_socket.SOL_SOCKET, _socket.SO_PASSCRED, 0)
        try:
            pidfd = os.pidfd_open(pid)
        except OSError:
            raise Gone from None
        facts = _status(pid)
        is_alive = _is_alive(pidfd)
        if not is_alive or facts.get("PPid") != [str(self._birth.pid)]:
            os.close(pidfd)
            raise protocol.ProtocolError("who said hello for a branch is no child of the zygote") if is_alive else Gone
        branch.born(pid, pidfd)
        # It may be dead already; its death is told by the number that it had.
        branch.pid = branch.pid or pid
        now = time.monotonic()
        branch.birthplace.until = now + LOOK_SECONDS
        branch.birthplace.last = now + READY_SECONDS
        inside = facts["NSpid"][1 if self._full else 0]
        self._birth.adopt(branch.number, branch.birthplace.parent, int(inside))

    def waits_on(self, branch: Handle, born: Birthplace, now: float) -> bool:
        """Whether one that was to be looked at by now may take longer."""
        if now >= born.last or _status(branch.pid).get("State", [""])[0] == "T":
            return False
        born.until = min(now + LOOK_SECONDS, born.last)
        return True

    def end_strays(self, known: set[int]) -> None:
        """After a branch that never said hello: end whoever the gate let through."""
        depth = _filters(self._birth.pid)
        for pid in self._birth.children_of_zygote():
            if pid in known or _filters(pid) <= depth:
                continue
            try:
                pidfd = os.pidfd_open(pid)
            except OSError:
                continue
            if _status(pid).get("PPid") == [str(self._birth.pid)] and _is_alive(pidfd):
                _kill(pidfd)
            os.close(pidfd)

    def leave(self, handle: Handle, family: Family) -> None:
        """Remove what the place of a dead member holds, and with the last one all."""
        del family.members[handle.number]
        if family.members:
            self._empty(handle)
        else:
            family.gate.close()
            self._birth.remove_place(family.root)
        if handle.birthplace is not None:
            os.close(handle.birthplace.around)
            handle.birthplace = None

    def _empty(self, handle: Handle) -> None:
        born = handle.birthplace
        try:
            if handle.top >= 0:
                for part in PARTS:
                    workdir.remove_tree(handle.top, part)
                if born is not None:
                    os.rmdir(born.name, dir_fd=born.around)
            elif born is not None:
                workdir.remove_tree(born.around, born.name)
        except OSError:
            # Its own branches live in it, or its code has made something else of it: it goes with the last one.
            pass


def _check(session: Handle) -> Family:
    if session.family is None:
        raise Refused("its level, or its kernel, has no gate for branches")
    if session.line.unsent:
        raise Refused("it has not read what was sent to it")
    if session.threads() > 1:
        raise Refused("it has other threads")
    try:
        with open(f"/proc/{session.pid}/task/{session.pid}/children", "rb") as file:
            has_children = bool(file.read(1))
    except OSError:
        raise Refused("its process is gone") from None
    if has_children:
        raise Refused("it has child processes")
    return session.family


def _kill(pidfd: int) -> None:
    try:
        _signal.pidfd_send_signal(pidfd, _signal.SIGKILL)
    except ProcessLookupError:
        # It went by itself.
        pass


def _status(pid: int) -> dict[str, list[str]]:
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return {}
    # The first line is the process's name, which it may choose; a line end in it is escaped.
    return {name: value.split() for name, _, value in (line.partition(":\t") for line in lines[1:])}


def _filters(pid: int) -> int:
    """How many seccomp programs hold it; a kernel that does not tell is one on which all do."""
    found = _status(pid).get("Seccomp_filters")
    return int(found[0]) if found else 1 << 30


def _is_alive(pidfd: int) -> bool:
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return not poll.poll(0)
