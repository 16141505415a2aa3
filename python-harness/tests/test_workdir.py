"""Files made in, collected from and removed with a workdir, whatever user code made of it."""
from __future__ import annotations

import os
import stat
import tempfile
from typing import Any, Callable
from unittest import main
from unittest.mock import patch

from pungi_harness import workdir

from .in_child import become_ordinary, in_child
from .workdir_case import WorkdirCase, nest

LIMITS = {"maxFiles": 100, "maxFileBytes": 1000}
EEXIST, ENOTDIR = 17, 20


class CreateFile(WorkdirCase):
    def test_nested_and_with_its_mode(self) -> None:
        for name, mode in (("a", 0o600), ("b/c/d.txt", 0o755), ("b/c/e", 0o644), ("\u00fc/\u4e2d", 0o400)):
            with self.subTest(name=name):
                descriptor = workdir.create_file(self.work, name, mode)
                os.write(descriptor, name.encode())
                os.close(descriptor)
                with open(self.place(name), "rb") as file:
                    self.assertEqual((file.read(), stat.S_IMODE(os.fstat(file.fileno()).st_mode)), (name.encode(), mode))
        self.assertEqual(stat.S_IMODE(os.stat(self.place("b/c")).st_mode), 0o755)

    def test_nothing_that_exists_is_opened_and_no_symlink_followed(self) -> None:
        outside = os.path.join(self.top, "outside")
        os.mkdir(outside)
        self.write("file")
        os.mkdir(self.place("directory"))
        os.symlink(outside, self.place("to-directory"))
        os.symlink(os.path.join(outside, "made"), self.place("to-nothing"))
        os.symlink("file", self.place("to-file"))
        for name, expected in (
            ("file", EEXIST),
            ("directory", EEXIST),
            ("to-nothing", EEXIST),
            ("to-file", EEXIST),
            ("to-directory/made", ENOTDIR),
            ("to-directory/deeper/made", ENOTDIR),
            ("file/made", ENOTDIR),
        ):
            with self.subTest(name=name):
                with self.assertRaises(OSError) as caught:
                    workdir.create_file(self.work, name, 0o600)
                self.assertEqual(caught.exception.errno, expected)
        self.assertEqual(os.listdir(outside), [])


