"""The caller's files, on their way into the workdir of a worker."""

from __future__ import annotations

from . import protocol, wire_json, workdir
from .channel import Channel
from .handle import Handle
from .run import Run

ENFILE, EMFILE, ENOSPC, EDQUOT = 23, 24, 28, 122


class FilesIn:
    def __init__(self, channel: Channel, owner: workdir.Owner) -> None:
        self._channel = channel
        self._owner = owner

    def give(self, run: Run, handle: Handle, data: bytes) -> bool:
        """False when they do not fit or cannot be read: node is told, and the run does not begin."""
        try:
            run.take_files(handle.work, self._owner, data)
        except OSError as error:
            if error.errno in (ENFILE, EMFILE):
                # Not the fault of whoever named them.
                raise
            self._refuse(run, error)
            return False
        return True

    def _refuse(self, run: Run, error: OSError) -> None:
        full = error.errno in (ENOSPC, EDQUOT)
        message = "they do not fit into the workdir" if full else f"{error.filename}: {error.strerror}"
        # Node has checked them against diskLimitMb: where the workdir lies on a disk of the host, that one is full.
        room = "Raise diskLimitMb, or make room in the temporary directory of this machine."
        failure = {"layer": "files", "message": message, "hint": room if full else _READABLE}
        self._channel.send(protocol.FAILED, run.number, wire_json.dumps(failure).encode())
        run.stop("lost")


_READABLE = "Name files that this process may read."
