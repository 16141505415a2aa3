"""One run as the supervisor sees it: what was ordered, what was counted, why it ends."""

from __future__ import annotations

import fcntl
import os
import time

from . import protocol, workdir

# A run that floods its output past this many times the cap is ended.
FLOOD = 10
F_ADD_SEALS = 1033
# SEAL, SHRINK, GROW, WRITE.
F_SEAL_ALL = 1 | 2 | 4 | 8

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .handle import Handle
    from .host_time import HostTime


class Run:
    def __init__(self, number: int, orders: dict) -> None:
        self.number = number
        self.timeout = orders["timeoutMs"] / 1000
        self.has_stdin = orders["stdin"]
        self.manifest = orders["files"]
        self.stdin = -1
        # Of a step: its session, and how long it may take to obey an interrupt.
        self.session: int | None = orders.get("session")
        self.grace = orders.get("graceMs", 0) / 1000
        self.interrupted = ""
        self.press_at = 0.0
        self.kill_at = 0.0
        self.reason = ""
        self.handle: Handle | None = None
        self.outcome: bytes | None = None
        self.started = 0.0
        self.ended = 0.0
        self.counts = {protocol.STDOUT: 0, protocol.STDERR: 0}
        self.announced = False
        self.kills_before = 0
        # What a worker may still send while it runs: displays by number, events by bytes.
        self.room: dict[int, int] = {}
        self.events = 0
        # Of host functions: how many calls of which size; None without functions. Bytes of answers not told to node yet.
        self.calls = orders.get("calls")
        self.host_time: HostTime | None = None
        self.answered = 0
        self.inspect_at = 0.0
        self._next_file = 0
        self._open_file = -1
        self._missing = 0
        self.before: dict[str, tuple[int, int, int, int]] = {}

    def stop(self, reason: str) -> None:
        """The first reason stands."""
        if not self.reason:
            self.reason = reason
            self.ended = time.monotonic()

    def is_flooded(self, max_output: int) -> bool:
        return max(self.counts.values()) > max_output * FLOOD

    def deadline(self) -> float | None:
        """None also while the host has a call: then `is_overdue` is to be asked now and then."""
        if not self.started or self.reason:
            return None
        if self.interrupted:
            return self.press_at
        if self.host_time and self.host_time.is_running:
            return None
        return self.started + self.timeout + (self.host_time.total if self.host_time else 0.0)

    def is_overdue(self, now: float) -> bool:
        """Looks at the clock of the worker, so that one that computes while the host works gains nothing."""
        waited = self.host_time.seconds(now, self.handle) if self.host_time and self.handle else 0.0
        return now >= self.started + self.timeout + waited

    def wall_ms(self) -> float:
        return max(0.0, (self.ended or time.monotonic()) - self.started) * 1000 if self.started else 0.0

    # Files in: their bytes come in the order of the manifest, in frames of any size.

    def take_files(self, work: int, owner: workdir.Owner, data: bytes) -> None:
        view = memoryview(data)
        while True:
            self._open_next(work, owner)
            if self._open_file < 0 or (self._missing and not view):
                return
            while view and self._missing:
                written = os.write(self._open_file, view[: self._missing])
                self._missing -= written
                view = view[written:]
            if not self._missing:
                self._close_file()

    def _open_next(self, work: int, owner: workdir.Owner) -> None:
        while self._open_file < 0 and self._next_file < len(self.manifest):
            entry = self.manifest[self._next_file]
            source = os.open(entry["path"], os.O_RDONLY | os.O_CLOEXEC) if "path" in entry else -1
            with owner:
                self._open_file = self._create(work, entry["name"], entry["mode"])
            self._missing = entry["size"]
            if source >= 0:
                self._copy(source)
                self._close_file()

    def _create(self, work: int, name: str, mode: int) -> int:
        return (workdir.create_file if self.session is None else workdir.replace_file)(work, name, mode)

    def _copy(self, source: int) -> None:
        try:
            while os.sendfile(self._open_file, source, None, 1 << 24):
                pass
        finally:
            os.close(source)

    def _close_file(self) -> None:
        entry = self.manifest[self._next_file]
        self.before[entry["name"]] = workdir.stamp(os.fstat(self._open_file))
        os.close(self._open_file)
        self._open_file = -1
        self._next_file += 1

    @property
    def files_complete(self) -> bool:
        return self._next_file == len(self.manifest)

    def take_stdin(self, data: bytes) -> None:
        if self.stdin < 0:
            self.stdin = os.memfd_create("stdin", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        view = memoryview(data)
        while view:
            view = view[os.write(self.stdin, view) :]

    def read_only_stdin(self) -> int:
        """A read-only descriptor at offset 0, so that user code cannot write to what the host holds."""
        if self.stdin < 0:
            return -1
        # Against opening it anew by way of /proc, where the worker can see one.
        fcntl.fcntl(self.stdin, F_ADD_SEALS, F_SEAL_ALL)
        return os.open(f"/proc/self/fd/{self.stdin}", os.O_RDONLY | os.O_CLOEXEC)

    def release(self) -> None:
        for descriptor in (self.stdin, self._open_file):
            if descriptor >= 0:
                os.close(descriptor)
        self.stdin = self._open_file = -1