class Collected(WorkdirCase):
    def collect(self, before: dict | None = None, **limits: int) -> tuple[dict, list]:
        collection = workdir.Collection(self.work, before or {}, {**LIMITS, **limits})
        files = {}
        for name, descriptor, facts in collection.files():
            files[name] = os.read(descriptor, facts.st_size)
            os.close(descriptor)
        return files, collection.left_out

    def test_what_is_new_or_changed(self) -> None:
        before = {}
        for name in ("same", "changed", "replaced", "gone", "deep/same"):
            before[name] = workdir.stamp(os.stat(self.write(name)))
        self.write("changed", b"tex2")
        times = os.stat(self.place("changed"))
        os.utime(self.place("changed"), ns=(times.st_atime_ns, before["changed"][2]))
        os.unlink(self.place("replaced"))
        self.write("replaced")
        os.unlink(self.place("gone"))
        self.write("deep/new", b"")
        files, left_out = self.collect(before)
        self.assertEqual(files, {"changed": b"tex2", "replaced": b"text", "deep/new": b""})
        self.assertEqual(left_out, [])

    def test_what_is_no_regular_file(self) -> None:
        outside = os.path.join(self.top, "outside")
        os.mkdir(outside)
        with open(os.path.join(outside, "secret"), "wb") as file:
            file.write(b"secret")
        os.symlink(os.path.join(outside, "secret"), self.place("link"))
        os.symlink(outside, self.place("link-to-directory"))
        os.symlink("link-to-itself", self.place("link-to-itself"))
        os.mkfifo(self.place("fifo"))
        os.mknod(self.place("socket"), stat.S_IFSOCK | 0o600)
        os.mkdir(self.place("empty"))
        names = ("fifo", "link", "link-to-directory", "link-to-itself", "socket")
        self.assertEqual(self.collect(), ({}, [{"name": name, "reason": "not a regular file"} for name in names]))

    def test_a_hard_link_is_a_file(self) -> None:
        os.link(self.write("a"), self.place("b"))
        self.assertEqual(self.collect(), ({"a": b"text", "b": b"text"}, []))

    def test_a_file_that_became_something_else_since_it_was_listed(self) -> None:
        os.mkfifo(self.place("fifo"))
        self.write("file")
        regular = os.stat(self.place("file"))
        with patch.object(workdir.os, "stat", return_value=regular):
            found = self.collect()
        self.assertEqual(found, ({"file": b"text"}, [{"name": "fifo", "reason": "not a regular file"}]))

    def test_caps(self) -> None:
        for name in ("a", "b/c", "d"):
            self.write(name, b"12345")
        with open(self.place("sparse"), "wb") as file:
            file.truncate(1 << 40)
        sparse = {"name": "sparse", "reason": "larger than 1000 bytes (maxFileKb)"}
        more = [{"name": name, "reason": "more than 2 files (maxFiles)"} for name in ("d", "sparse")]
        small = [{"name": name, "reason": "larger than 4 bytes (maxFileKb)"} for name in ("a", "b/c", "d", "sparse")]
        for limits, names, left_out in (
            ({}, ["a", "b/c", "d"], [sparse]),
            ({"maxFileBytes": 5}, ["a", "b/c", "d"], [{**sparse, "reason": "larger than 5 bytes (maxFileKb)"}]),
            ({"maxFiles": 2}, ["a", "b/c"], more),
            ({"maxFileBytes": 4}, [], small),
        ):
            with self.subTest(limits=limits):
                files, found = self.collect(None, **limits)
                self.assertEqual((list(files), found), (names, left_out))

    def test_an_entry_too_many_ends_it(self) -> None:
        for number in range(6):
            self.write(f"{number}")
        with patch.object(workdir, "MAX_ENTRIES", 4):
            files, left_out = self.collect()
        self.assertEqual((list(files), left_out), (["0", "1", "2", "3"], [{"name": "4", "reason": "too many entries"}]))

    def test_no_more_is_told_than_a_hundred_names(self) -> None:
        for number in range(150):
            os.symlink("x", self.place(f"{number:03}"))
        _, left_out = self.collect()
        self.assertEqual([entry["name"] for entry in left_out], [f"{number:03}" for number in range(100)])

    def test_too_deep_and_too_long(self) -> None:
        nest(self.work, workdir.MAX_DEPTH + 1)
        nest(self.work, 13, "e" * 250)
        self.write("/".join("d" * workdir.MAX_DEPTH) + "/deepest")
        files, left_out = self.collect()
        self.assertEqual(files, {"d/" * workdir.MAX_DEPTH + "deepest": b"text"})
        deep = {"name": ("d/" * workdir.MAX_DEPTH + "d"), "reason": "nested too deeply"}
        long = {"name": "e" * 250 + "/eeee", "reason": "its name is too long"}
        self.assertEqual(left_out, [deep, long])

    def test_names(self) -> None:
        names = ["\n", "a b", "\u00fc", "\U0001f40d", "..."]
        for name in names:
            self.write(name)
        with open(os.fsencode(self.path) + b"/\xff.txt", "wb"):
            pass
        files, left_out = self.collect()
        self.assertEqual(sorted(files), sorted(names))
        self.assertEqual(left_out, [{"name": "'\\udcff.txt'", "reason": "its name is not UTF-8"}])

    def test_closed_directories_are_opened(self) -> None:
        def work() -> Any:
            become_ordinary()
            with tempfile.TemporaryDirectory(prefix="pungi-closed-") as path:
                os.makedirs(f"{path}/a/b")
                for name in ("a/b/inner", "closed"):
                    with open(f"{path}/{name}", "wb") as file:
                        file.write(b"text")
                os.chmod(f"{path}/closed", 0)
                os.chmod(f"{path}/a/b", 0)
                os.chmod(f"{path}/a", 0o100)
                directory = os.open(path, workdir.DIRECTORY)
                collection = workdir.Collection(directory, {}, LIMITS)
                names = []
                for name, descriptor, _ in collection.files():
                    names.append(name)
                    os.close(descriptor)
                os.close(directory)
                return names, collection.left_out

        self.assertEqual(in_child(work), (["a/b/inner"], [{"name": "closed", "reason": "Permission denied"}]))


