"""The processes that a worker started, and what they used, read off /proc by the supervisor.

The kernel adds to a process the accounts of those children that it waited for. Those that live when the first process
of a pid namespace is killed are never added: they are counted here, just before.
"""

from __future__ import annotations

import os

# Each costs some twenty microseconds, and they are counted on the way to a kill.
MOST = 256
# Of /proc/PID/stat, counted from behind the name of the process, which user code sets.
STATE, MINOR_FAULTS, MAJOR_FAULTS, CPU, THREADS = 0, 8, 10, slice(11, 15), 17
WAITED_CPU = slice(13, 15)


class Descendants:
    def __init__(self, pid: int) -> None:
        self._pid = pid
        # Now, since opening them takes longer than reading them and the answer to a run waits for that.
        self._stat = _open(f"/proc/{pid}/stat")
        self._children = _open(f"/proc/{pid}/task/{pid}/children")

    def were_none(self) -> bool:
        """Whether there are none and no trace of any. Another thread could have some of its own: that is not none."""
        try:
            if os.pread(self._children, 1, 0):
                return False
            fields = _fields(os.pread(self._stat, 1024, 0))
        except OSError:
            return False
        traces = (fields[MINOR_FAULTS], fields[MAJOR_FAULTS], *fields[WAITED_CPU])
        return fields[THREADS] == b"1" and traces == (b"0",) * len(traces)

    def count(self) -> tuple[float, int]:
        """Seconds of CPU of those that live and those that were waited for; the peak of the largest that lives, in kB."""
        ticks, peak_kb = 0, 0
        try:
            ticks = sum(map(int, _fields(os.pread(self._stat, 1024, 0))[WAITED_CPU]))
        except OSError:
            # It is gone, and its children with it.
            return 0.0, 0
        for pid in self._living():
            fields = _fields(_read(f"/proc/{pid}/stat"))
            # What a zombie used is added when it is reaped.
            if len(fields) > THREADS and fields[STATE] != b"Z":
                ticks += sum(map(int, fields[CPU]))
                peak_kb = max(peak_kb, peak_memory_kb(_read(f"/proc/{pid}/status")))
        return ticks / os.sysconf("SC_CLK_TCK"), peak_kb

    def _living(self) -> list[int]:
        found = [self._pid]
        for pid in found:
            try:
                threads = os.listdir(f"/proc/{pid}/task")
            except OSError:
                continue
            for thread in threads:
                found += map(int, _read(f"/proc/{pid}/task/{thread}/children").split())
            if len(found) > MOST:
                break
        return found[1 : MOST + 1]

    def release(self) -> None:
        for descriptor in (self._stat, self._children):
            if descriptor >= 0:
                os.close(descriptor)


def peak_memory_kb(status: bytes) -> int:
    """VmHWM of a text of /proc/PID/status; 0 of a process without memory."""
    # At the start of a line: the name of the process stands in the first.
    _, _, rest = status.partition(b"\nVmHWM:")
    digits = rest.partition(b"kB")[0].strip()
    return int(digits) if digits.isdigit() else 0


def _fields(stat: bytes) -> list[bytes]:
    return stat.rpartition(b") ")[2].split(None, THREADS + 1)


def _open(path: str) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        # No /proc, or a process that is gone already.
        return -1


def _read(path: str) -> bytes:
    """Empty for a process that is gone."""
    descriptor = _open(path)
    if descriptor < 0:
        return b""
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:
        return b""
    finally:
        os.close(descriptor)
