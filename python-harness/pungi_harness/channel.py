"""A framed, non-blocking socket: whole frames in, queued bytes out."""

from __future__ import annotations

import _socket

from . import protocol

# Above this much unsent, those who produce for the channel wait.
BACKLOG = 4 << 20


class Channel:
    def __init__(self, socket: _socket.socket, caps: dict[int, int], most: int = protocol.LARGE) -> None:
        socket.setblocking(False)
        self.socket = socket
        self.fd = socket.fileno()
        self.ended = False
        # Whether the last look found nothing.
        self.dry = False
        self.early: list[tuple[int, int, bytes]] = []
        self._reader = protocol.FrameReader(caps)
        self._unsent: list[memoryview] = []
        self._backlog = 0
        self._room = protocol.SMALL
        self._most = most

    def end(self) -> None:
        """Read no more: the reader finds the end of file, as when the other side is gone. For signal handlers."""
        try:
            self.socket.shutdown(_socket.SHUT_RD)
        except OSError:
            # The other side is gone already.
            pass

    def send(self, kind: int, run: int, payload: bytes) -> None:
        self.send_raw(protocol.frame(kind, run, payload))

    def send_raw(self, data: bytes) -> None:
        self._unsent.append(memoryview(data))
        self._backlog += len(data)
        if len(self._unsent) == 1:
            self.flush()

    def flush(self) -> None:
        while self._unsent:
            try:
                # One piece goes quicker without a list of them.
                pieces = self._unsent
                sent = self.socket.send(pieces[0]) if len(pieces) == 1 else self.socket.sendmsg(pieces[:64])
            except BlockingIOError:
                return
            except OSError:
                # The other side is gone; its end of file says so to the reader.
                self._unsent = []
                self._backlog = 0
                return
            self._backlog -= sent
            self._drop(sent)

    def _drop(self, sent: int) -> None:
        if len(self._unsent) == 1 and len(self._unsent[0]) == sent:
            self._unsent.clear()
            return
        done = 0
        for view in self._unsent:
            if len(view) > sent:
                break
            sent -= len(view)
            done += 1
        del self._unsent[:done]
        if sent:
            self._unsent[0] = self._unsent[0][sent:]

    @property
    def unsent(self) -> bool:
        return bool(self._unsent)

    @property
    def full(self) -> bool:
        return self._backlog > BACKLOG

    def receive(self) -> list[tuple[int, int, bytes]]:
        """Whole frames that have come; sets `ended` at end of file."""
        self.dry = False
        try:
            data = self.socket.recv(self._room)
        except BlockingIOError:
            self.dry = True
            return []
        except OSError:
            data = b""
        self._room = self._most if len(data) == self._room else protocol.SMALL
        if not data:
            self.ended = True
            return []
        return self._reader.feed(data)

    def receive_greeting(self) -> tuple[list[tuple[int, int, bytes]], int]:
        """With the process id of whoever sent it."""
        self.dry = False
        try:
            data, pid = protocol.receive_from_known(self.socket, protocol.SMALL)
        except BlockingIOError:
            self.dry = True
            return [], 0
        except OSError:
            data, pid = b"", 0
        if not data:
            self.ended = True
            return [], 0
        return self._reader.feed(data), pid

    def receive_with_descriptors(self) -> tuple[list[tuple[int, int, bytes]], list[int]]:
        self.dry = False
        try:
            data, descriptors = protocol.receive_descriptors(self.socket, protocol.SMALL)
        except BlockingIOError:
            self.dry = True
            return [], []
        if not data:
            self.ended = True
            return [], descriptors
        return self._reader.feed(data), descriptors
