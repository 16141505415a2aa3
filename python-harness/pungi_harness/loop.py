"""The supervisor's loop: waits on node, the zygote, the workers and the clocks, and hands on what comes."""

from __future__ import annotations

import select
import time

from .birth import Birth
from .channel import Channel
from .desk import Desk
from .handle import Handle
from .roster import Roster

IN, OUT = select.POLLIN, select.POLLOUT


class Loop:
    def __init__(self, channel: Channel, launch: dict, birth: Birth) -> None:
        self._channel = channel
        self._control = birth.control.fileno()
        self._roster = Roster(birth, launch)
        self._desk = self._roster.desk = Desk(channel, launch, birth, self._roster)
        self._poll = select.poll()
        self._poll.register(self._control, IN)
        self._registered: dict[int, int] = {}
        self._held = False
        for _ in range(launch["workers"]):
            self._roster.fork()

    def run(self) -> None:
        """Until node closes the channel."""
        early, self._channel.early = self._channel.early, []
        self._desk.obey(early)
        while not self._channel.ended:
            self._watch()
            for descriptor, _ in self._poll.poll(self._desk.wait_ms(time.monotonic())):
                self._on_ready(descriptor)
            now = time.monotonic()
            self._desk.tick(now)
            self._roster.tick(now)
            self._desk.pump()

    def _watch(self) -> None:
        """Only workers to whom something happened are looked at again."""
        self._set(self._channel.fd, (0 if self._desk.stalled else IN) | (OUT if self._channel.unsent else 0))
        if self._channel.full != self._held:
            self._held = self._channel.full
            self._roster.touched.update(self._roster.handles.values())
        # First: a new worker may have been given the number of a descriptor that was closed.
        for descriptor in self._roster.closed:
            self._set(descriptor, 0)
        self._roster.closed.clear()
        while self._roster.touched:
            self._watch_worker(self._roster.touched.pop())

    def _watch_worker(self, handle: Handle) -> None:
        if handle.number not in self._roster.handles:
            return
        line = handle.line
        # Who writes faster than node reads waits in its own pipe.
        mask = 0 if self._held else IN
        self._set(line.fd, 0 if line.ended else mask | (OUT if line.unsent else 0))
        for descriptor in handle.outputs:
            self._set(descriptor, 0 if handle.muted else mask)
        if handle.family is not None:
            self._set(handle.family.gate.descriptor, IN)

    def _set(self, descriptor: int, mask: int) -> None:
        before = self._registered.get(descriptor, 0)
        if before == mask:
            return
        if mask:
            self._poll.register(descriptor, mask)
            self._registered[descriptor] = mask
        else:
            self._poll.unregister(descriptor)
            del self._registered[descriptor]

    def _on_ready(self, descriptor: int) -> None:
        if descriptor in self._roster.closed:
            # By an earlier event of this round: the number may be another descriptor's by now, which is not ready.
            return
        if descriptor == self._channel.fd:
            self._channel.flush()
            self._desk.obey(self._channel.receive())
        elif descriptor == self._control:
            self._roster.hear_zygote()
        else:
            # It may have been released by an earlier event of the same round.
            handle = self._roster.by_descriptor.get(descriptor)
            if handle is None:
                return
            self._roster.touched.add(handle)
            if handle.family is not None and descriptor == handle.family.gate.descriptor:
                handle.family.gate.answer()
            elif descriptor in handle.outputs:
                self._desk.forward_output(handle, descriptor)
            else:
                if handle.line.unsent:
                    handle.line.flush()
                    self._desk.live.tell(handle)
                self._roster.hear_worker(handle)
