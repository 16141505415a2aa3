"""The control group of a tree, on real groups of this machine: joined, emptied, counted and removed."""
from __future__ import annotations

import os
import time
import unittest
from types import SimpleNamespace
from typing import Any

from pungi_harness.birth import Birth
from pungi_harness.handle import has_ended
from pungi_harness.jail import cgroup
from pungi_harness.jail.failure import JailFailure
from pungi_harness.ready_proofs import Proofs

from .in_child import in_child
from .test_desk import launch

V1 = {"memory": "/sys/fs/cgroup/memory", "pids": "/sys/fs/cgroup/pids"}
V2 = {"memory": "/sys/fs/cgroup", "pids": "/sys/fs/cgroup"}
NAME = f"pungi-{os.getpid()}-unittest"


def writable_bases() -> dict[str, str]:
    """The first version whose groups can be made here, with both controllers."""
    for bases, limit in ((V1, "memory.limit_in_bytes"), (V2, "memory.max")):
        try:
            for base in set(bases.values()):
                os.mkdir(f"{base}/{NAME}")
        except OSError:
            continue
        finally:
            found = os.path.exists(f"{bases['memory']}/{NAME}/{limit}")
            for base in set(bases.values()):
                if os.path.isdir(f"{base}/{NAME}"):
                    os.rmdir(f"{base}/{NAME}")
        if found:
            return bases
    return {}


BASES = writable_bases()


def sleeping() -> int:
    pid = os.fork()
    if pid == 0:
        time.sleep(60)
        os._exit(0)
    return pid


@unittest.skipUnless(BASES, "no control group is writable here")
class Groups(unittest.TestCase):
    def setUp(self) -> None:
        self.directories = {name: f"{base}/{NAME}" for name, base in BASES.items()}
        self.paths = list(dict.fromkeys(self.directories.values()))
        for path in self.paths:
            os.mkdir(path)
            self.addCleanup(self.discard, path)
        self.group = cgroup.Cgroup(self.directories)

    @staticmethod
    def discard(path: str) -> None:
        if not os.path.isdir(path):
            return
        for _ in range(100):
            try:
                return os.rmdir(path)
            except OSError:
                time.sleep(0.01)
        os.rmdir(path)

    def members(self, path: str) -> list[int]:
        with open(f"{path}/cgroup.procs", encoding="ascii") as lines:
            return [int(line) for line in lines]

    def test_who_joins_is_inside_with_all_that_it_forks(self) -> None:
        def work() -> Any:
            cgroup.join(self.paths)
            child = sleeping()
            inside = [sorted(self.members(path)) == sorted([os.getpid(), child]) for path in self.paths]
            os.kill(child, 9)
            os.waitpid(child, 0)
            return inside

        self.assertEqual(in_child(work), [True] * len(self.paths))
        self.assertNotIn(os.getpid(), self.members(self.paths[0]))

    def test_who_is_not_in_all_of_them_is_told(self) -> None:
        def proved(paths: list[str]) -> Any:
            def work() -> Any:
                cgroup.join(paths)
                try:
                    self.group.prove(os.getpid())
                except JailFailure as failure:
                    return failure.layer, failure.message
                return None

            return in_child(work)

        outside = ("cgroup", "a worker is not in its control group")
        self.assertEqual(proved(self.paths), None)
        self.assertEqual(proved([]), outside)
        for path in self.paths:
            # Of version 2 the one group is all of them.
            others = [other for other in self.paths if other != path]
            self.assertEqual(proved(others), outside)

    def test_who_is_gone_is_not_looked_for(self) -> None:
        child = sleeping()
        os.kill(child, 9)
        os.waitpid(child, 0)
        self.group.prove(child)

    @unittest.skipUnless(hasattr(os, "pidfd_open"), "only Linux has pidfds")
    def test_a_worker_outside_is_told_unless_it_is_dying(self) -> None:
        birth = Birth(launch(1000))
        birth.cgroup = self.group
        child = sleeping()
        worker = SimpleNamespace(pid=child, pidfd=os.pidfd_open(child))
        worker.has_ended = lambda within_ms: has_ended(worker.pidfd, within_ms)
        proofs: Any = Proofs(birth)
        with self.assertRaisesRegex(JailFailure, "a worker is not in its control group"):
            proofs.hold_from_outside(worker)
        os.kill(child, 9)
        self.assertEqual(has_ended(worker.pidfd, 10_000), True)
        self.assertEqual(proofs.hold_from_outside(worker), False)
        os.waitpid(child, 0)
        os.close(worker.pidfd)

    def test_all_but_one_are_ended_whatever_they_did_to_hide(self) -> None:
        def work() -> Any:
            cgroup.join(self.paths)
            children = [sleeping() for _ in range(3)]
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    time.sleep(60)
                os._exit(0)
            os.wait()
            seen = len(self.members(self.paths[0]))
            # Nobody but the first process of the machine waits for the daemon; ours are reaped here.
            import signal

            signal.signal(signal.SIGCHLD, signal.SIG_IGN)
            self.group.kill_all_but(os.getpid())
            return seen, len(children), self.members(self.paths[0]) == [os.getpid()]

        self.assertEqual(in_child(work), (5, 3, True))

    def test_an_empty_group_has_nobody_to_end(self) -> None:
        started = time.monotonic()
        self.group.kill_all_but(os.getpid())
        self.assertLess(time.monotonic() - started, 1)

    def test_a_group_with_somebody_in_it_stays_until_it_is_empty(self) -> None:
        child = sleeping()
        for path in self.paths:
            with open(f"{path}/cgroup.procs", "w", encoding="ascii") as procs:
                procs.write(str(child))
        self.group.remove()
        self.assertTrue(all(os.path.isdir(path) for path in self.paths))
        os.kill(child, 9)
        os.waitpid(child, 0)
        deadline = time.monotonic() + 2
        while any(os.path.isdir(path) for path in self.paths) and time.monotonic() < deadline:
            self.group.remove()
        self.assertFalse(any(os.path.isdir(path) for path in self.paths))
        self.group.remove()

    def test_kills_for_want_of_memory_are_counted(self) -> None:
        memory = self.directories["memory"]
        name = "memory.max" if self.group.version == 2 else "memory.limit_in_bytes"
        with open(f"{memory}/{name}", "w", encoding="ascii") as limit:
            limit.write(str(8 << 20))
        before = self.group.out_of_memory_kills()
        pid = os.fork()
        if pid == 0:
            try:
                cgroup.join(self.paths)
                hungry = bytearray(64 << 20)
                hungry[:: 4096] = bytes(len(hungry[:: 4096]))
            finally:
                os._exit(0)
        _, status = os.waitpid(pid, 0)
        self.assertEqual((before, os.WTERMSIG(status)), (0, 9))
        self.assertEqual(self.group.out_of_memory_kills(), 1)
        os.close(self.group._events)

    def test_it_tells_its_version_and_controllers(self) -> None:
        version = 1 if BASES is V1 else 2
        self.assertEqual((self.group.version, self.group.describe()), (version, f"v{version}: memory, pids"))

    def test_without_a_memory_controller_no_kill_is_known(self) -> None:
        self.assertEqual(cgroup.Cgroup({"pids": self.directories["pids"]}).out_of_memory_kills(), 0)

    def test_a_group_that_is_not_there_cannot_be_joined(self) -> None:
        self.group.remove()
        with self.assertRaises(FileNotFoundError):
            cgroup.join(self.paths)


if __name__ == "__main__":
    unittest.main()
