"""Files of a tree that lives on: what each step is told, and what is left out."""
from __future__ import annotations

import os
import unittest

from pungi_harness import living, workdir

from .workdir_case import WorkdirCase

LIMITS = {"maxFiles": 10, "maxFileBytes": 100, "diskBytes": 1000}


class Steps(WorkdirCase):
    def setUp(self) -> None:
        super().setUp()
        self.memory = living.Memory()

    def step(self, between: object = None) -> tuple[dict[str, bytes], list[dict]]:
        collection = living.LivingCollection(self.work, self.memory, LIMITS)
        found = {}
        for name, copy, facts in collection.files():
            found[name] = os.read(copy, 1000)
            os.close(copy)
            self.assertEqual(len(found[name]), facts.st_size)
        return found, collection.left_out

    def test_each_change_is_told_once(self) -> None:
        self.write("a", b"1")
        self.assertEqual(self.step(), ({"a": b"1"}, []))
        self.assertEqual(self.step(), ({}, []))
        # In the same tick of the clock, with the same size.
        self.write("a", b"2")
        self.assertEqual(self.step(), ({"a": b"2"}, []))
        os.unlink(os.path.join(self.path, "a"))
        self.assertEqual(self.step(), ({}, []))
        self.assertEqual((self.memory.stamps, self.memory.digests), ({}, {}))
        self.write("a", b"2")
        self.assertEqual(self.step(), ({"a": b"2"}, []))

    def test_a_file_that_changes_while_it_is_read_is_left_out_and_told_later(self) -> None:
        self.write("a", b"12345")
        real = living._copy

        def copy(descriptor: int, size: int) -> int:
            self.write("a", b"1")
            return real(descriptor, size)

        living._copy = copy
        try:
            self.assertEqual(self.step(), ({}, [{"name": "a", "reason": "it changed while it was read"}]))
        finally:
            living._copy = real
        self.assertEqual(self.step(), ({"a": b"1"}, []))

    def test_what_is_no_regular_file_beneath_is_not_read(self) -> None:
        os.symlink("/etc/passwd", os.path.join(self.path, "link"))
        os.symlink("/etc", os.path.join(self.path, "etc"))
        os.mkfifo(os.path.join(self.path, "fifo"))
        os.mkdir(os.path.join(self.path, "d"))
        for name in ("link", "etc/passwd", "fifo", "d", "nothing", "d/nothing"):
            self.assertIsNone(living.read_file(self.work, name, LIMITS), name)
        self.write("d/f", b"text")
        found = living.read_file(self.work, "d/f", LIMITS)
        assert found is not None
        self.assertEqual(os.read(found[0], 10), b"text")
        os.close(found[0])
        self.assertEqual([file["name"] for file in living.list_files(self.work)["files"]], ["d/f"])

    def test_files_are_replaced_but_links_never_followed(self) -> None:
        outside = os.path.join(self.path, "outside")
        self.write("outside", b"kept")
        os.symlink(outside, os.path.join(self.path, "a"))
        descriptor = workdir.replace_file(self.work, "a", 0o600)
        os.write(descriptor, b"new")
        os.close(descriptor)
        with open(outside) as file:
            self.assertEqual(file.read(), "kept")
        os.mkdir(os.path.join(self.path, "d"))
        with self.assertRaises(OSError):
            workdir.replace_file(self.work, "d", 0o600)


if __name__ == "__main__":
    unittest.main()
