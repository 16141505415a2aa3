"""What no rlimit holds of a run that lasts: looked at from tick to tick."""

from __future__ import annotations

from . import workdir
from .birth import Birth
from .handle import Handle


class Watch:
    def __init__(self, plan: dict, birth: Birth) -> None:
        self._birth = birth
        self._limits = plan["limits"]
        self._workdir = plan["worker"]["workdir"]

    def exceeded(self, handle: Handle) -> str:
        """The reason to stop the run of this worker; empty when there is none."""
        handle.take_stock()
        if handle.cpu_ms() >= self._limits["cpuSeconds"] * 1000:
            return "cpu"
        if handle.threads() > self._limits["maxProcesses"]:
            return "processes"
        if self._workdir["kind"] == "directory":
            size, entries = workdir.usage(handle.top, self._workdir["inodes"])
            size += workdir.unlinked_bytes(self._birth.tree_of(handle.pid), handle.top)
            if size > self._workdir["sizeBytes"] or entries >= self._workdir["inodes"]:
                return "disk"
        return ""
