"""What a run sends up its line while it goes on: whole frames, from any thread, none after the end of the run."""
from __future__ import annotations

import _thread
import os

from .. import protocol


class Outbox:
    """`line` is None where nobody listens: a rehearsal, or a thread that outlives its run."""

    def __init__(self, line: object) -> None:
        self._line = line
        self._lock = _thread.allocate_lock()
        self._pid = os.getpid()

    def send(self, kind: int, payload: bytes) -> bool:
        """Whether it was sent. A forked child shares the line, but its frames could fall into those of others."""
        with self._lock:
            if self._line is None or os.getpid() != self._pid:
                return False
            self._line.sendall(protocol.frame(kind, 0, payload))  # type: ignore[attr-defined]
            return True

    def close(self) -> None:
        """From here on only the outcome may be sent."""
        with self._lock:
            self._line = None
