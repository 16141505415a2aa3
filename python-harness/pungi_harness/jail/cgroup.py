"""The control group of this tree, version 1 or 2: made by node, joined by the zygote, emptied and removed here.

Theory of operation. Node makes the group and its limits while the interpreter starts. The zygote joins before it
does anything else, so that all it forks is inside; the supervisor stays outside. The group bounds what rlimits count
for each process apart, and names every process of the tree, whatever sessions and parents they gave themselves.
"""

from __future__ import annotations

import os
import time

import _signal

from .failure import JailFailure

KILL_ROUNDS = 200
KILL_PAUSE = 0.005


class Cgroup:
    def __init__(self, directories: dict[str, str]) -> None:
        self._directories = directories
        self.paths = list(dict.fromkeys(directories.values()))
        # Opened when it is first read: after the zygote was forked.
        self._events = -1
        self.version = 2 if os.path.exists(f"{self.paths[0]}/cgroup.controllers") else 1

    def out_of_memory_kills(self) -> int:
        memory = self._directories.get("memory")
        if memory is None:
            return 0
        if self._events < 0:
            name = "memory.events" if self.version == 2 else "memory.oom_control"
            self._events = os.open(f"{memory}/{name}", os.O_RDONLY | os.O_CLOEXEC)
        _, found, count = os.pread(self._events, 4096, 0).partition(b"oom_kill ")
        return int(count.split(None, 1)[0]) if found else 0

    def prove(self, pid: int) -> None:
        """From outside, by what the kernel says of the process: it is in every group that was made for it."""
        name = self.paths[0].rpartition("/")[2]
        try:
            descriptor = os.open(f"/proc/{pid}/cgroup", os.O_RDONLY | os.O_CLOEXEC)
            try:
                groups = os.read(descriptor, 16384).decode().splitlines()
            finally:
                os.close(descriptor)
        except (FileNotFoundError, ProcessLookupError):
            # It is gone, and its death will be told.
            return
        if sum(line.endswith(f"/{name}") for line in groups) < len(self.paths):
            raise JailFailure("cgroup", "a worker is not in its control group")

    def describe(self) -> str:
        return f"v{self.version}: {', '.join(sorted(self._directories))}"

    def kill_all_but(self, spared: int) -> None:
        """End every process of the group but one. A process with a fatal signal pending cannot fork any more."""
        for _ in range(KILL_ROUNDS):
            left = [pid for pid in self.members() if pid != spared]
            if not left:
                return
            for pid in left:
                try:
                    os.kill(pid, _signal.SIGKILL)
                except ProcessLookupError:
                    pass
            time.sleep(KILL_PAUSE)

    def members(self) -> list[int]:
        with open(f"{self.paths[0]}/cgroup.procs", encoding="ascii") as lines:
            return [int(line) for line in lines]

    def remove(self) -> None:
        """Only when the tree is dead. Node removes it as well, in case this process was killed."""
        for path in self.paths:
            try:
                os.rmdir(path)
            except OSError:
                # A task that just died may still be counted; node tries again.
                pass


def join(paths: list[str]) -> None:
    for path in paths:
        # `tasks`, of version 1, moves this one thread without the grace period, about 10 ms, that moving a
        # process costs; the zygote has one thread.
        name = "tasks" if os.path.exists(f"{path}/tasks") else "cgroup.procs"
        descriptor = os.open(f"{path}/{name}", os.O_WRONLY | os.O_CLOEXEC)
        try:
            os.write(descriptor, b"0")
        finally:
            os.close(descriptor)