class Usage(WorkdirCase):
    def test_bytes_are_the_larger_of_apparent_and_allocated(self) -> None:
        self.write("small", b"1")
        self.write("a/large", bytes(100_000))
        with open(self.place("sparse"), "wb") as file:
            file.truncate(1 << 30)
        os.symlink("/", self.place("link"))
        expected = 0
        for name in ("small", "a", "a/large", "link"):
            facts = os.lstat(self.place(name))
            expected += max(facts.st_size if stat.S_ISREG(facts.st_mode) else 0, facts.st_blocks * 512)
        self.assertEqual(workdir.usage(self.work, 100), (expected + (1 << 30), 5))

    def test_it_counts_no_further_than_its_cap(self) -> None:
        for number in range(10):
            self.write(f"a/{number}", b"")
            self.write(f"b/{number}", b"")
        counted = [workdir.usage(self.work, cap)[1] for cap in (4, 11, 12, 22, 23, 1000)]
        self.assertEqual(counted, [4, 11, 12, 22, 22, 22])

    def test_a_tree_too_deep_is_at_its_cap(self) -> None:
        nest(self.work, workdir.MAX_COUNTED_DEPTH)
        self.assertEqual(workdir.usage(self.work, 5000)[1], workdir.MAX_COUNTED_DEPTH)
        workdir.remove_tree(self.work, "d")
        nest(self.work, workdir.MAX_COUNTED_DEPTH + 50)
        self.assertEqual(workdir.usage(self.work, 5000)[1], 5000)

    def test_a_closed_directory_is_at_its_cap(self) -> None:
        def work() -> Any:
            become_ordinary()
            with tempfile.TemporaryDirectory(prefix="pungi-closed-") as path:
                os.mkdir(f"{path}/closed", 0)
                directory = os.open(path, workdir.DIRECTORY)
                counted = workdir.usage(directory, 50)[1]
                os.close(directory)
                return counted

        self.assertEqual(in_child(work), 50)

    def test_files_without_a_name(self) -> None:
        def count() -> int:
            return workdir.unlinked_bytes([os.getpid()], self.work)

        before = count()
        with open(self.write("gone", bytes(5000)), "rb"), open(self.write("named", bytes(5000)), "rb"):
            os.unlink(self.place("gone"))
            self.assertEqual(count() - before, 8192)
        self.assertEqual(count(), before)

    def test_a_file_that_several_hold_counts_once(self) -> None:
        read_end, write_end = os.pipe()
        with open(self.write("gone", bytes(5000)), "rb") as file:
            again = os.dup(file.fileno())
            os.unlink(self.place("gone"))
            pid = os.fork()
            if pid == 0:
                os.close(write_end)
                os.read(read_end, 1)
                os._exit(0)
            self.assertEqual(workdir.unlinked_bytes([os.getpid(), pid], self.work), 8192)
            self.assertEqual(workdir.unlinked_bytes([pid], self.work), 8192)
            os.close(again)
        os.close(write_end)
        os.waitpid(pid, 0)
        os.close(read_end)

    def test_a_process_that_is_gone_holds_nothing(self) -> None:
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
        self.assertEqual(workdir.unlinked_bytes([pid], self.work), 0)


class RemoveTree(WorkdirCase):
    def fill(self, names: list[str]) -> None:
        for name in names:
            self.write(f"tree/{name}")

    def test_what_is_there_is_gone_and_what_it_points_to_is_not(self) -> None:
        outside = os.path.join(self.top, "outside")
        os.makedirs(f"{outside}/kept")
        collide: Callable[[], None] = lambda: self.fill(["a/x/f", "b/x/f", "x/f", "x/x/x/f", "1-/f", "a/1-/1-/f"])
        for name, make in (
            ("empty", lambda: os.mkdir(self.place("tree"))),
            ("names that collide", collide),
            ("3,000 levels", lambda: (os.mkdir(self.place("tree")), self.nest_in_tree(3000))),
            ("many in one", lambda: self.fill([f"d{number}/e/f" for number in range(300)])),
            ("symlinks", lambda: (self.fill(["a/f"]), os.symlink(outside, self.place("tree/a/l")), os.symlink(outside, self.place("tree/l")))),
            ("a fifo", lambda: (self.fill(["f"]), os.mkfifo(self.place("tree/fifo")))),
        ):
            with self.subTest(name=name):
                make()
                workdir.remove_tree(self.work, "tree")
                self.assertEqual((os.listdir(self.work), os.listdir(outside)), ([], ["kept"]))

    def nest_in_tree(self, depth: int) -> None:
        tree = os.open(self.place("tree"), workdir.DIRECTORY)
        nest(tree, depth)
        os.close(tree)

    def test_whatever_the_modes_are(self) -> None:
        def work() -> Any:
            become_ordinary()
            with tempfile.TemporaryDirectory(prefix="pungi-modes-") as path:
                os.makedirs(f"{path}/tree/a/b/c")
                with open(f"{path}/tree/a/b/file", "wb"):
                    pass
                for name, mode in (("a/b/file", 0), ("a/b/c", 0), ("a/b", 0o500), ("a", 0o200)):
                    os.chmod(f"{path}/tree/{name}", mode)
                directory = os.open(path, workdir.DIRECTORY)
                workdir.remove_tree(directory, "tree")
                left = os.listdir(directory)
                os.close(directory)
                return left

        self.assertEqual(in_child(work), [])


if __name__ == "__main__":
    main()
