"""Namespaces made for real in a forked child: what is its own there, and what the child cannot reach any more."""
from __future__ import annotations

import errno
import os
import socket
import time
import unittest
from typing import Any, Callable

from pungi_harness import syscalls
from pungi_harness.jail import namespaces, privileges

from .in_child import ChildFailed, Missing, become_privileged, in_child, outcome_of
from .test_jail import JailCase

OF_PROC = {"user": "user", "mount": "mnt", "net": "net", "ipc": "ipc", "uts": "uts"}


def unshare(*names: str) -> None:
    try:
        namespaces.unshare(list(names))
    except OSError as error:
        raise Missing(f"no namespaces {', '.join(names)}: {error}") from None


def identities() -> dict[str, str]:
    return {name: os.readlink(f"/proc/self/ns/{entry}") for name, entry in OF_PROC.items()}


def unshare_mapped(*names: str) -> int:
    """A user namespace in which this process is 1000, and what else is named; gives the descriptor of /proc."""
    uid, gid = os.getuid(), os.getgid()
    proc = namespaces.open_proc()
    unshare("user", *names)
    outside = lambda number: [{"inside": 1000, "outside": number}]  # noqa: E731
    namespaces.write_maps(proc, "self", outside(uid), outside(gid), "deny")
    return proc


class Unshare(JailCase):
    def test_each_name_is_its_own_namespace_and_no_other(self) -> None:
        for name in OF_PROC:
            with self.subTest(name=name):

                def work(name: str = name) -> Any:
                    if name != "user":
                        become_privileged()
                    before = identities()
                    unshare(name)
                    after = identities()
                    return [each for each in OF_PROC if before[each] != after[each]]

                self.assertEqual(self.run_in_child(work), [name])

    def test_a_pid_namespace_begins_with_the_next_child(self) -> None:
        def work() -> Any:
            become_privileged()
            unshare("pid")
            own = os.getpid()
            return own > 1, in_child(lambda: (os.getpid(), os.getppid()))

        self.assertEqual(self.run_in_child(work), (True, (1, 0)))

    def test_an_unknown_name_is_an_error(self) -> None:
        with self.assertRaises(KeyError):
            namespaces.unshare(["unheard-of"])

    def test_a_network_of_ones_own_reaches_nobody(self) -> None:
        server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(server.close)
        address = server.getsockname()

        def connect() -> Any:
            with socket.socket() as client:
                return outcome_of(lambda: client.connect(address))

        def work() -> Any:
            before = connect()
            unshare_mapped("net")
            return before, connect()

        self.assertEqual(self.run_in_child(work), (None, errno.ENETUNREACH))

    def test_a_name_of_ones_own_is_not_the_hosts(self) -> None:
        before = os.uname().nodename

        def work() -> Any:
            unshare_mapped("uts")
            namespaces.set_hostname("pungi-test")
            return os.uname().nodename

        self.assertEqual(self.run_in_child(work), "pungi-test")
        self.assertEqual(os.uname().nodename, before)


class Ids(JailCase):
    def test_the_map_is_what_is_seen_inside(self) -> None:
        def work() -> Any:
            unmapped = outcome_of(lambda: os.setgroups([]))
            unshare_mapped()
            return unmapped, os.getresuid(), os.getresgid(), outcome_of(lambda: os.setgroups([]))

        _, uids, gids, groups = self.run_in_child(work)
        self.assertEqual((uids, gids, groups), ((1000,) * 3, (1000,) * 3, errno.EPERM))

    def test_a_map_is_written_once(self) -> None:
        def work() -> Any:
            proc = unshare_mapped()
            again = [{"inside": 0, "outside": 0}]
            return outcome_of(lambda: namespaces.write_maps(proc, "self", again, again, "deny"))

        self.assertEqual(self.run_in_child(work), errno.EPERM)

    @unittest.skipUnless(os.getuid() == 0, "only root may map several ids")
    def test_a_privileged_parent_maps_several(self) -> None:
        ready, go = os.pipe(), os.pipe()

        def work() -> Any:
            namespaces.unshare(["user"])
            os.write(ready[1], b"x")
            os.read(go[0], 1)
            privileges.settle(1000, 1000)
            return os.getresuid(), os.getresgid()

        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                code = 0 if work() == ((1000,) * 3, (1000,) * 3) else 2
            finally:
                os._exit(code)
        os.read(ready[0], 1)
        proc = namespaces.open_proc()
        extents = [{"inside": 0, "outside": 0}, {"inside": 1000, "outside": 65534}]
        namespaces.write_maps(proc, str(pid), extents, extents, "allow")
        os.write(go[1], b"x")
        _, status = os.waitpid(pid, 0)
        for descriptor in (proc, *ready, *go):
            os.close(descriptor)
        self.assertEqual(status, 0)


