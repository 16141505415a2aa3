"""Calls up the worker's line and their answers down, from any number of threads and event loops.

Theory of operation. Each call has a number and a slot in which its caller waits. There is no thread that reads: of the
callers that wait, one at a time holds the lead and reads the line for all. It hands each piece to the slot of its
number; one that nobody waits for is dropped. Who has its answer gives the lead back and wakes another. An event loop
that has calls out watches the line, too, and reads without waiting while nobody leads.
"""
from __future__ import annotations

import select

import _socket
import _thread

from .. import protocol
from ..wire_json import dumps
from .slots import TaskSlot, ThreadSlot

# Of node; a piece holds less.
ANSWER_CAP = 1 << 20
# Number and flags: the last piece; one that makes void what came before it.
HEAD = 5
LAST, ANEW = 2, 4
# Seconds after which a leader looks whether its step is over: what woke it may have been read by whoever took the next.
LOOK_AGAIN = 0.1


class Port:
    def __init__(self, line: object, reader: protocol.FrameReader | None = None) -> None:
        self._line = line
        # In a session whoever waits for jobs goes on where this stopped, be it in the middle of a frame.
        self._reader = reader or protocol.FrameReader({protocol.ANSWER: ANSWER_CAP})
        self._room = protocol.SMALL
        self._guard = _thread.allocate_lock()
        self._last = 0
        self._waiting: dict[int, ThreadSlot | TaskSlot] = {}
        self._is_open = False

    def begin(self, outbox: object) -> None:
        """Calls go up by this outbox until `end`. Numbers go on: an answer that comes late is nobody's."""
        self._outbox = outbox
        self._lead = _thread.allocate_lock()
        self._watching: dict[object, int] = {}
        self._is_open = True

    def end(self) -> None:
        """From here on the line is somebody else's to read; who still waits gets no answer."""
        with self._guard:
            self._is_open = False
            left = list(self._waiting.values())
            self._waiting.clear()
        for slot in left:
            slot.finish()

    def call(self, name: str, arguments: str) -> str:
        """The text of the answer; the calling thread sleeps until it is there."""
        slot = ThreadSlot()
        number = self._enter(slot)
        try:
            self._send(number, name, arguments)
            while not slot.done:
                lead = self._lead
                if lead.acquire(False):
                    self._read_until(slot, lead)
                elif slot.prepare():
                    slot.sleep()
        finally:
            self._leave(number)
        return _text(slot.parts)

    async def call_async(self, name: str, arguments: str) -> str:
        """The same for a task, whose loop goes on."""
        import asyncio

        loop = asyncio.get_running_loop()
        slot = TaskSlot(loop)
        number = self._enter(slot)
        self._watch(loop)
        try:
            self._send(number, name, arguments)
            await slot.future
        finally:
            self._leave(number)
            self._unwatch(loop)
        return _text(slot.parts)

    def _enter(self, slot: ThreadSlot | TaskSlot) -> int:
        with self._guard:
            self._last += 1
            self._waiting[self._last] = slot
            return self._last

    def _leave(self, number: int) -> None:
        """Also of one that was interrupted: its answer is dropped when it comes."""
        self._waiting.pop(number, None)

    def _send(self, number: int, name: str, arguments: str) -> None:
        text = f'{{"id":{number},"name":{dumps(name)},"arguments":{arguments}}}'
        if not self._outbox.send(protocol.CALL, text.encode()):  # type: ignore[attr-defined]
            raise RuntimeError(f"{name}() cannot be called from a forked process or when the run is over")

    def _read_until(self, slot: ThreadSlot, lead: _thread.LockType) -> None:
        try:
            while not slot.done:
                # Interrupted here, if at all: nothing is taken from the line yet.
                select.select([self._line], [], [], LOOK_AGAIN)  # type: ignore[list-item]
                # A thread that outlives its step leaves what comes to those of the next.
                if not slot.done:
                    self._take()
        finally:
            self._give_lead(lead)

    def _give_lead(self, lead: _thread.LockType) -> None:
        """Each step has a lead of its own."""
        lead.release()
        if self._waiting:
            for other in list(self._waiting.values()):
                if not other.done and other.wake():
                    return

    def _take(self) -> None:
        """What is there, to whom it belongs."""
        with self._guard:
            if not self._is_open:
                return
            try:
                data = self._line.recv(self._room, _socket.MSG_DONTWAIT)  # type: ignore[attr-defined]
            except BlockingIOError:
                # Another reader was quicker.
                return
            if not data:
                raise ConnectionError("the host is gone")
            self._room = protocol.LARGE if len(data) == self._room else protocol.SMALL
            for _, _, payload in self._reader.feed(data):
                slot = self._waiting.get(int.from_bytes(payload[:4], "big"))
                if slot is not None:
                    if payload[4] & ANEW:
                        slot.parts.clear()
                    slot.parts.append(payload[HEAD:])
                    if payload[4] & LAST:
                        slot.finish()

    def _watch(self, loop: object) -> None:
        count = self._watching.get(loop, 0)
        self._watching[loop] = count + 1
        if not count:
            loop.add_reader(self._line.fileno(), self._on_readable)  # type: ignore[attr-defined]

    def _unwatch(self, loop: object) -> None:
        self._watching[loop] -= 1
        if not self._watching[loop]:
            del self._watching[loop]
            if not loop.is_closed():  # type: ignore[attr-defined]
                loop.remove_reader(self._line.fileno())  # type: ignore[attr-defined]

    def _on_readable(self) -> None:
        lead = self._lead
        if not lead.acquire(False):
            return
        try:
            self._take()
        finally:
            self._give_lead(lead)


# What must not be left half-way by an interrupt.
WHOLE = (Port._enter, Port._take, Port.begin, Port.end)


def _text(parts: list[bytes]) -> str:
    if not parts:
        raise RuntimeError("the step that made this call is over")
    return (parts[0] if len(parts) == 1 else b"".join(parts)).decode()
