"""A workdir for a test, with a descriptor of it, in which no descriptor may be left open. Not a test."""
from __future__ import annotations

import os
import tempfile
import unittest

from pungi_harness import workdir


class WorkdirCase(unittest.TestCase):
    def setUp(self) -> None:
        umask = os.umask(0o022)
        self.addCleanup(os.umask, umask)
        place = tempfile.TemporaryDirectory(prefix="pungi-workdir-")
        self.addCleanup(place.cleanup)
        self.top = place.name
        self.path = os.path.join(self.top, "work")
        os.mkdir(self.path)
        self.work = os.open(self.path, workdir.DIRECTORY)
        self.addCleanup(os.close, self.work)
        before = os.listdir("/proc/self/fd")
        self.addCleanup(lambda: self.assertEqual(os.listdir("/proc/self/fd"), before))

    def place(self, name: str) -> str:
        return os.path.join(self.path, name)

    def write(self, name: str, data: bytes = b"text") -> str:
        path = self.place(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        return path


def nest(directory: int, depth: int, name: str = "d") -> None:
    """Directories within directories, deeper than a path can say."""
    inner = os.dup(directory)
    for _ in range(depth):
        os.mkdir(name, dir_fd=inner)
        deeper = os.open(name, workdir.DIRECTORY, dir_fd=inner)
        os.close(inner)
        inner = deeper
    os.close(inner)
