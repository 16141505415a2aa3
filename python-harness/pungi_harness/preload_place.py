"""A home and a scratch place for the zygote while it preloads: some modules cannot be imported without (matplotlib).

It is made as workers' own are, at the same path where they have one in common, and is gone before the first fork, so
that nothing in it is shared. What a module remembers of such a path is then true in the worker, too.
"""
from __future__ import annotations

import os

from . import syscalls
from .jail import root

WORKDIR = "$workdir"
MNT_DETACH = 2


class PreloadPlace:
    def __init__(self, plan: dict, directory: str) -> None:
        self._orders = plan["worker"]["workdir"]
        self._is_mount = self._orders["kind"] == "tmpfs"
        self._directory = directory
        self._place = self._orders["path"] if self._is_mount else f"{directory}/preload"
        environment = plan["worker"]["environment"]
        self._environment = {name: value for name, value in environment.items() if WORKDIR in value}

    def __enter__(self) -> None:
        if self._is_mount:
            root.mount_workdir(self._place, self._orders["sizeBytes"], self._orders["inodes"])
        else:
            os.mkdir(self._place, 0o700)
        for name in ("work", "tmp", "shm"):
            os.mkdir(f"{self._place}/{name}", 0o700)
        for name, value in self._environment.items():
            os.environ[name] = value.replace(WORKDIR, self._place)

    def __exit__(self, *details: object) -> None:
        for name in self._environment:
            os.environ.pop(name, None)
        if self._is_mount:
            syscalls.call("umount2", os.fsencode(self._place) + b"\0", MNT_DETACH)
            return
        from . import workdir

        parent = os.open(self._directory, workdir.DIRECTORY)
        try:
            workdir.remove_tree(parent, "preload")
        finally:
            os.close(parent)
