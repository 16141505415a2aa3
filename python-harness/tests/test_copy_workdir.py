"""A session's files, copied, and its descriptors, moved to the copies."""

from __future__ import annotations

import os
import stat
import tempfile
import unittest

from pungi_harness import copy_workdir
from pungi_harness.jail.failure import JailFailure
from pungi_harness.open_descriptors import open_descriptors


class CopyWorkdir(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.source = f"{directory.name}/source"
        self.target = f"{directory.name}/target"
        for place in (self.source, self.target):
            os.makedirs(f"{place}/work")

    def copied(self) -> copy_workdir.WorkdirCopy:
        copy = copy_workdir.WorkdirCopy(self.source, self.target)
        copy.copy(("work",))
        return copy

    def put(self, name: str, content: bytes = b"abc", mode: int = 0o640) -> str:
        path = f"{self.source}/work/{name}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY, mode)
        os.write(descriptor, content)
        os.close(descriptor)
        return path

    def opened(self, path: str, flags: int) -> int:
        descriptor = os.open(path, flags, 0o600)
        self.addCleanup(os.close, descriptor)
        return descriptor

    def test_files_have_content_mode_and_times(self) -> None:
        path = self.put("deep/er/a.txt", b"content", 0o640)
        os.utime(path, ns=(10**18, 10**18 + 5))
        self.copied()
        copy = f"{self.target}/work/deep/er/a.txt"
        facts = os.stat(copy)
        with open(copy, "rb") as file:
            self.assertEqual(file.read(), b"content")
        self.assertEqual((stat.S_IMODE(facts.st_mode), facts.st_mtime_ns), (0o640, 10**18 + 5))

    def test_the_copy_is_apart(self) -> None:
        path = self.put("a")
        self.copied()
        with open(path, "wb") as file:
            file.write(b"changed later")
        with open(f"{self.target}/work/a", "rb") as file:
            self.assertEqual(file.read(), b"abc")

    def test_links_lead_to_copies(self) -> None:
        path = self.put("a")
        os.link(path, f"{self.source}/work/hard")
        os.symlink("a", f"{self.source}/work/soft")
        os.symlink(path, f"{self.source}/work/absolute")
        os.symlink("/etc/passwd", f"{self.source}/work/outside")
        self.copied()
        work = f"{self.target}/work"
        self.assertTrue(os.path.samefile(f"{work}/a", f"{work}/hard"))
        self.assertEqual(os.readlink(f"{work}/soft"), "a")
        self.assertEqual(os.readlink(f"{work}/absolute"), f"{work}/a")
        self.assertEqual(os.readlink(f"{work}/outside"), "/etc/passwd")

    def test_holes_stay_holes(self) -> None:
        path = self.put("sparse", b"")
        with open(path, "r+b") as file:
            file.seek(8 << 20)
            file.write(b"end")
            file.truncate(16 << 20)
        self.copied()
        facts = os.stat(f"{self.target}/work/sparse")
        self.assertEqual(facts.st_size, 16 << 20)
        self.assertLess(facts.st_blocks * 512, 1 << 20)
        with open(f"{self.target}/work/sparse", "rb") as file:
            file.seek(8 << 20)
            self.assertEqual(file.read(4), b"end\0")

    def test_a_pipe_with_a_name_is_made_anew(self) -> None:
        os.mkfifo(f"{self.source}/work/pipe")
        self.copied()
        self.assertTrue(stat.S_ISFIFO(os.stat(f"{self.target}/work/pipe").st_mode))

    def test_a_descriptor_goes_on_in_the_copy_where_it_was(self) -> None:
        path = self.put("log", b"0123456789")
        descriptor = self.opened(path, os.O_RDWR | os.O_APPEND)
        os.lseek(descriptor, 4, os.SEEK_SET)
        self.copied().move_descriptors(open_descriptors(256))
        self.assertEqual(os.read(descriptor, 2), b"45")
        os.write(descriptor, b"new")
        with open(path, "rb") as file:
            self.assertEqual(file.read(), b"0123456789")
        with open(f"{self.target}/work/log", "rb") as file:
            self.assertEqual(file.read(), b"0123456789new")

    def test_a_removed_file_is_copied_with_what_it_holds(self) -> None:
        path = self.put("gone", b"0123456789")
        descriptor = self.opened(path, os.O_RDWR)
        kept = os.dup(descriptor)
        self.addCleanup(os.close, kept)
        os.unlink(path)
        os.lseek(descriptor, 3, os.SEEK_SET)
        self.copied().move_descriptors([number for number in open_descriptors(256) if number != kept])
        self.assertEqual(os.read(descriptor, 2), b"34")
        os.pwrite(descriptor, b"X", 0)
        self.assertEqual((os.pread(kept, 10, 0), os.lseek(kept, 0, os.SEEK_CUR)), (b"0123456789", 3))
        self.assertEqual(os.listdir(self.target), ["work"])

    def test_a_removed_file_that_cannot_be_read_is_said(self) -> None:
        path = self.put("gone")
        self.opened(path, os.O_WRONLY)
        os.unlink(path)
        with self.assertRaises(JailFailure) as caught:
            self.copied().move_descriptors(open_descriptors(256))
        self.assertRegex(str(caught.exception), "a removed file that is open for writing only, which cannot be copied")

    def test_a_directory_is_moved_and_others_are_left(self) -> None:
        self.put("sub/a")
        inside = self.opened(f"{self.source}/work/sub", os.O_RDONLY | os.O_DIRECTORY)
        outside = self.opened("/", os.O_RDONLY | os.O_DIRECTORY)
        self.copied().move_descriptors(open_descriptors(256))
        self.assertTrue(os.path.samestat(os.fstat(inside), os.stat(f"{self.target}/work/sub")))
        self.assertTrue(os.path.samestat(os.fstat(outside), os.stat("/")))
