"""What was put in a file's place between its listing and its opening, and what lies on another file system."""
from __future__ import annotations

import errno
import os
import unittest
from typing import Any
from unittest.mock import patch

from pungi_harness import workdir
from pungi_harness.jail import root

from .in_child import Missing, in_child
from .test_jail_root import have_mounts
from .workdir_case import WorkdirCase

LIMITS = {"maxFiles": 100, "maxFileBytes": 1000}


class Collected(WorkdirCase):
    def collect(self) -> tuple[dict, list]:
        collection = workdir.Collection(self.work, {}, LIMITS)
        files = {}
        for name, descriptor, facts in collection.files():
            files[name] = os.read(descriptor, facts.st_size)
            os.close(descriptor)
        return files, collection.left_out

    def test_a_symlink_to_a_file_of_the_same_file_system(self) -> None:
        outside = os.path.join(self.top, "secret")
        with open(outside, "wb") as file:
            file.write(b"secret")
        os.symlink(outside, self.place("link"))
        with patch.object(workdir.os, "stat", return_value=os.stat(outside)):
            found = self.collect()
        self.assertEqual(found, ({}, [{"name": "link", "reason": os.strerror(errno.ELOOP)}]))

    def test_a_symlink_to_a_directory(self) -> None:
        outside = os.path.join(self.top, "outside")
        os.mkdir(outside)
        with open(os.path.join(outside, "secret"), "wb") as file:
            file.write(b"secret")
        os.symlink(outside, self.place("link"))
        with patch.object(workdir.os, "stat", return_value=os.stat(outside)):
            found = self.collect()
        self.assertEqual(found, ({}, [{"name": "link", "reason": os.strerror(errno.ENOTDIR)}]))

    def test_a_file_of_another_file_system(self) -> None:
        def work() -> Any:
            have_mounts()
            os.mkdir(self.place("other"))
            root.mount_workdir(self.place("other"), 65536, 16)
            self.write("other/file")
            self.write("own")
            # Opened before, it would lead past the new mount.
            self.work = os.open(self.path, workdir.DIRECTORY)
            return list(self.collect())

        try:
            found = in_child(work)
        except Missing as missing:
            self.skipTest(str(missing))
        self.assertEqual(found, [{"own": b"text"}, [{"name": "other/file", "reason": "not a regular file"}]])


if __name__ == "__main__":
    unittest.main()
