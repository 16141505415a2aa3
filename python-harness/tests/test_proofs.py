"""Each proof passes where its layer holds, and ends the worker where that one layer is missing."""
from __future__ import annotations

import os
import resource
import tempfile
import unittest
from typing import Any, Callable

from pungi_harness import syscalls
from pungi_harness.jail import landlock, limits, namespaces, privileges, proofs, root
from pungi_harness.jail.failure import JailFailure

from . import refusing_filter
from .in_child import Missing, become_privileged, in_child
from .test_jail import ALL_OF_ABI_1, MAKE_REG, READ_DIR, JailCase, landlock_abi

AF_INET = 2
NOT_REFUSED = "the proof '{}' was not refused: the layer does not hold"
OTHER = "the proof '{}' failed for another reason: {}"

# proof, the calls whose refusal it needs, what it says without
BY_SECCOMP = [
    ("socket", ["socket"], NOT_REFUSED),
    ("unix-socket", ["socket"], NOT_REFUSED),
    ("signal", ["kill"], NOT_REFUSED),
    ("namespace", ["unshare"], NOT_REFUSED),
    ("mount", ["umount2"], OTHER.format("mount", "[Errno 22] umount2: Invalid argument")),
    ("ptrace", ["ptrace"], NOT_REFUSED),
    ("fork", ["fork", "vfork", "clone", "clone3"], NOT_REFUSED),
    ("exec", ["execve"], OTHER.format("exec", "[Errno 13] Permission denied")),
]


def verdict(proof: str, orders: dict | None = None, place: str = "") -> Any:
    """`None` where it passed, else the layer that it names and its message."""
    try:
        proofs.check([proof], orders or {}, place)
    except JailFailure as failure:
        return failure.layer, failure.message
    return None


def be_able_to(proof: str) -> None:
    """What the kernel may refuse without any layer is made possible first."""
    if proof == "mount":
        become_privileged()
    if proof == "namespace" and privileges.has_capabilities() is False:
        try:
            in_child(lambda: namespaces.unshare(["user"]))
        except Exception:  # noqa: BLE001 - told as the reason to skip
            raise Missing("this process may not make user namespaces") from None


@unittest.skipIf(refusing_filter.is_missing(), refusing_filter.is_missing())
class BySeccomp(JailCase):
    def test_each_fails_where_its_calls_are_allowed(self) -> None:
        for proof, _, message in BY_SECCOMP:
            with self.subTest(proof=proof):

                def work(proof: str = proof) -> Any:
                    be_able_to(proof)
                    return verdict(proof)

                self.assertEqual(self.run_in_child(work), (proof, message.format(proof)))

    def test_each_fails_where_all_calls_but_its_own_are_refused(self) -> None:
        for proof, calls, message in BY_SECCOMP:
            with self.subTest(proof=proof):
                others = [name for _, names, _ in BY_SECCOMP for name in names if name not in calls]

                def work(proof: str = proof, others: list[str] = others) -> Any:
                    be_able_to(proof)
                    refusing_filter.refuse(others)
                    return verdict(proof)

                self.assertEqual(self.run_in_child(work), (proof, message.format(proof)))

    def test_each_passes_where_its_own_calls_are_refused(self) -> None:
        for proof, calls, _ in BY_SECCOMP:
            with self.subTest(proof=proof):

                def work(proof: str = proof, calls: list[str] = calls) -> Any:
                    refusing_filter.refuse(calls)
                    return verdict(proof)

                self.assertEqual(in_child(work), None)

    def test_a_jail_without_network_has_no_unix_sockets_either(self) -> None:
        def work() -> Any:
            refusing_filter.refuse(["socket"], first_argument=AF_INET)
            return verdict("socket")

        self.assertEqual(in_child(work), ("unix-socket", NOT_REFUSED.format("unix-socket")))

    def test_a_refusal_that_is_a_failure_of_another_kind_is_no_proof(self) -> None:
        for proof in ("signal", "fork"):
            with self.subTest(proof=proof):

                def work(proof: str = proof) -> Any:
                    refusing_filter.refuse([name for one, names, _ in BY_SECCOMP if one == proof for name in names], errno=38)
                    return verdict(proof)

                message = OTHER.format(proof, "[Errno 38] Function not implemented")
                self.assertEqual(in_child(work), (proof, message))


