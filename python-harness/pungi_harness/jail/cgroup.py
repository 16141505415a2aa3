"""The control group of this tree, version 1 or 2: made and joined by node, read here.

Theory of operation. Node makes the group, puts the supervisor into it before it sends the plan, and removes it
when the supervisor has ended; everything that is forked here is inside. Only when node is gone has the supervisor
to leave and remove the group itself.
"""

from __future__ import annotations

import os


class Cgroup:
    def __init__(self, directories: dict[str, str]) -> None:
        self._directories = directories
        first = next(iter(directories.values()))
        self._version = 2 if os.path.exists(f"{first}/cgroup.controllers") else 1

    def out_of_memory_kills(self) -> int:
        memory = self._directories.get("memory")
        if memory is None:
            return 0
        name = "memory.events" if self._version == 2 else "memory.oom_control"
        with open(f"{memory}/{name}", encoding="ascii") as lines:
            for line in lines:
                key, _, value = line.partition(" ")
                if key == "oom_kill":
                    return int(value)
        return 0

    def describe(self) -> str:
        return f"v{self._version}: {', '.join(sorted(self._directories))}"

    def abandon(self) -> None:
        """Leave and remove it, for a supervisor whose node is gone; its tree is dead."""
        for path in dict.fromkeys(self._directories.values()):
            parent = os.path.dirname(path)
            descriptor = os.open(f"{parent}/cgroup.procs", os.O_WRONLY | os.O_CLOEXEC)
            os.write(descriptor, b"0")
            os.close(descriptor)
            os.rmdir(path)
