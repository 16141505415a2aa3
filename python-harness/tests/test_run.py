"""What one run was ordered: its files in, its stdin, the reason of its end."""
from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
import unittest
from typing import Any

from pungi_harness import run, workdir

from .in_child import NOBODY, in_child, outcome_of
from .workdir_case import WorkdirCase

F_GET_SEALS = 1034
ORDERS = {"timeoutMs": 1500, "stdin": False, "files": []}
NOBODY_ELSE = workdir.Owner(None)

CONTENTS = {"first-empty": b"", "a.txt": b"abc", "b/empty": b"", "b/c/d.bin": b"\0\1\2\3\4", "last-empty": b""}


def new_run(**orders: Any) -> run.Run:
    return run.Run(7, {**ORDERS, **orders})


def manifest(contents: dict[str, bytes]) -> list[dict]:
    return [{"name": name, "size": len(data), "mode": 0o640} for name, data in contents.items()]


class Files(WorkdirCase):
    def read_all(self) -> dict[str, bytes]:
        found = {}
        for folder, _, names in os.walk(self.path):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    found[os.path.relpath(file.name, self.path)] = file.read()
        return found

    def test_their_bytes_may_be_cut_anywhere(self) -> None:
        data = b"".join(CONTENTS.values())
        for size in range(1, len(data) + 1):
            with self.subTest(size=size):
                self.setUp()
                one = new_run(files=manifest(CONTENTS))
                one.take_files(self.work, NOBODY_ELSE, b"")
                for start in range(0, len(data), size):
                    self.assertFalse(one.files_complete)
                    one.take_files(self.work, NOBODY_ELSE, data[start : start + size])
                self.assertTrue(one.files_complete)
                self.assertEqual(self.read_all(), CONTENTS)
                stamps = {name: workdir.stamp(os.stat(self.place(name))) for name in CONTENTS}
                self.assertEqual(one.before, stamps)
                modes = {stat.S_IMODE(os.stat(self.place(name)).st_mode) for name in CONTENTS}
                self.assertEqual(modes, {0o640})
                one.release()

    def test_empty_files_need_no_bytes(self) -> None:
        one = new_run(files=manifest({"a": b"", "b": b""}))
        one.take_files(self.work, NOBODY_ELSE, b"")
        self.assertEqual((one.files_complete, self.read_all()), (True, {"a": b"", "b": b""}))

    def test_without_files_it_is_complete(self) -> None:
        one = new_run()
        one.take_files(self.work, NOBODY_ELSE, b"unexpected")
        self.assertEqual((one.files_complete, self.read_all()), (True, {}))

    def test_sources_by_path_between_sources_by_bytes(self) -> None:
        large = os.urandom(3 << 20)
        paths = {}
        for name, data in (("large", large), ("empty", b"")):
            paths[name] = os.path.join(self.top, name)
            with open(paths[name], "wb") as file:
                file.write(data)
        entries = [
            {"name": "p/large", "path": paths["large"], "size": len(large), "mode": 0o600},
            *manifest({"bytes": b"abc"}),
            {"name": "p/empty", "path": paths["empty"], "size": 0, "mode": 0o600},
        ]
        one = new_run(files=entries)
        one.take_files(self.work, NOBODY_ELSE, b"")
        self.assertEqual((one.files_complete, sorted(one.before)), (False, ["p/large"]))
        one.take_files(self.work, NOBODY_ELSE, b"abc")
        self.assertEqual(self.read_all(), {"p/large": large, "bytes": b"abc", "p/empty": b""})
        self.assertEqual((one.files_complete, sorted(one.before)), (True, ["bytes", "p/empty", "p/large"]))

    def test_a_source_that_is_not_there_is_named(self) -> None:
        one = new_run(files=[{"name": "a", "path": "/nonexistent/file", "size": 1, "mode": 0o600}])
        with self.assertRaises(FileNotFoundError) as caught:
            one.take_files(self.work, NOBODY_ELSE, b"")
        self.assertEqual((caught.exception.filename, self.read_all()), ("/nonexistent/file", {}))

    def test_a_half_file_is_let_go(self) -> None:
        one = new_run(files=manifest({"a": b"abc"}))
        one.take_files(self.work, NOBODY_ELSE, b"a")
        one.release()
        one.release()
        self.assertEqual((one.files_complete, one.before), (False, {}))

    @unittest.skipUnless(os.getuid() == 0, "only root gives files to others")
    def test_they_belong_to_the_ids_of_the_worker(self) -> None:
        def work() -> Any:
            os.chmod(self.top, 0o711)
            os.chown(self.path, NOBODY, NOBODY)
            os.chmod(self.path, 0o700)
            one = new_run(files=manifest({"b/a": b"abc"}))
            one.take_files(self.work, workdir.Owner((NOBODY, NOBODY)), b"abc")
            owners = [os.stat(self.place(name))[4:6] for name in ("b", "b/a")]
            return owners, os.geteuid(), os.getegid()

        self.assertEqual(in_child(work), ([(NOBODY, NOBODY)] * 2, 0, 0))


class Stdin(unittest.TestCase):
    def test_it_is_read_from_its_start_and_cannot_be_changed(self) -> None:
        one = new_run(stdin=True)
        one.take_stdin(b"first ")
        one.take_stdin(b"second")
        descriptor = one.read_only_stdin()
        try:
            self.assertEqual(os.read(descriptor, 100), b"first second")
            self.assertEqual(os.read(descriptor, 100), b"")
            self.assertEqual(fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE, os.O_RDONLY)
            self.assertEqual(fcntl.fcntl(descriptor, F_GET_SEALS), run.F_SEAL_ALL)
            self.assertEqual(outcome_of(lambda: os.write(descriptor, b"x")), errno.EBADF)
            anew = os.open(f"/proc/self/fd/{descriptor}", os.O_RDWR)
            refused = [
                outcome_of(lambda: os.write(anew, b"x")),
                outcome_of(lambda: os.ftruncate(anew, 0)),
                outcome_of(lambda: os.ftruncate(anew, 100)),
            ]
            os.close(anew)
            self.assertEqual(refused, [errno.EPERM] * 3)
        finally:
            os.close(descriptor)
            one.release()

    def test_none_was_given(self) -> None:
        one = new_run(stdin=True)
        self.assertEqual(one.read_only_stdin(), -1)
        one.release()

    def test_nothing_stays_open(self) -> None:
        before = os.listdir("/proc/self/fd")
        one = new_run(stdin=True)
        one.take_stdin(bytes(1 << 20))
        os.close(one.read_only_stdin())
        one.release()
        self.assertEqual(os.listdir("/proc/self/fd"), before)


class Ends(unittest.TestCase):
    def test_the_first_reason_stands(self) -> None:
        one = new_run()
        self.assertEqual((one.reason, one.deadline(), one.wall_ms()), ("", None, 0.0))
        one.started = time.monotonic() - 1
        self.assertEqual(one.deadline(), one.started + 1.5)
        one.stop("timeout")
        wall = one.wall_ms()
        one.stop("exited")
        self.assertEqual((one.reason, one.deadline(), one.wall_ms()), ("timeout", None, wall))
        self.assertTrue(1000 <= wall < 1500, wall)

    def test_a_run_that_never_started_took_no_time(self) -> None:
        one = new_run()
        one.stop("cancelled")
        self.assertEqual((one.reason, one.wall_ms()), ("cancelled", 0.0))


if __name__ == "__main__":
    unittest.main()