class ByPidNamespace(JailCase):
    def test_the_first_process_of_a_namespace_has_nobody_to_signal(self) -> None:
        def work() -> Any:
            try:
                become_privileged()
                namespaces.unshare(["pid"])
            except OSError as error:
                raise Missing(f"no pid namespace: {error}") from None
            return in_child(lambda: (os.getpid(), os.getppid(), verdict("signal")))

        self.assertEqual(self.run_in_child(work), (1, 0, None))


@unittest.skipUnless(landlock_abi(), "the kernel has no Landlock")
class ByLandlock(JailCase):
    def test_files(self) -> None:
        not_refused = ("file", NOT_REFUSED.format("file"))
        # what Landlock handles, whether `/pungi-canary` can be made, the verdict
        for handled, made, expected in (
            (0, False, not_refused),
            (MAKE_REG, False, not_refused),
            (READ_DIR, True, not_refused),
            (READ_DIR | MAKE_REG, False, None),
            (ALL_OF_ABI_1, False, None),
        ):
            with self.subTest(handled=handled), tempfile.TemporaryDirectory(prefix="pungi-root-") as root:
                os.chmod(root, 0o777)
                self.assertEqual(self.run_in_child(lambda: self.judge(root, handled)), expected)
                self.assertEqual(os.path.exists(f"{root}/pungi-canary"), made)

    @staticmethod
    def judge(root: str, handled: int) -> Any:
        become_privileged()
        # So that a canary that is not refused is no file of the host.
        os.chroot(root)
        os.chdir("/")
        if handled:
            orders = {"abi": 1, "handledFs": handled, "rules": []}
            privileges.forbid_new_privileges()
            landlock.apply(landlock.create(orders, []), orders, "/")
        return verdict("file")


class ByPrivileges(JailCase):
    def judge(self, proof: str, prepare: Callable[[], None], apply: Callable[[], None]) -> Any:
        def work() -> Any:
            prepare()
            before = verdict(proof)
            apply()
            return before, verdict(proof)

        return self.run_in_child(work)

    def test_capabilities(self) -> None:
        found = self.judge("capabilities", become_privileged, privileges.drop_capabilities)
        self.assertEqual(found, (("capabilities", "capabilities are left in the worker"), None))

    def test_new_privileges(self) -> None:
        if syscalls.prctl(syscalls.PR_GET_NO_NEW_PRIVS):
            self.skipTest("this process has no_new_privs already")
        found = self.judge("new-privileges", lambda: None, privileges.forbid_new_privileges)
        self.assertEqual(found, (("new-privileges", "no_new_privs is not set"), None))


class ByRlimits(JailCase):
    ORDERS = [{"name": "DATA", "soft": 1 << 30, "hard": 1 << 30}, {"name": "CPU", "soft": 5, "hard": 6}]

    def judge(self, applied: list[dict]) -> Any:
        def work() -> Any:
            limits.apply(applied)
            return verdict("rlimits", {"rlimits": self.ORDERS})

        return self.run_in_child(work)

    def test_each_is_read_back(self) -> None:
        data, cpu = self.ORDERS
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        if unlimited != resource.getrlimit(resource.RLIMIT_DATA) or unlimited != resource.getrlimit(resource.RLIMIT_CPU):
            self.skipTest("this process has limits already")
        self.assertEqual(self.judge([data, cpu]), None)
        self.assertEqual(self.judge([{**data, "soft": 1 << 20, "hard": 1 << 20}, cpu]), None)
        wanted = f"{1 << 30}, {1 << 30}"
        for applied, message in (
            ([cpu], f"RLIMIT_DATA is -1, -1 in place of {wanted}"),
            ([data], "RLIMIT_CPU is -1, -1 in place of 5, 6"),
            ([data, {**cpu, "soft": 6}], "RLIMIT_CPU is 6, 6 in place of 5, 6"),
            ([data, {**cpu, "hard": 7}], "RLIMIT_CPU is 5, 7 in place of 5, 6"),
        ):
            with self.subTest(applied=applied):
                self.assertEqual(self.judge(applied), ("rlimits", message))


