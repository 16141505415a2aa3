"""The supervisor's handle on one worker: its descriptors, its accounts, its death."""

from __future__ import annotations

import os
import select
import time

import _signal
import _socket

from . import protocol, workdir
from .channel import Channel
from .descendants import Descendants, peak_memory_kb
from .run import Run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .branching import Birthplace, Family
    from .sessions import Session

READ_SIZE = 1 << 16
EMFILE = 24
# How long the end of a process may take that has begun to end.
DYING_MS = 100


class Handle:
    def __init__(
        self, number: int, line: _socket.socket, out: int, err: int, max_result: int, max_display: int, forks: bool
    ) -> None:
        caps = {
            protocol.HELD: 0,
            protocol.READY: 1 << 16,
            protocol.FAILED: 1 << 16,
            # Result, repr, error, notes and denials, all capped in the worker; again here.
            protocol.OUTCOME: max_result + (4 << 20),
            # All capped in the worker, too, with room for the names around them.
            protocol.DISPLAY: max_display + (1 << 16),
            protocol.EVENT: max_result + (1 << 18),
            protocol.FORKED: 1 << 12,
            protocol.HELLO: 0,
        }
        self.number = number
        self._caps = caps
        # In small pieces: thousands of frames in one would keep the loop from the other runs.
        self.line = Channel(line, caps, protocol.SMALL)
        self.outputs = {out: protocol.STDOUT, err: protocol.STDERR}
        for descriptor in (out, err):
            os.set_blocking(descriptor, False)
        self.pid = 0
        self.pidfd = -1
        self.top = -1
        self.work = -1
        self._status = -1
        # Of the working directory as it is when empty, where its size tells of its entries.
        self._empty_size = -1
        self.run: Run | None = None
        self.session: Session | None = None
        # Of one that may make branches, and of one that is a branch.
        self.family: Family | None = None
        self.birthplace: Birthplace | None = None
        # Its output stays in the pipes: nobody is there to whom it belongs.
        self.muted = False
        self.ready = False
        # Whether its pipes were read since the last piece came on its line.
        self.drained = False
        # What it said when it was.
        self.proofs = b""
        self.dead: tuple[int, int, int] | None = None
        # Only where it may start processes at all.
        self._forks = forks
        self._descendants: Descendants | None = None
        self._cpu_before = 0.0
        # Of the tree, when stock was taken last.
        self._cpu_seen = 0.0
        self._peak_seen_kb = 0
        # Of its processes, as far as earlier steps of its session were told of them.
        self._children_cpu = 0.0
        self._doomed = False

    def born(self, pid: int, pidfd: int) -> None:
        if pidfd < 0 and hasattr(os, "pidfd_open"):
            # By its number alone another process would be killed: in the zygote's namespace it is another.
            raise OSError(EMFILE, "a worker's descriptor could not be received")
        self.pidfd = pidfd
        # The zygote knows its child by another number when it has a pid namespace.
        self.pid = _host_pid(pidfd) if pidfd >= 0 else pid
        # Now, since opening it takes longer than reading it and the answer to a run waits for that.
        self._status = _open_status(self.pid)
        if self._forks:
            self._descendants = Descendants(self.pid)
        # It was to be killed before there was anything to kill it by.
        if self._doomed:
            self.kill()

    def take_workdir(self, descriptor: int) -> None:
        self.top = descriptor
        self.work = os.open("work", workdir.DIRECTORY, dir_fd=descriptor)
        # tmpfs counts the entries of a directory in its size; here are those of the one and none of the other.
        size = os.fstat(self.work).st_size
        self._empty_size = size if os.fstat(descriptor).st_size > size else -1

    def become_ready(self, proofs: bytes) -> None:
        if self.work < 0:
            raise OSError(EMFILE, "a worker's directory could not be received")
        self.ready = True
        self.proofs = proofs

    def allow_calls(self, most: int) -> None:
        """Of functions of the host, each at most so long; without this such a frame breaks the rules."""
        self._caps[protocol.CALL] = most

    def left_nothing(self) -> bool:
        """Whether the working directory is as empty as it was at first."""
        return os.fstat(self.work).st_size == self._empty_size if self._empty_size >= 0 else not os.listdir(self.work)

    def was_alone(self) -> bool:
        """Whether its own accounts are those of its tree."""
        return self._descendants is None or self._descendants.were_none()

    def take_stock(self) -> None:
        """Count what the tree has used; once it is dead, what died with the worker is in no account."""
        if self._descendants is None or self.dead:
            return
        cpu, peak_kb = self._descendants.count()
        self._cpu_seen = max(self._cpu_seen, self._cpu_now() + cpu)
        self._peak_seen_kb = max(self._peak_seen_kb, peak_kb)

    def children_ms(self) -> float:
        """CPU of its processes since this was asked last; of one that lives, and serves step after step."""
        if self._descendants is None or self.dead or self._descendants.were_none():
            return 0.0
        cpu, peak_kb = self._descendants.count()
        self._peak_seen_kb = max(self._peak_seen_kb, peak_kb)
        # It falls when one ends that nobody waits for.
        before, self._children_cpu = self._children_cpu, max(self._children_cpu, cpu)
        return (self._children_cpu - before) * 1000

    def has_ended(self, within_ms: int = 0) -> bool:
        """Whether the process is dead, though nobody has told yet."""
        return self.pidfd >= 0 and has_ended(self.pidfd, within_ms)

    def kill(self) -> None:
        if self.dead:
            return
        self._doomed = True
        try:
            if self.pidfd >= 0:
                _signal.pidfd_send_signal(self.pidfd, _signal.SIGKILL)
            elif self.pid:
                os.kill(self.pid, _signal.SIGKILL)
        except ProcessLookupError:
            pass

    def interrupt(self) -> None:
        try:
            if self.pidfd >= 0:
                _signal.pidfd_send_signal(self.pidfd, _signal.SIGINT)
            elif self.pid:
                os.kill(self.pid, _signal.SIGINT)
        except ProcessLookupError:
            pass

    def start_clock(self) -> None:
        self._cpu_before = self._cpu_now()

    def cpu_ms(self) -> float:
        """Of the worker while it lives; of its tree when it is dead."""
        if self.dead:
            total = max(self.dead[1] / 1e6, self._cpu_seen) - self._children_cpu
        else:
            total = self._cpu_now()
        return max(0.0, total - self._cpu_before) * 1000

    def _cpu_now(self) -> float:
        try:
            # The clock of another process, as clock_getcpuclockid(3) encodes it.
            return time.clock_gettime((~self.pid << 3) | 2)
        except OSError:
            return self._cpu_before

    def peak_memory_kb(self) -> int:
        if self.dead:
            return max(self.dead[2], self._peak_seen_kb)
        try:
            own_kb = peak_memory_kb(os.pread(self._status, 4096, 0)) if self._status >= 0 else 0
        except ProcessLookupError:
            own_kb = 0
        return max(own_kb, self._peak_seen_kb)

    def threads(self) -> int:
        try:
            return len(os.listdir(f"/proc/{self.pid}/task"))
        except OSError:
            return 0

    def read_output(self, descriptor: int) -> bytes | None:
        """What is there now; None when nothing is, empty at end of file."""
        try:
            return os.read(descriptor, READ_SIZE)
        except BlockingIOError:
            return None

    def close_output(self, descriptor: int) -> None:
        del self.outputs[descriptor]
        os.close(descriptor)

    def release(self) -> None:
        for descriptor in (*self.outputs, self.pidfd, self.top, self.work, self._status):
            if descriptor >= 0:
                os.close(descriptor)
        if self._descendants:
            self._descendants.release()
            self._descendants = None
        self.outputs = {}
        self.pidfd = self.top = self.work = self._status = -1
        self.line.socket.close()
        self.leave_run()

    def leave_run(self) -> None:
        if self.run:
            self.run.release()
            # A circle would stay: the collector is off.
            self.run.handle = None
            self.run = None


def has_ended(pidfd: int, within_ms: int) -> bool:
    """Of a process that seems to: what it has is taken from it before the kernel tells of its end."""
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    return bool(poll.poll(within_ms))


def _open_status(pid: int) -> int:
    try:
        return os.open(f"/proc/{pid}/status", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        # No /proc, or a worker that is gone already: its end will tell.
        return -1


def _host_pid(pidfd: int) -> int:
    descriptor = os.open(f"/proc/self/fdinfo/{pidfd}", os.O_RDONLY | os.O_CLOEXEC)
    try:
        text = os.read(descriptor, 1024)
    finally:
        os.close(descriptor)
    number = text.partition(b"\nPid:")[2].split(None, 1)[:1]
    # -1 for one that is dead and reaped; its death is told as well.
    return max(0, int(number[0])) if number else 0
