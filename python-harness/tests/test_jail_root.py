"""The private root, built for real in a forked child: what is there, what can be written, and what is gone."""
from __future__ import annotations

import errno
import os
import tempfile
import unittest
from typing import Any

from pungi_harness.jail import privileges, root

from .in_child import Missing, outcome_of
from .test_jail import JailCase
from .test_jail_namespaces import unshare, unshare_mapped


def have_mounts() -> None:
    """Mounts of one's own, with the right to change them; ids are mapped, or nothing could be made there."""
    if privileges.has_capabilities():
        unshare("mount")
    else:
        unshare_mapped("mount")


class Root(JailCase):
    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory(prefix="pungi-root-")
        self.addCleanup(place.cleanup)
        self.place = os.path.realpath(place.name)
        self.readable = os.path.join(self.place, "readable")
        self.writable = os.path.join(self.place, "writable")
        self.hidden = os.path.join(self.place, "hidden")
        for directory in (self.readable, self.writable, self.hidden):
            os.mkdir(directory)
            with open(os.path.join(directory, "file"), "wb") as file:
                file.write(b"text")
        os.symlink("readable", os.path.join(self.place, "outer-link"))
        self.mount_point = os.path.join(self.place, "mount-point")
        os.mkdir(self.mount_point)

    def orders(self, **changes: Any) -> dict:
        return {
            "mountPoint": self.mount_point,
            "mounts": [
                {"path": self.readable, "access": "read"},
                {"path": self.writable, "access": "write"},
                {"path": os.path.join(self.hidden, "file"), "access": "read"},
            ],
            "devices": ["/dev/null"],
            "symlinks": [{"path": "/usr/link", "target": self.readable}],
            **changes,
        }

    def inside(self, look: Any, **changes: Any) -> Any:
        def work() -> Any:
            have_mounts()
            root.build(self.orders(**changes))
            return look()

        return self.run_in_child(work)

    def test_it_holds_what_was_ordered_and_nothing_else(self) -> None:
        def look() -> Any:
            top = self.place.split("/")[1]
            return (
                sorted(os.listdir("/")) == sorted({top, "dev", "sandbox", "usr"}),
                sorted(os.listdir(self.place)),
                os.listdir(self.hidden),
                os.listdir("/dev"),
                os.listdir("/usr"),
                os.path.realpath("/usr/link") == self.readable,
                os.getcwd(),
                os.listdir(root.SANDBOX),
            )

        expected = (True, ["hidden", "readable", "writable"], ["file"], ["null"], ["link"], True, "/", [])
        self.assertEqual(self.inside(look), expected)

    def test_only_what_was_ordered_so_can_be_written(self) -> None:
        def opened(path: str) -> Any:
            return outcome_of(lambda: os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)))

        def look() -> Any:
            paths = ["/new", f"{self.place}/new", f"{self.readable}/new", f"{self.readable}/file", f"{self.hidden}/file"]
            refused = [opened(path) for path in paths]
            return refused, opened(f"{self.writable}/new"), opened(f"{self.writable}/file"), opened("/dev/null")

        self.assertEqual(self.inside(look), ([errno.EROFS] * 5, None, None, None))
        self.assertEqual(sorted(os.listdir(self.writable)), ["file", "new"])
        self.assertEqual(os.listdir(self.readable), ["file"])

    def test_a_submount_of_what_may_be_read_is_read_only_too(self) -> None:
        def work() -> Any:
            have_mounts()
            below = os.path.join(self.readable, "below")
            os.mkdir(below)
            root._mount(None, "/", None, root.MS_REC | root.MS_PRIVATE)
            root.mount_workdir(below, 65536, 16)
            with open(f"{below}/file", "wb") as file:
                file.write(b"below")
            root.build(self.orders())
            with open(f"{below}/file", "rb") as file:
                text = file.read()
            return text, outcome_of(lambda: os.mkdir(f"{below}/new"))

        self.assertEqual(self.run_in_child(work), (b"below", errno.EROFS))

    def test_it_is_its_own_where_mounts_of_the_host_are_shared(self) -> None:
        shared = 1 << 20

        def work() -> Any:
            have_mounts()
            root._mount(None, "/", None, root.MS_REC | shared)
            root.build(self.orders())
            with open(f"{self.readable}/file", "rb") as file:
                return file.read()

        self.assertEqual(self.run_in_child(work), b"text")

    def test_devices_open_only_where_they_were_ordered(self) -> None:
        def work() -> Any:
            have_mounts()
            try:
                os.mknod(f"{self.writable}/null", 0o20666, os.makedev(1, 3))
            except PermissionError:
                raise Missing("this user may not make devices") from None
            root.build(self.orders())
            found = outcome_of(lambda: os.close(os.open(f"{self.writable}/null", os.O_RDONLY)))
            return found, outcome_of(lambda: os.close(os.open("/dev/null", os.O_RDONLY)))

        self.assertEqual(self.run_in_child(work), (errno.EACCES, None))

    def test_the_host_keeps_its_own_mounts(self) -> None:
        with open("/proc/self/mountinfo", encoding="utf-8") as file:
            before = file.read()
        self.inside(lambda: None)
        with open("/proc/self/mountinfo", encoding="utf-8") as file:
            self.assertEqual(file.read(), before)
        self.assertEqual(os.listdir(self.mount_point), [])

    def test_what_is_not_there_is_an_error_that_names_it(self) -> None:
        absent = os.path.join(self.place, "absent")

        def work() -> Any:
            have_mounts()
            try:
                root.build(self.orders(mounts=[{"path": absent, "access": "read"}]))
            except OSError as error:
                return error.errno, error.strerror
            return None

        wanted = (errno.ENOENT, f"mount /.old{absent} on {absent}: No such file or directory")
        self.assertEqual(self.run_in_child(work), wanted)

    def test_a_workdir_holds_no_more_than_its_size_and_inodes(self) -> None:
        def work() -> Any:
            have_mounts()
            root._mount(None, "/", None, root.MS_REC | root.MS_PRIVATE)
            root.mount_workdir(self.writable, 64 * 1024, 8)
            mode = os.stat(self.writable).st_mode & 0o777

            def fill() -> None:
                with open(f"{self.writable}/big", "wb", buffering=0) as file:
                    while True:
                        file.write(bytes(4096))

            def make_many() -> None:
                for number in range(100):
                    os.mkdir(f"{self.writable}/{number}")

            full = outcome_of(fill), os.path.getsize(f"{self.writable}/big")
            return mode, full, outcome_of(make_many), len(os.listdir(self.writable)) <= 8

        expected = (0o700, (errno.ENOSPC, 64 * 1024), errno.ENOSPC, True)
        self.assertEqual(self.run_in_child(work), expected)
        self.assertEqual(os.listdir(self.writable), ["file"])


if __name__ == "__main__":
    unittest.main()
