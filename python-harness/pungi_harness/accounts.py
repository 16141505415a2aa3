"""What the supervisor saw of a run that is over: the facts of its `end` frame."""

from __future__ import annotations

import _signal

from . import protocol, workdir
from .birth import Birth
from .handle import Handle
from .run import Run


class Accounts:
    def __init__(self, birth: Birth, launch: dict) -> None:
        self._birth = birth
        self._workdir = launch["plan"]["worker"]["workdir"]
        self._alone = launch["workers"] == 1 and not launch["replenish"]
        # Of the control group, when it was last looked at: at each death, and so before each run that begins after it.
        self.kills_known = 0
        self.look()

    def look(self) -> None:
        self.kills_known = self._memory_kills()

    def facts(self, handle: Handle, run: Run) -> dict:
        return {
            "reason": run.reason,
            "waitStatus": handle.dead[0] if handle.dead else None,
            "wallMs": run.wall_ms(),
            "cpuMs": handle.cpu_ms(),
            "peakMemoryKb": handle.peak_memory_kb(),
            "stdoutBytes": run.counts[protocol.STDOUT],
            "stderrBytes": run.counts[protocol.STDERR],
            "filesLeftOut": [],
            "diskFull": bool(handle.dead) and self._workdir["kind"] == "tmpfs" and workdir.is_full(handle.top),
            "oomKilled": self._is_memory_kill(handle, run),
        }

    def _is_memory_kill(self, handle: Handle, run: Run) -> bool:
        if handle.dead is None or self._memory_kills() <= run.kills_before:
            return False
        # The group counts for all workers together: in a pool only one who was killed, and not by us, can be meant.
        return self._alone or (run.reason == "exited" and handle.dead[0] & 0x7F == _signal.SIGKILL)

    def _memory_kills(self) -> int:
        return self._birth.cgroup.out_of_memory_kills() if self._birth.cgroup else 0
