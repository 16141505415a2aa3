"""The workers of this supervisor: ordered, heard, listened to, buried."""

from __future__ import annotations

import time

import _socket

from . import protocol, wire_json, zygote
from .birth import PACKET, Birth, failure_of
from .handle import Handle
from .jail.failure import JailFailure
from .ready_proofs import Proofs
from .room import most_workers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .branches import Branches
    from .branching import Family
    from .desk import Desk

# How long a worker that closed its line may take to die by itself.
LINGER = 0.2
# How long the end of a worker whose run was answered and the fork of its replacement may wait: node, which reads the
# answer, and the next run are to have the processors first.
PUT_OFF = 0.001
# In a pool a worker that fails to start is made again, so often in a row and after such a pause.
MOST_STILLBORN = 20
STILLBORN_PAUSE = 0.1
# Where the open files of this process do not suffice for another worker.
CROWDED_PAUSE = 0.01
ROOM = "make room: for files and entries in the temporary directory, for descriptors, for processes"


class Roster:
    def __init__(self, birth: Birth, launch: dict) -> None:
        self._birth = birth
        self._max_result = launch["plan"]["limits"]["maxResultBytes"]
        self._max_display = launch["plan"]["limits"]["maxDisplayBytes"]
        self._forks = launch["plan"]["language"]["forks"]
        # Without a pid namespace a worker's death does not end what it started; only one who is alone can be blamed.
        self._ends_orphans = launch["plan"]["level"] != "full" and launch["workers"] == 1 and not launch["replenish"]
        self._replenish = launch["replenish"]
        self._most = most_workers(launch)
        self._forked = 0
        self._owed = 0
        self._leaving: list[Handle] = []
        self._tidy_at = 0.0
        self._proved = False
        self._stillborn = 0
        self._replaced = 0
        self.proofs = Proofs(birth)
        self._lingering: dict[Handle, float] = {}
        self.handles: dict[int, Handle] = {}
        self.by_descriptor: dict[int, Handle] = {}
        self.idle: list[Handle] = []
        # For the loop: whose descriptors are to be looked at again, and descriptors that are closed.
        self.touched: set[Handle] = set()
        self.closed: list[int] = []
        self.desk: Desk = None  # type: ignore[assignment]

    def fork(self) -> None:
        if len(self.handles) >= self._most:
            # Until one of those that end is gone.
            self._owe(CROWDED_PAUSE)
            return
        self._forked += 1
        # Where runs wait already, the rehearsal would only make them wait longer.
        # So it would in a tree of its own, where the job is on its way already.
        rehearsed = self._replenish and (bool(self.idle) or not self.desk.busy)
        try:
            ends = self._birth.fork_worker(self._forked, rehearsed)
        except OSError as error:
            # No descriptors, no room for its directories: the workers that are there go on, and room may come.
            self._birth.remove_place(self._forked)
            self._on_stillborn(JailFailure("worker", f"a worker could not be prepared: {error}", ROOM))
            return
        self._add(self._forked, *ends)

    def add_branch(self, line: _socket.socket, out: int, err: int) -> Handle:
        """For a worker that the zygote did not fork."""
        self._forked += 1
        return self._add(self._forked, line, out, err)

    def _add(self, number: int, line: _socket.socket, out: int, err: int) -> Handle:
        handle = Handle(number, line, out, err, self._max_result, self._max_display, self._forks)
        self.handles[number] = handle
        self.touched.add(handle)
        for descriptor in (handle.line.fd, *handle.outputs):
            self.by_descriptor[descriptor] = handle
        return handle

    def known_pids(self) -> set[int]:
        return {handle.pid for handle in self.handles.values()}

    def take(self) -> Handle:
        """A waiting worker, for a run: the one that was made last, of which most is still in the processor's caches."""
        handle = self.idle.pop()
        if self._replenish:
            self._owe(PUT_OFF)
        return handle

    def _owe(self, pause: float) -> None:
        self._put_off(pause)
        self._owed += 1

    def leave(self, handle: Handle) -> None:
        """Its run was answered: it is to end soon."""
        self._put_off(PUT_OFF)
        self._leaving.append(handle)

    def _put_off(self, pause: float) -> None:
        at = time.monotonic() + pause
        self._tidy_at = min(at, self._tidy_at) if self._owed or self._leaving else at

    def kill(self, handle: Handle) -> None:
        """Of a worker whose run is to be accounted for."""
        handle.take_stock()
        handle.kill()

    def release(self, handle: Handle) -> None:
        for descriptor in (handle.line.fd, *handle.outputs):
            self.forget(descriptor)
        self._lingering.pop(handle, None)
        if handle.family is not None and self.desk.sessions is not None:
            self._leave_family(handle, handle.family, self.desk.sessions.branches)
        else:
            self._birth.remove_place(handle.number)
        handle.release()
        del self.handles[handle.number]

    def _leave_family(self, handle: Handle, family: Family, branches: Branches) -> None:
        gate = family.gate.descriptor
        branches.leave(handle)
        self.forget(gate)
        for member in family.members.values():
            # Any of them may be asked for.
            self.by_descriptor[gate] = member
            self.touched.add(member)

    def forget(self, descriptor: int) -> None:
        """Just before it is closed."""
        self.by_descriptor.pop(descriptor, None)
        self.closed.append(descriptor)

    # News of the zygote.

    def hear_zygote(self) -> None:
        message, descriptors = self._birth.hear()
        if message[0] == zygote.BIRTH:
            handle = self.handles[int.from_bytes(message[1:5], "big")]
            handle.born(int.from_bytes(message[5:9], "big"), descriptors[0] if descriptors else -1)
            self._welcome(handle)
        elif message[0] == zygote.DEATH:
            number, status, cpu_us, peak_kb = wire_json.loads(message[1:].decode())
            self._bury(self.handles[number], (status, cpu_us, peak_kb))
        elif message[0] == zygote.BARREN:
            handle = self.handles[int.from_bytes(message[1:5], "big")]
            self._on_stillborn(JailFailure("zygote", f"no worker could be forked: {message[5:].decode()}"))
            self.release(handle)
        elif message[0] != zygote.IMPORTING:
            raise failure_of(message)

    def _bury(self, handle: Handle, facts: tuple[int, int, int]) -> None:
        handle.dead = facts
        self._lingering.pop(handle, None)
        if self._ends_orphans:
            status, cpu_us, peak_kb = facts
            orphans_us, orphans_kb = self._birth.end_orphans()
            handle.dead = (status, cpu_us + orphans_us, max(peak_kb, orphans_kb))
        self._hear_out(handle)
        if handle in self.idle:
            self.idle.remove(handle)
            # Node counts the one that is gone; it is told of no other in its place.
            self._replaced += 1
            self._on_stillborn(JailFailure("worker", f"a waiting worker died (wait status {facts[0]})"))
        elif handle.run is None and handle.session is None and handle.birthplace is None:
            self._on_stillborn(JailFailure("worker", f"a worker died before it was ready (wait status {facts[0]})"))
        self.desk.on_death(handle)

    def _on_stillborn(self, failure: JailFailure) -> None:
        """Without a run a worker failed: a pool that has had good ones tries again."""
        self._stillborn += 1
        is_hopeless = self._stillborn > MOST_STILLBORN and not self.idle and not self.desk.busy
        if not self._replenish or not self._proved or is_hopeless:
            raise failure
        self._owe(STILLBORN_PAUSE if self._stillborn > 1 else 0.0)

    # Lines of workers. Their writers are hostile as soon as they have a run.

    def hear_worker(self, handle: Handle) -> None:
        """One piece, so that a flood cannot keep the loop from its other work."""
        if handle.line.ended:
            return
        try:
            handle.drained = False
            for kind, _, payload in self._receive(handle):
                self._take(handle, kind, payload)
        except protocol.ProtocolError:
            handle.line.ended = True
            self.desk.on_silence(handle)
        if handle.line.ended and handle.dead is None and handle not in self._lingering:
            self._lingering[handle] = time.monotonic() + LINGER

    def _hear_out(self, handle: Handle) -> None:
        """All that a dead worker had sent; there need be no end of file, since what outlives it may hold its end."""
        while not handle.line.ended:
            self.hear_worker(handle)
            if handle.line.dry:
                return

    def _receive(self, handle: Handle) -> list[tuple[int, int, bytes]]:
        if handle.ready:
            # Without room for them the kernel closes descriptors that user code may send.
            return handle.line.receive()
        if handle.birthplace is not None and self.desk.sessions is not None:
            # Hostile from its first word: nothing that it attaches is taken.
            return handle.line.receive() if handle.pid else self.desk.sessions.branches.receive_greeting(handle)
        frames, descriptors = handle.line.receive_with_descriptors()
        if descriptors:
            handle.take_workdir(descriptors[0])
            if len(descriptors) > 1:
                self._take_gate(handle, descriptors[1])
        return frames

    def _take_gate(self, handle: Handle, descriptor: int) -> None:
        from .branching import Family
        from .jail.gate import Gate

        handle.family = Family(handle, Gate(descriptor))
        self.by_descriptor[descriptor] = handle
        self.touched.add(handle)

    def _take(self, handle: Handle, kind: int, payload: bytes) -> None:
        if kind == protocol.FORKED and handle.family is not None and self.desk.sessions is not None:
            self.desk.sessions.branches.on_forked(handle, payload)
        elif handle.ready:
            if handle.run or handle.session:
                self.desk.on_message(handle, kind, payload)
        elif handle.birthplace is not None:
            if self.desk.sessions is not None:
                self.desk.sessions.branches.on_message(handle, kind, payload)
        elif kind == protocol.READY:
            handle.become_ready(payload)
            self._proved = True
            self._stillborn = 0
            self._welcome(handle)
        elif kind == protocol.FAILED:
            data = wire_json.loads(payload.decode())
            failure = JailFailure(data["layer"], data["message"], data["hint"])
            if not self._replenish or not self._proved:
                raise failure

    def _welcome(self, handle: Handle) -> None:
        """Give it to the runs once it is ready and its pid is known; the news of these two come on different ways."""
        if not handle.ready or not handle.pid or handle.dead:
            return
        if not self.proofs.hold_from_outside(handle):
            return
        self.idle.append(handle)
        self.desk.on_ready(None if self._replaced else self.proofs.complete(handle.proofs))
        self._replaced = max(0, self._replaced - 1)

    # Clocks.

    def next_at(self) -> float | None:
        """When `tick` has something to do."""
        times = list(self._lingering.values())
        if self._owed or self._leaving:
            times.append(self._tidy_at)
        return min(times) if times else None

    def tick(self, now: float) -> None:
        for handle, until in list(self._lingering.items()):
            if now < until:
                continue
            # One that is dead has not broken its line: the news of its death, on its way, say how it ended.
            self._lingering[handle] = now + LINGER
            if not handle.has_ended():
                del self._lingering[handle]
                self.desk.on_silence(handle)
        if now >= self._tidy_at or (not self._stillborn and not self.idle):
            self._tidy()

    def _tidy(self) -> None:
        while self._leaving:
            self._leaving.pop().kill()
        # One that fails is owed again, later.
        owed, self._owed = self._owed, 0
        for _ in range(owed):
            self.fork()
