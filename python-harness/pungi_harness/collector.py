"""The answer to a run whose tree is dead: its files in pieces as the channel has room, outcome, end."""

from __future__ import annotations

import os
import stat

from . import protocol, wire_json, workdir
from .channel import Channel
from .handle import Handle
from .run import Run


class Collector:
    def __init__(
        self, channel: Channel, handle: Handle, run: Run, facts: dict, collection: workdir.Collection | None
    ) -> None:
        self._channel = channel
        self.handle = handle
        self.run = run
        self._facts = facts
        self._collection = collection
        self._pieces = self._all_pieces()

    def pump(self) -> bool:
        """Send while there is room; True when all is sent."""
        while not self._channel.full:
            if next(self._pieces, None) is None:
                return True
        return False

    def _all_pieces(self):  # type: ignore[no-untyped-def]
        if self._collection:
            for name, descriptor, facts in self._collection.files():
                yield from self._file(name, descriptor, facts)
            self._facts["filesLeftOut"] = self._collection.left_out
        self.answer(self._channel, self.run, self._facts)

    def _file(self, name: str, descriptor: int, facts: os.stat_result):  # type: ignore[no-untyped-def]
        number = self.run.number
        try:
            head = {"name": name, "size": facts.st_size, "mode": stat.S_IMODE(facts.st_mode) & 0o777}
            self._channel.send(protocol.FILE_HEAD, number, wire_json.dumps(head).encode())
            left = facts.st_size
            while left:
                piece = os.read(descriptor, min(left, workdir.CHUNK))
                # The tree is dead, or this is a copy; a file cannot shrink but by the host's own doing. Keep the frame honest.
                piece = piece or bytes(min(left, workdir.CHUNK))
                left -= len(piece)
                self._channel.send(protocol.FILE_BODY, number, piece)
                yield True
            yield True
        finally:
            os.close(descriptor)

    @staticmethod
    def answer(channel: Channel, run: Run, facts: dict) -> None:
        """Outcome and end in one write."""
        message = b"" if run.outcome is None else protocol.frame(protocol.OUTCOME, run.number, run.outcome)
        channel.send_raw(message + protocol.frame(protocol.END, run.number, wire_json.dumps(facts).encode()))
