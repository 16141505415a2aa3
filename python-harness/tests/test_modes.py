"""Changes of modes and times that the kernel refuses, ignored for files of the workdir alone."""
from __future__ import annotations

import os
import pathlib
import shutil
import tempfile
import unittest
from typing import Any, Callable

from pungi_harness import modes

from . import refusing_filter
from .in_child import in_child, outcome_of

EPERM, ENOENT, EBADF = 1, 2, 9
METADATA = ["chmod", "fchmod", "fchmodat", "fchmodat2", "utimensat"]


@unittest.skipIf(refusing_filter.is_missing(), refusing_filter.is_missing())
class Modes(unittest.TestCase):
    def setUp(self) -> None:
        top = tempfile.TemporaryDirectory(prefix="pungi-modes-")
        self.addCleanup(top.cleanup)
        self.work = os.path.join(os.path.realpath(top.name), "work")
        os.mkdir(self.work)
        # A directory whose name begins like that of the workdir is not in it.
        os.mkdir(self.work + "-other")
        for name in ("work/inside", "work-other/outside"):
            with open(os.path.join(top.name, name), "w", encoding="ascii") as file:
                file.write("text")
        self.inside = os.path.join(self.work, "inside")
        self.outside = os.path.join(self.work + "-other", "outside")
        os.chmod(self.inside, 0o640)
        os.symlink(self.outside, os.path.join(self.work, "link-out"))
        os.symlink(self.inside, os.path.join(self.work + "-other", "link-in"))
        os.symlink("absent", os.path.join(self.work, "dangling"))

    def refused(self, action: Callable[[], Any], tolerant: bool = True) -> Any:
        """The errno of the action in a child whose changes of modes and times the kernel refuses."""

        def work() -> Any:
            refusing_filter.refuse(METADATA)
            os.chdir(self.work)
            if tolerant:
                modes.tolerate(self.work)
            return outcome_of(action)

        return in_child(work)

    def test_what_is_ignored_and_what_is_not(self) -> None:
        inside, outside = self.inside, self.outside
        link_in = os.path.join(self.work + "-other", "link-in")
        cases = [
            ("chmod", lambda: os.chmod(inside, 0o600), None),
            ("chmod of the workdir itself", lambda: os.chmod(self.work, 0o700), None),
            ("chmod of a relative path", lambda: os.chmod("inside", 0o600), None),
            ("chmod of a path in bytes", lambda: os.chmod(os.fsencode(inside), 0o600), None),
            ("utime", lambda: os.utime(inside, (1, 1)), None),
            ("chmod through a link into the workdir", lambda: os.chmod(link_in, 0o600), None),
            ("shutil.copy2", lambda: shutil.copy2("inside", "copied"), None),
            ("outside", lambda: os.chmod(outside, 0o600), EPERM),
            ("utime outside", lambda: os.utime(outside, (1, 1)), EPERM),
            ("the parent", lambda: os.chmod("..", 0o700), EPERM),
            ("through a link out of the workdir", lambda: os.chmod("link-out", 0o600), EPERM),
            ("by way of dots", lambda: os.chmod("../work-other/outside", 0o600), EPERM),
            ("chmod of what is not there", lambda: os.chmod("absent", 0o600), ENOENT),
            ("utime of what is not there", lambda: os.utime("absent"), ENOENT),
            ("utime of a link itself", lambda: os.utime("dangling", follow_symlinks=False), None),
            ("utime of where it leads", lambda: os.utime("dangling"), ENOENT),
            ("Path.touch of a new file", lambda: (pathlib.Path("new").touch(), os.stat("new")), None),
            ("another error", lambda: os.stat("absent"), ENOENT),
        ]
        for name, action, expected in cases:
            with self.subTest(name=name):
                self.assertEqual(self.refused(action), expected)

    def test_descriptors(self) -> None:
        def change(flags: int) -> Callable[[], None]:
            def action() -> None:
                descriptor = os.open("inside", flags)
                try:
                    os.fchmod(descriptor, 0o600)
                finally:
                    os.close(descriptor)

            return action

        for flags, expected in ((os.O_RDONLY, EPERM), (os.O_WRONLY, None), (os.O_RDWR, None)):
            with self.subTest(flags=flags):
                self.assertEqual(self.refused(change(flags)), expected)
        self.assertEqual(self.refused(lambda: os.fchmod(999, 0o600)), EBADF)

    def test_without_it_the_kernel_refuses_all(self) -> None:
        for action in (lambda: os.chmod("inside", 0o600), lambda: os.utime("inside", (1, 1))):
            self.assertEqual(self.refused(action, tolerant=False), EPERM)

    def test_what_is_ignored_changes_nothing(self) -> None:
        self.assertEqual(self.refused(lambda: os.chmod("inside", 0o777)), None)
        self.assertEqual(os.stat(self.inside).st_mode & 0o777, 0o640)

    def test_an_error_that_is_no_refusal_is_raised(self) -> None:
        def work() -> Any:
            modes.tolerate(self.work)
            return outcome_of(lambda: os.chmod(os.path.join(self.work, "absent"), 0o600))

        self.assertEqual(in_child(work), ENOENT)

    def test_what_is_allowed_is_done(self) -> None:
        def work() -> Any:
            modes.tolerate(self.work)
            os.chmod(self.inside, 0o604)
            os.chmod(self.outside, 0o604)
            return None

        in_child(work)
        self.assertEqual([os.stat(path).st_mode & 0o777 for path in (self.inside, self.outside)], [0o604] * 2)

    def test_the_functions_look_as_they_did(self) -> None:
        def describe() -> list:
            functions = (os.chmod, os.fchmod, os.utime)
            sets = (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks)
            return [[f.__name__, f.__qualname__, f.__doc__, *(f in names for names in sets)] for f in functions]

        def work() -> Any:
            modes.tolerate(self.work)
            return describe()

        self.assertEqual(in_child(work), describe())


if __name__ == "__main__":
    unittest.main()
