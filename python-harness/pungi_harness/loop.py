"""The supervisor's loop: waits on node, the zygote, the workers and the clocks, and hands on what comes."""

from __future__ import annotations

import select
import time

from .birth import Birth
from .channel import Channel
from .desk import Desk
from .roster import Roster


class Loop:
    def __init__(self, channel: Channel, launch: dict, birth: Birth) -> None:
        self._channel = channel
        self._control = birth.control.fileno()
        self._roster = Roster(birth, launch)
        self._desk = self._roster.desk = Desk(channel, launch, birth, self._roster)
        self._poll = select.poll()
        self._registered: dict[int, int] = {}
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
        wanted = self._wanted()
        for descriptor in self._registered.keys() - wanted.keys():
            self._poll.unregister(descriptor)
        for descriptor, mask in wanted.items():
            if self._registered.get(descriptor) != mask:
                self._poll.register(descriptor, mask)
        self._registered = wanted

    def _wanted(self) -> dict[int, int]:
        wanted = {self._control: select.POLLIN}
        wanted[self._channel.fd] = _mask(not self._desk.stalled, self._channel.unsent)
        for handle in self._roster.handles.values():
            if not handle.line.ended:
                wanted[handle.line.fd] = _mask(True, handle.line.unsent)
            # Who writes faster than node reads waits in its own pipe.
            if not self._channel.full:
                for descriptor in handle.outputs:
                    wanted[descriptor] = select.POLLIN
        return wanted

    def _on_ready(self, descriptor: int) -> None:
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
            if descriptor in handle.outputs:
                self._desk.forward_output(handle, descriptor)
            else:
                handle.line.flush()
                self._roster.hear_worker(handle)


def _mask(readable: bool, unsent: bool) -> int:
    return (select.POLLIN if readable else 0) | (select.POLLOUT if unsent else 0)
