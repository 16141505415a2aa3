"""Sessions: workers that live on between runs. A step is a run whose worker is not killed when it is done.

Theory of operation. `open` takes a waiting worker and binds it to the session's number; each step is given to it as a
run is to any worker. A step is answered while its worker lives, with the output that was in its pipes when the
outcome came. Between steps the pipes are not read: what is printed then waits, or blocks, and belongs to the next
step. A step that has to stop is interrupted first: SIGINT, again and again until it gives its outcome, SIGKILL when
the time of grace is over. When a worker dies, for whatever reason, node is told, after the end of the step if one
was going on; nothing is sent for a session afterwards.
"""

from __future__ import annotations

import os
import time

import _socket

from . import living, protocol, wire_json, workdir
from .birth import Birth
from .branches import Branches
from .branching import Branching
from .channel import Channel
from .collector import Collector
from .handle import Handle
from .roster import Roster
from .run import Run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .desk import Desk

# Stops that leave the state of a session usable, if the code obeys.
GENTLE = ("timeout", "cancelled", "cpu")
# How long exit handlers and threads may take when a session is closed.
CLOSE_GRACE = 1.0
AGAIN = 0.05


class Session:
    def __init__(self, number: int, handle: Handle) -> None:
        self.number = number
        self.handle = handle
        self.memory = living.Memory()
        # Why its worker ends, when that is ours to say.
        self.reason = ""
        self.kill_at = 0.0
        # A step that is over, but for answers that its worker has not read.
        self.settling: Run | None = None
        self.collector: Collector | None = None


