"""The layers of the jail, each applied for real in a forked child: what they refuse, and what they leave."""
from __future__ import annotations

import errno
import os
import resource
import socket
import tempfile
import unittest
from typing import Any, Callable

from pungi_harness import syscalls
from pungi_harness.jail import landlock, limits, privileges, seccomp
from pungi_harness.jail.failure import JailFailure, layer

from . import refusing_filter
from .in_child import Missing, become_ordinary, become_privileged, in_child, outcome_of

READ_FILE, READ_DIR, WRITE_FILE, MAKE_REG, REMOVE_FILE = 1 << 2, 1 << 3, 1 << 1, 1 << 8, 1 << 5
ALL_OF_ABI_1 = 0x1FFF
LANDLOCK_VERSION_FLAG = 1


def landlock_abi() -> int:
    try:
        return syscalls.call("landlock_create_ruleset", None, 0, LANDLOCK_VERSION_FLAG)
    except OSError:
        return 0


class JailCase(unittest.TestCase):
    def run_in_child(self, work: Callable[[], Any]) -> Any:
        try:
            return in_child(work)
        except Missing as missing:
            return self.skipTest(str(missing))


@unittest.skipUnless(landlock_abi(), "the kernel has no Landlock")
class Landlock(JailCase):
    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory(prefix="pungi-landlock-")
        self.addCleanup(place.cleanup)
        self.work = os.path.join(place.name, "work")
        self.readable = os.path.join(place.name, "readable")
        self.hidden = os.path.join(place.name, "hidden")
        for directory in (self.work, self.readable, self.hidden):
            os.mkdir(directory)
            with open(os.path.join(directory, "file"), "wb") as file:
                file.write(b"text")

    def restrict(self, rules: list[dict], handled: int = ALL_OF_ABI_1, **net: int) -> None:
        orders = {"abi": 1, "handledFs": handled, "handledNet": 0, "scoped": 0, "rules": rules, **net}
        privileges.forbid_new_privileges()
        ruleset = landlock.create(orders, landlock.open_rules(orders))
        landlock.apply(ruleset, orders, self.work)

    def outcomes(self) -> list[Any]:
        def opened(path: str, flags: int) -> Any:
            return outcome_of(lambda: os.close(os.open(path, flags, 0o600)))

        return [
            opened("/", os.O_RDONLY | os.O_DIRECTORY),
            opened(f"{self.hidden}/file", os.O_RDONLY),
            opened(f"{self.readable}/file", os.O_RDONLY),
            opened(self.readable, os.O_RDONLY | os.O_DIRECTORY),
            opened(f"{self.readable}/file", os.O_WRONLY),
            opened(f"{self.readable}/new", os.O_WRONLY | os.O_CREAT),
            opened(f"{self.work}/file", os.O_WRONLY),
            opened(f"{self.work}/new", os.O_WRONLY | os.O_CREAT),
            outcome_of(lambda: os.unlink(f"{self.work}/file")),
            outcome_of(lambda: os.unlink(f"{self.hidden}/file")),
        ]

    def test_what_rules_allow_and_nothing_else(self) -> None:
        def work() -> Any:
            self.restrict(
                [
                    {"path": self.readable, "allowed": READ_FILE | READ_DIR},
                    {"path": "$workdir", "allowed": READ_FILE | READ_DIR | WRITE_FILE | MAKE_REG | REMOVE_FILE},
                ]
            )
            return self.outcomes()

        no = errno.EACCES
        self.assertEqual(in_child(work), [no, no, None, None, no, no, None, None, None, no])

    def test_without_it_everything_goes(self) -> None:
        self.assertEqual(in_child(self.outcomes), [None] * 10)

    def test_a_rule_on_a_file_is_cut_to_what_a_file_has(self) -> None:
        def work() -> Any:
            self.restrict([{"path": f"{self.hidden}/file", "allowed": ALL_OF_ABI_1}])
            return self.outcomes()[:3]

        self.assertEqual(in_child(work), [errno.EACCES, None, errno.EACCES])

    def test_children_inherit_it_and_no_descriptor_is_left(self) -> None:
        def work() -> Any:
            orders = {"abi": 1, "handledFs": ALL_OF_ABI_1, "rules": []}
            privileges.forbid_new_privileges()
            before = len(os.listdir("/proc/self/fd"))
            ruleset = landlock.create(orders, [])
            landlock.apply(ruleset, {**orders, "rules": []}, self.work)
            inner = in_child(lambda: outcome_of(lambda: os.listdir("/")))
            return outcome_of(lambda: os.fstat(ruleset)), inner, before > 0

        self.assertEqual(in_child(work), (errno.EBADF, errno.EACCES, True))

    def test_a_path_that_is_not_there_is_an_error(self) -> None:
        with self.assertRaises(FileNotFoundError):
            landlock.open_rules({"rules": [{"path": f"{self.work}/absent", "allowed": READ_FILE}]})

    @unittest.skipUnless(landlock_abi() >= 4, "Landlock below ABI 4 knows no TCP")
    def test_tcp(self) -> None:
        def work() -> Any:
            self.restrict([], handled=ALL_OF_ABI_1, abi=4, handledNet=3)
            with socket.socket() as end:
                return outcome_of(lambda: end.bind(("127.0.0.1", 0))), outcome_of(lambda: end.connect(("127.0.0.1", 1)))

        self.assertEqual(in_child(work), (errno.EACCES, errno.EACCES))

    @unittest.skipUnless(landlock_abi() >= 6, "Landlock below ABI 6 knows no scopes")
    def test_signals_to_processes_outside(self) -> None:
        def work() -> Any:
            before = outcome_of(lambda: os.kill(os.getppid(), 0))
            self.restrict([], abi=6, scoped=2)
            return before, outcome_of(lambda: os.kill(os.getppid(), 0)), outcome_of(lambda: os.kill(os.getpid(), 0))

        self.assertEqual(in_child(work), (None, errno.EPERM, None))


