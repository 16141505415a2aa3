"""What passes between a worker and node while a run goes on, unread: displays, events, calls of host functions, answers.

Theory of operation. All of it is counted, and none of it may wait here without bound. A worker that sends more than
its run may breaks the rules of its line. Answers come as fast as node lets them, which is as fast as this side tells
it that they went down the line: so a worker that does not read makes node wait for it, and no other run.
"""
from __future__ import annotations

import time

from . import protocol
from .channel import Channel
from .handle import Handle
from .host_time import HostTime
from .run import Run

# Progress and changes of metadata while a run goes on; a worker sends at most half of it.
EVENT_BYTES = 8 << 20
# As in node: each costs the loop, and so the other runs, some microseconds.
MOST_EVENTS = 25_000
KINDS = (protocol.DISPLAY, protocol.EVENT, protocol.CALL)
# Of an answer: the number of its call, then whether this piece is the first of it.
FLAGS, FIRST = 4, 1
# So many bytes of answers went down a line before node is told; it sends up to four times as many ahead.
TOLD_BYTES = 256 << 10


class Live:
    def __init__(self, channel: Channel, limits: dict, drain) -> None:  # type: ignore[no-untyped-def]
        self._channel = channel
        self._limits = limits
        self._drain = drain

    def begin(self, handle: Handle, run: Run) -> None:
        """Without functions a worker may not call at all."""
        if run.calls is not None:
            run.room[protocol.CALL] = run.calls["most"]
            run.host_time = None if run.calls["countHostTime"] else HostTime()
            handle.allow_calls(run.calls["maxBytes"])

    def forward(self, handle: Handle, run: Run, kind: int, payload: bytes) -> None:
        """A worker that keeps its own limits never meets these."""
        if not run.events:
            run.room[protocol.DISPLAY] = self._limits["maxDisplays"]
            run.room[protocol.EVENT] = EVENT_BYTES + self._limits["maxResultBytes"]
        # A worker that serves several runs may have been let call by an earlier one: this one has no room for it.
        run.room[kind] = run.room.get(kind, 0) - (protocol.HEAD + len(payload) if kind == protocol.EVENT else 1)
        if kind != protocol.CALL:
            run.events += 1
        if run.room[kind] < 0 or run.events > MOST_EVENTS:
            raise protocol.ProtocolError("a worker may send no more of these")
        if run.reason:
            return
        if kind != protocol.CALL and not handle.drained:
            # What was printed before it comes before it: all of one piece had been printed when the piece was read.
            handle.drained = True
            self._drain(handle)
        if kind == protocol.CALL and run.host_time is not None:
            run.host_time.begin(time.monotonic(), handle)
        self._channel.send(kind, run.number, payload)

    def answer(self, handle: Handle, run: Run, payload: bytes) -> None:
        if run.host_time is not None and payload[FLAGS] & FIRST:
            run.host_time.end(time.monotonic(), handle)
        handle.line.send(protocol.ANSWER, 0, payload)
        run.answered += len(payload)
        self.tell(handle)

    def tell(self, handle: Handle) -> None:
        """Node may send more: what it sent went down the line."""
        run = handle.run
        if run is not None and run.answered >= TOLD_BYTES and not handle.line.unsent and not run.reason:
            self._channel.send(protocol.ROOM, run.number, run.answered.to_bytes(4, "big"))
            run.answered = 0