class Sessions:
    def __init__(self, channel: Channel, roster: Roster, birth: Birth, plan: dict, desk: Desk) -> None:
        self._channel = channel
        self._roster = roster
        self._limits = plan["limits"]
        self._desk = desk
        self._living: dict[int, Session] = {}
        self._waiting: list[int] = []
        self.branches = Branches(channel, roster, Branching(birth, plan), self)

    # Orders of node.

    def obey(self, kind: int, number: int, payload: bytes) -> None:
        if kind == protocol.OPEN:
            self._waiting.append(number)
            self.seat()
        elif kind == protocol.FORK:
            self.branches.order(self._living.get(number), wire_json.loads(payload.decode())["branch"])
        elif number in self._waiting:
            self._waiting.remove(number)
            self._tell_end(number, "closed", None)
        elif number in self._living:
            self._close(self._living[number], wire_json.loads(payload.decode())["how"])

    def seat(self) -> None:
        """Give waiting workers to the sessions that wait for one."""
        while self._waiting and self._roster.idle:
            handle = self._roster.take()
            self.welcome(Session(self._waiting.pop(0), handle), handle)

    def welcome(self, session: Session, handle: Handle) -> None:
        handle.session = self._living[session.number] = session
        handle.start_clock()
        self.mute(handle, True)
        self._channel.send(protocol.OPENED, session.number, self._roster.proofs.complete(handle.proofs))

    def _close(self, session: Session, how: str) -> None:
        session.reason = session.reason or "closed"
        run = session.handle.run
        if how == "kill" or run is not None:
            if run is not None:
                run.stop("cancelled")
            self._roster.kill(session.handle)
            return
        session.kill_at = time.monotonic() + CLOSE_GRACE
        self.mute(session.handle, False)
        try:
            session.handle.line.socket.shutdown(_socket.SHUT_WR)
        except OSError:
            # It is gone already; its death is told.
            pass

    def take_step(self, run: Run) -> Handle | None:
        """Bind a step to the worker of its session; None when that is gone, of which node has been told."""
        session = self._living.get(run.session or 0)
        if session is None or session.handle.run is not None:
            return None
        run.handle = session.handle
        session.handle.run = run
        return session.handle

    # How steps end.

    def stop(self, run: Run, handle: Handle, reason: str) -> bool:
        """Whether a step was stopped in the gentle way, so that its worker may live."""
        if handle.session is None or reason not in GENTLE:
            return False
        if not run.started:
            run.stop(reason)
            self._answer(run, handle, handle.session)
        elif not run.interrupted:
            now = time.monotonic()
            run.interrupted = reason
            run.kill_at = now + run.grace
            self._press_again(run, handle, now)
        return True

    def press(self, run: Run, handle: Handle, now: float) -> None:
        """A step that was interrupted and goes on."""
        if now >= run.kill_at:
            run.stop(run.interrupted)
            self._roster.kill(handle)
        elif now >= run.press_at:
            self._press_again(run, handle, now)

    def _press_again(self, run: Run, handle: Handle, now: float) -> None:
        run.press_at = min(now + AGAIN, run.kill_at)
        handle.interrupt()

    def on_outcome(self, run: Run, handle: Handle, session: Session) -> None:
        """Its pipes were read: what is in them now, or comes later, is the next step's."""
        if not run.is_flooded(self._limits["maxOutputBytes"]):
            if handle.line.unsent:
                # Answers to its calls, which it reads and drops: no order may come between their pieces.
                session.settling = run
                session.kill_at = time.monotonic() + CLOSE_GRACE
                return
            self._answer(run, handle, session)
            return
        # A flood is answered when its worker is dead.
        run.reason = "output"
        self._roster.kill(handle)

    def _answer(self, run: Run, handle: Handle, session: Session) -> None:
        self.mute(handle, True)
        session.memory.stamps.update(run.before)
        if handle.left_nothing() and not session.memory.stamps:
            Collector.answer(self._channel, run, self._facts(handle, run))
            self._leave(run, handle)
            return
        facts = self._facts(handle, run)
        session.collector = Collector(self._channel, handle, run, facts, self.collection(handle))
        self._desk.collectors.append(session.collector)

    def _facts(self, handle: Handle, run: Run) -> dict:
        children_ms = handle.children_ms()
        facts = self._desk.accounts.facts(handle, run)
        facts["cpuMs"] += children_ms
        return facts

    def collection(self, handle: Handle) -> living.LivingCollection | None:
        """Of a worker that may live."""
        if handle.session is None or handle.work < 0:
            return None
        return living.LivingCollection(handle.work, handle.session.memory, self._limits)

    def on_collected(self, collector: Collector, session: Session) -> None:
        session.collector = None
        self._leave(collector.run, collector.handle)
        if collector.handle.dead is not None:
            self.on_gone(collector.handle, session, collector.run.reason)

    def _leave(self, run: Run, handle: Handle) -> None:
        self._desk.runs.pop(run.number, None)
        handle.leave_run()

    def on_gone(self, handle: Handle, session: Session, reason: str) -> None:
        """Its worker is dead and its last step, if there was one, is answered."""
        self.branches.on_origin_gone(handle)
        cpu_ms = handle.dead[1] / 1000 if handle.dead else 0
        self._living.pop(session.number, None)
        status = handle.dead[0] if handle.dead else None
        peak = handle.dead[2] if handle.dead else 0
        self._tell_end(session.number, session.reason or reason, status, cpu_ms, peak)
        handle.session = None
        self._roster.release(handle)

    def _tell_end(
        self, number: int, reason: str, status: int | None, cpu_ms: float = 0, peak_kb: int = 0
    ) -> None:
        facts = {"reason": reason, "waitStatus": status, "cpuMs": cpu_ms, "peakMemoryKb": peak_kb}
        self._channel.send(protocol.ENDED, number, wire_json.dumps(facts).encode())

    # Files between steps, as runs without a job.

    def touch(self, run: Run, handle: Handle, payload: bytes) -> None:
        """Do what the order says with the files; for `write` they are there already."""
        orders = wire_json.loads(payload.decode())
        action, name = orders["action"], orders.get("name", "")
        if action == "list":
            self._tell_listing(run, living.list_files(handle.work))
        elif action == "remove":
            self._tell_listing(run, {"files": [], "isComplete": _remove(handle.work, name)})
        elif action == "read":
            self._send_copy(run, living.read_file(handle.work, name, self._limits), name)
        run.stop("outcome")
        Collector.answer(self._channel, run, self._desk.accounts.facts(handle, run))
        if handle.session is not None:
            handle.session.memory.stamps.update(run.before)
        self._leave(run, handle)

    def _tell_listing(self, run: Run, listing: dict) -> None:
        self._channel.send(protocol.LISTING, run.number, wire_json.dumps(listing).encode())

    def _send_copy(self, run: Run, found: tuple[int, os.stat_result] | None, name: str) -> None:
        if found is None:
            return
        copy, facts = found
        try:
            head = {"name": name, "size": facts.st_size, "mode": facts.st_mode & 0o777}
            self._channel.send(protocol.FILE_HEAD, run.number, wire_json.dumps(head).encode())
            while True:
                piece = os.read(copy, workdir.CHUNK)
                if not piece:
                    return
                self._channel.send(protocol.FILE_BODY, run.number, piece)
        finally:
            os.close(copy)

    # Clocks.

    def next_at(self) -> float | None:
        kills = [session.kill_at for session in self._living.values() if session.kill_at]
        return min([*kills, *self.branches.deadlines()], default=None)

    def tick(self, now: float) -> None:
        for session in self._living.values():
            if session.settling is not None and not session.handle.line.unsent:
                run, session.settling = session.settling, None
                session.kill_at = 0.0
                self._answer(run, session.handle, session)
            elif session.kill_at and now >= session.kill_at:
                session.kill_at = 0.0
                self._roster.kill(session.handle)
        self.branches.tick(now)

    def mute(self, handle: Handle, muted: bool) -> None:
        handle.muted = muted
        self._roster.touched.add(handle)


def _remove(work: int, name: str) -> bool:
    try:
        workdir.remove_file(work, name)
    except OSError:
        return False
    return True