class ByWorkdir(JailCase):
    ORDERS = {"kind": "tmpfs", "sizeBytes": (1 << 20) + 1, "inodes": 100}

    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory(prefix="pungi-place-")
        self.addCleanup(place.cleanup)
        self.place = place.name

    def in_directory(self, spoil: Callable[[], None]) -> Any:
        def work() -> Any:
            os.mkdir(f"{self.place}/work", 0o700)
            os.chdir(f"{self.place}/work")
            spoil()
            return verdict("workdir", {"workdir": {"kind": "directory"}}, self.place)

        try:
            return self.run_in_child(work)
        finally:
            os.rmdir(f"{self.place}/work")

    def test_the_directory_is_the_ordered_one(self) -> None:
        self.assertEqual(self.in_directory(lambda: None), None)
        elsewhere = ("workdir", "the current directory is not the workdir")
        self.assertEqual(self.in_directory(lambda: os.chdir("/")), elsewhere)
        opened = ("workdir", f"the workdir is of uid {os.getuid()} and mode 750")
        self.assertEqual(self.in_directory(lambda: os.chmod(".", 0o750)), opened)

    @unittest.skipIf(os.getuid(), "only root can make what is another's")
    def test_the_directory_is_the_workers_own(self) -> None:
        taken = ("workdir", "the workdir is of uid 65534 and mode 700")
        self.assertEqual(self.in_directory(lambda: os.chown(".", 65534, 65534)), taken)

    def on_tmpfs(self, options: str, flags: int = root.MS_NOSUID | root.MS_NODEV) -> Any:
        def work() -> Any:
            become_privileged()
            try:
                namespaces.unshare(["mount"])
                root._mount(None, "/", None, root.MS_REC | root.MS_PRIVATE)
                root._mount("tmpfs", self.place, "tmpfs", flags, options)
                os.mkdir(f"{self.place}/work", 0o700)
            except OSError as error:
                raise Missing(f"no tmpfs in a mount namespace of its own: {error}") from None
            os.chdir(f"{self.place}/work")
            return verdict("workdir", {"workdir": self.ORDERS}, self.place)

        return self.run_in_child(work)

    def test_the_tmpfs_is_capped_as_ordered(self) -> None:
        self.assertEqual(self.on_tmpfs("size=1048577,nr_inodes=100"), None)
        for options, seen in (
            ("size=2m,nr_inodes=100", "2097152 bytes and 100 inodes"),
            ("size=1m,nr_inodes=101", "1048576 bytes and 101 inodes"),
            ("size=1m,nr_inodes=0", "1048576 bytes and 0 inodes"),
            ("size=0,nr_inodes=100", "0 bytes and 100 inodes"),
        ):
            with self.subTest(options=options):
                message = f"the workdir has {seen} in place of 1048577 bytes and 100 inodes"
                self.assertEqual(self.on_tmpfs(options), ("workdir", message))

    @unittest.skipIf(os.getuid(), "a user namespace of its own forbids both by itself")
    def test_the_tmpfs_holds_no_devices_and_no_set_id_programs(self) -> None:
        loose = ("workdir", "the workdir allows devices or set-id programs")
        for flags in (0, root.MS_NOSUID, root.MS_NODEV):
            with self.subTest(flags=flags):
                self.assertEqual(self.on_tmpfs("size=1m,nr_inodes=100", flags), loose)


class Names(unittest.TestCase):
    def test_every_proof_has_its_control_here(self) -> None:
        here = [proof for proof, _, _ in BY_SECCOMP] + ["file", "capabilities", "new-privileges", "rlimits", "workdir"]
        self.assertEqual(sorted(here), sorted([*proofs._PROOFS, *proofs._READ_BACK]))

    def test_a_proof_that_nobody_knows_is_an_error(self) -> None:
        with self.assertRaises(KeyError):
            proofs.check(["unheard-of"], {}, "")


if __name__ == "__main__":
    unittest.main()
