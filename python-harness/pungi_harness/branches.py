"""Branches on their way: ordered, greeted, ready or given up. What is ready is a session as any other.

Theory of operation. Between order and `ready` a branch is a handle without a session: it may say hello, once, and
then that it is ready or why it failed. Whatever else comes, or nothing for too long, ends it, and node is told the
reason. Words of a session are passed on as words, never followed.
"""

from __future__ import annotations

import select

from . import living, protocol, wire_json
from .branching import Branching, Gone, Refused
from .channel import Channel
from .handle import Handle
from .roster import Roster

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .sessions import Session, Sessions


ENDED = "it ended before it was ready"
TOO_LONG = "it took too long"
# Hello and the reason for an end are two.
MOST_PIECES = 8


class Branches:
    def __init__(self, channel: Channel, roster: Roster, branching: Branching, sessions: Sessions) -> None:
        self._channel = channel
        self._roster = roster
        self._branching = branching
        self._sessions = sessions
        # With the number that node gave them.
        self._coming: dict[Handle, int] = {}
        self._strays_due = False

    def order(self, session: Session | None, number: int) -> None:
        """Have the session fork; node gets `opened` or `refused` for `number`."""
        try:
            if session is None or session.handle.run is not None or session.reason:
                raise Refused("it takes no orders now")
            if self._of(session.handle):
                raise Refused("a branch of it is on its way already")
            branch = self._branching.order(session.handle, self._roster.add_branch, self._roster.release)
        except Refused as refused:
            self._refuse(number, str(refused))
            return
        self._sessions.mute(branch, True)
        # What it will have proved is what its session has proved.
        branch.proofs = session.handle.proofs
        self._coming[branch] = number

    def _of(self, session: Handle) -> list[Handle]:
        return [branch for branch in self._coming if _origin(branch) == session.number]

    def _refuse(self, number: int, reason: str) -> None:
        self._channel.send(protocol.REFUSED, number, wire_json.dumps({"reason": reason}).encode())

    # What they say.

    def receive_greeting(self, branch: Handle) -> list[tuple[int, int, bytes]]:
        """The first piece on its line; gives the frames after the greeting."""
        frames, pid = branch.line.receive_greeting()
        if not frames:
            return []
        if frames[0][0] != protocol.HELLO:
            raise protocol.ProtocolError("a branch says hello first")
        try:
            self._branching.greet(branch, pid, self._roster.known_pids())
        except Gone:
            branch.birthplace.words = _last_words(branch, frames[1:])  # type: ignore[union-attr]
            branch.line.ended = True
            return []
        return frames[1:]

    def on_message(self, branch: Handle, kind: int, payload: bytes) -> None:
        """Of one that has said hello and is not ready."""
        if kind == protocol.READY and branch in self._coming:
            from .sessions import Session

            branch.ready = True
            session = Session(self._coming.pop(branch), branch)
            self._sessions.welcome(session, branch)
            # Behind the news of it: no step is taken before this returns.
            session.memory = living.known_files(branch.work)
            self._branching.prepare_ahead()
        elif kind == protocol.FAILED:
            self._give_up(branch, _words(payload))
        else:
            raise protocol.ProtocolError("a branch sent what it may not send yet")

    def on_forked(self, session: Handle, payload: bytes) -> None:
        """The session says that it has forked, which its branch will show; or why not."""
        for branch in self._of(session):
            if branch.pid:
                continue
            branch.birthplace.is_told = True  # type: ignore[union-attr]
            if not payload:
                continue
            if session.family.gate.withdraw(session.pid):  # type: ignore[union-attr]
                self._give_up(branch, _words(payload))
            elif _is_hung_up(branch):
                # The kernel has refused what the gate let through, or so it says: nobody can come any more.
                self._give_up_missing(branch, _words(payload))
            else:
                # It took its fork and says that it did not.
                self._end_overdue(branch, TOO_LONG)

    # Those that do not come.

    def on_origin_gone(self, session: Handle) -> None:
        # Also one that has come: what it still copies is removed with its session's place.
        for branch in self._of(session):
            self._end_overdue(branch, "its process is gone")

    def _give_up(self, branch: Handle, reason: str) -> None:
        """Its session goes on."""
        number = self._coming.pop(branch, None)
        if number is not None:
            self._refuse(number, reason)
        if branch.pid:
            # Its death is told.
            self._roster.kill(branch)
        else:
            self._roster.release(branch)

    def _give_up_missing(self, branch: Handle, reason: str) -> None:
        """Whom the gate let through has no line any more: dead most likely, and if not, harmful."""
        self._give_up(branch, reason)
        self._strays_due = True

    def _end_overdue(self, branch: Handle, reason: str) -> None:
        session = self._roster.handles.get(_origin(branch))
        has_come = bool(branch.pid)
        self._give_up(branch, reason)
        if has_come:
            return
        # The gate may have let somebody through, whom only code that means harm hides.
        if session is not None:
            session.family.gate.withdraw(session.pid)  # type: ignore[union-attr]
            self._roster.kill(session)
        self._strays_due = True

    def leave(self, handle: Handle) -> None:
        """A dead member of a family: what it had is removed."""
        number = self._coming.pop(handle, None)
        if number is not None:
            # It died on its way, or broke the rules of its line and was killed.
            self._refuse(number, ENDED)
        if handle.family is not None:
            self._branching.leave(handle, handle.family)

    # Clocks.

    def deadlines(self) -> list[float]:
        return [branch.birthplace.until for branch in self._coming if branch.birthplace]

    def tick(self, now: float) -> None:
        for branch in list(self._coming):
            born = branch.birthplace
            if born is None:
                continue
            if born.is_told and not branch.pid and branch.line.ended:
                # Its session has forked, and the other end of its line is gone.
                self._give_up_missing(branch, born.words or ENDED)
            elif now >= born.until and not self._branching.waits_on(branch, born, now):
                self._end_overdue(branch, TOO_LONG)
        # Not while another may be on its way that is no worker yet.
        if self._strays_due and all(branch.pid for branch in self._coming):
            self._strays_due = False
            self._branching.end_strays(self._roster.known_pids())


def _origin(branch: Handle) -> int:
    return branch.birthplace.parent if branch.birthplace else 0


def _last_words(branch: Handle, frames: list[tuple[int, int, bytes]]) -> str:
    """Why it ended, of one that has: all that it said has come. Another may hold its line, and go on."""
    for _ in range(MOST_PIECES):
        if branch.line.ended or branch.line.dry:
            break
        frames = [*frames, *branch.line.receive()]
    return next((_words(payload) for kind, _, payload in frames if kind == protocol.FAILED), "")


def _is_hung_up(branch: Handle) -> bool:
    """Whether nobody holds the other end of its line."""
    poll = select.poll()
    poll.register(branch.line.fd, 0)
    return any(events & select.POLLHUP for _, events in poll.poll(0))


def _words(payload: bytes) -> str:
    """What a session or a branch says: to be shown, not to be trusted."""
    return payload[:300].decode("utf-8", "replace")