@unittest.skipUnless(hasattr(os, "pidfd_open"), "this Python has no pidfd_open")
class PidNamespaces(JailCase):
    def as_zygote(self, work: Callable[[], Any]) -> Any:
        """In the first process of a pid namespace of our own, to which alone one may come back."""

        def begin() -> Any:
            become_privileged()
            unshare("pid")
            return in_child(work)

        return self.run_in_child(begin)

    def test_each_worker_is_the_first_of_its_own_and_the_zygote_stays_where_it_is(self) -> None:
        def work() -> Any:
            own = os.pidfd_open(os.getpid())
            before = os.readlink("/proc/self/ns/pid_for_children")
            seen = []
            for _ in range(2):
                read_end, write_end = os.pipe()
                pid = namespaces.fork_into_pid_namespace(own)
                if pid == 0:
                    os.write(write_end, f"{os.getpid()} {os.getppid()}".encode())
                    os._exit(0)
                os.waitpid(pid, 0)
                seen.append(os.read(read_end, 100).decode())
                os.close(read_end)
                os.close(write_end)
            return seen, before == os.readlink("/proc/self/ns/pid_for_children")

        self.assertEqual(self.as_zygote(work), (["1 0", "1 0"], True))

    def test_the_death_of_the_first_ends_all(self) -> None:
        def work() -> Any:
            own = os.pidfd_open(os.getpid())
            read_end, write_end = os.pipe()
            pid = namespaces.fork_into_pid_namespace(own)
            if pid == 0:
                if os.fork() == 0:
                    os.setsid()
                    os.write(write_end, b"x")
                time.sleep(60)
                os._exit(0)
            os.close(write_end)
            up = os.read(read_end, 1)
            os.kill(pid, 9)
            os.waitpid(pid, 0)
            started = time.monotonic()
            # The end of file says that the daemon, which held the other end, is dead too.
            return up, os.read(read_end, 1), time.monotonic() - started < 5

        self.assertEqual(self.as_zygote(work), (b"x", b"", True))

    def test_one_who_may_not_come_back_is_told(self) -> None:
        """The namespace of the machine belongs to none of ours: an error in the parent, and no child is left."""

        def work() -> Any:
            namespaces.unshare(["user"])
            own = os.pidfd_open(os.getpid())
            read_end, write_end = os.pipe()
            try:
                pid = namespaces.fork_into_pid_namespace(own)
            except OSError as error:
                os.close(write_end)
                return error.errno, os.read(read_end, 1)
            if pid == 0:
                os._exit(0)
            return None

        try:
            found = in_child(work)
        except ChildFailed:
            self.skipTest("this process may not make user namespaces")
        self.assertEqual(found, (errno.EPERM, b""))


class Own(JailCase):
    def test_a_worker_keeps_its_ids_and_gets_its_own_mounts(self) -> None:
        def work() -> Any:
            proc = unshare_mapped("mount")
            before = identities()
            namespaces.enter_own(proc, 1000, 1000)
            after = identities()
            changed = [name for name in OF_PROC if before[name] != after[name]]
            return os.getresuid(), os.getresgid(), changed, syscalls.prctl(3)

        self.assertEqual(self.run_in_child(work), ((1000,) * 3, (1000,) * 3, ["user", "mount"], 1))

    def test_the_memory_killer_is_offered_this_process_first(self) -> None:
        def work() -> Any:
            namespaces.offer_to_memory_killer(namespaces.open_proc())
            with open("/proc/self/oom_score_adj", encoding="ascii") as file:
                return file.read()

        self.assertEqual(self.run_in_child(work), "1000\n")


if __name__ == "__main__":
    unittest.main()