class Limits(JailCase):
    def test_they_take(self) -> None:
        def work() -> Any:
            names = ("NOFILE", "FSIZE", "CORE", "AS")
            values = (20, 4096, 0, 1 << 30)
            limits.apply([{"name": name, "soft": value, "hard": value} for name, value in zip(names, values)])
            taken = [resource.getrlimit(getattr(resource, f"RLIMIT_{name}")) for name in names]
            with tempfile.TemporaryFile() as file:
                too_large = outcome_of(lambda: os.pwrite(file.fileno(), bytes(10), 4096))
            too_many = outcome_of(lambda: [os.dup(0) for _ in range(30)])
            try:
                bytearray(2 << 30)
            except MemoryError:
                return taken, too_large, too_many, "MemoryError"
            return taken, too_large, too_many, None

        taken = [(20, 20), (4096, 4096), (0, 0), (1 << 30, 1 << 30)]
        self.assertEqual(in_child(work), (taken, errno.EFBIG, errno.EMFILE, "MemoryError"))

    def test_soft_and_hard_never_above_what_is_there(self) -> None:
        def work() -> Any:
            become_ordinary()
            found = []
            for soft, hard in ((30, 40), (10, 100), (35, 35)):
                limits.apply([{"name": "NOFILE", "soft": soft, "hard": hard}])
                found.append(resource.getrlimit(resource.RLIMIT_NOFILE))
            return found

        self.assertEqual(in_child(work), [(30, 40), (10, 40), (35, 35)])


class Privileges(JailCase):
    def test_capabilities_are_dropped(self) -> None:
        def work() -> Any:
            become_privileged()
            before = privileges.has_capabilities(), outcome_of(lambda: os.chroot("."))
            privileges.drop_capabilities()
            return before, (privileges.has_capabilities(), outcome_of(lambda: os.chroot(".")))

        self.assertEqual(self.run_in_child(work), ((True, None), (False, errno.EPERM)))

    def test_no_new_privileges(self) -> None:
        def work() -> Any:
            before = syscalls.prctl(syscalls.PR_GET_NO_NEW_PRIVS)
            privileges.forbid_new_privileges()
            return before, syscalls.prctl(syscalls.PR_GET_NO_NEW_PRIVS)

        if syscalls.prctl(syscalls.PR_GET_NO_NEW_PRIVS):
            self.skipTest("this process has no_new_privs already")
        self.assertEqual(in_child(work), (0, 1))

    @unittest.skipUnless(os.getuid() == 0, "only root can become another")
    def test_ids_are_changed_for_good(self) -> None:
        def work() -> Any:
            privileges.become(65534, 65533)
            ids = os.getresuid(), os.getresgid(), os.getgroups()
            return ids, privileges.has_capabilities(), outcome_of(lambda: os.setuid(0))

        self.assertEqual(in_child(work), (((65534,) * 3, (65533,) * 3, []), False, errno.EPERM))


@unittest.skipIf(refusing_filter.is_missing(), refusing_filter.is_missing())
class Seccomp(JailCase):
    def test_the_program_is_obeyed(self) -> None:
        def work() -> Any:
            attempt = lambda: os.kill(os.getpid(), 0)  # noqa: E731
            before = outcome_of(attempt)
            refusing_filter.refuse(["kill"])
            return before, outcome_of(attempt), outcome_of(lambda: os.close(os.open("/dev/null", os.O_RDONLY)))

        self.assertEqual(in_child(work), (None, errno.EPERM, None))

    def test_pid_slots_are_filled_with_the_own_pid(self) -> None:
        def work() -> Any:
            # What is filled in is the number that `kill` is compared with: only signals to oneself are refused.
            program = refusing_filter.assemble([refusing_filter.number_of("kill") or 0], first_argument=0)
            privileges.forbid_new_privileges()
            seccomp.apply({"pidSlots": [len(program) // seccomp.INSTRUCTION - 3], "asks": False}, program)
            return outcome_of(lambda: os.kill(os.getpid(), 0)), outcome_of(lambda: os.kill(os.getppid(), 0))

        self.assertEqual(in_child(work), (errno.EPERM, None))

    def test_a_program_that_the_kernel_does_not_take_is_an_error(self) -> None:
        def work() -> Any:
            privileges.forbid_new_privileges()
            return outcome_of(lambda: seccomp.apply({"pidSlots": [], "asks": False}, b"\xff" * 8))

        self.assertEqual(in_child(work), errno.EINVAL)


class Failure(unittest.TestCase):
    def test_any_error_names_its_layer(self) -> None:
        for error, message in (
            (OSError(1, "refused"), "PermissionError: [Errno 1] refused"),
            (KeyError("x"), "KeyError: 'x'"),
        ):
            with self.subTest(error=error):
                with self.assertRaises(JailFailure) as caught:
                    with layer("rlimits", "raise them"):
                        raise error
                self.assertEqual(caught.exception.as_data(), {"layer": "rlimits", "message": message, "hint": "raise them"})
                self.assertIs(caught.exception.__cause__, error)

    def test_a_failure_keeps_the_layer_that_it_names(self) -> None:
        with self.assertRaises(JailFailure) as caught:
            with layer("proofs"):
                raise JailFailure("file", "not refused")
        self.assertEqual(caught.exception.as_data(), {"layer": "file", "message": "not refused", "hint": ""})

    def test_what_is_no_error_passes(self) -> None:
        with layer("proofs"):
            pass
        with self.assertRaises(KeyboardInterrupt):
            with layer("proofs"):
                raise KeyboardInterrupt


if __name__ == "__main__":
    unittest.main()
