"""Control groups, version 1 and 2: used where a directory is writable, never needed.

One group for the whole tree of a supervisor, made before the zygote starts and joined by it before it does
anything else; removed when the tree is dead. It bounds what rlimits count for each process apart: the memory
of several processes together, and the number of all tasks.
"""

from __future__ import annotations

import os

# The zygote and what it shares with its workers; they are charged to the first who touched a page.
ZYGOTE_BYTES = 32 * 1024 * 1024
ZYGOTE_TASKS = 2


class Cgroup:
    def __init__(self, orders: dict, workers: int) -> None:
        self._version = orders["version"]
        name = f"pungi-{os.getpid()}"
        # In version 2 all controllers share one directory.
        self._paths = {kind: f"{base}/{name}" for kind, base in orders["directories"].items()}
        self._made: list[str] = []
        memory = orders["memoryBytes"] * workers + ZYGOTE_BYTES
        tasks = orders["processes"] * workers + ZYGOTE_TASKS
        try:
            for path in dict.fromkeys(self._paths.values()):
                os.mkdir(path, 0o700)
                self._made.append(path)
            self._limit(memory, tasks)
        except OSError:
            self.remove()
            raise

    def _limit(self, memory: int, tasks: int) -> None:
        if "memory" in self._paths:
            name = "memory.max" if self._version == 2 else "memory.limit_in_bytes"
            _write(f"{self._paths['memory']}/{name}", str(memory))
        if "pids" in self._paths:
            _write(f"{self._paths['pids']}/pids.max", str(tasks))

    def open_procs(self) -> list[int]:
        """Descriptors of the files by which the zygote joins: writing `0` moves the writer."""
        return [os.open(f"{path}/cgroup.procs", os.O_WRONLY | os.O_CLOEXEC) for path in self._made]

    def out_of_memory_kills(self) -> int:
        if "memory" not in self._paths:
            return 0
        name = "memory.events" if self._version == 2 else "memory.oom_control"
        with open(f"{self._paths['memory']}/{name}", encoding="ascii") as lines:
            for line in lines:
                key, _, value = line.partition(" ")
                if key == "oom_kill":
                    return int(value)
        return 0

    def describe(self) -> str:
        return f"v{self._version}: {', '.join(sorted(self._paths))}"

    def remove(self) -> None:
        """Only when the tree is dead: a group with living tasks cannot be removed."""
        for path in self._made:
            os.rmdir(path)
        self._made = []


def join(procs: list[int]) -> None:
    for descriptor in procs:
        os.write(descriptor, b"0")
        os.close(descriptor)


def _write(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)
