from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
import unittest

from pungi_harness import probe, probe_cgroup, probe_kernel, probe_namespaces

LINUX = sys.platform.startswith("linux")


def run_probe(*options):
    command = [sys.executable, "-I", "-X", "utf8", *options, probe.__file__, tempfile.gettempdir(), ""]
    return subprocess.run(command, capture_output=True, check=False, timeout=30)


class AnswerTest(unittest.TestCase):
    def test_one_marked_line_and_nothing_on_stderr(self):
        ended = run_probe("-W", "error", "-X", "dev")
        self.assertEqual((ended.returncode, ended.stderr), (0, b""))
        lines = ended.stdout.decode("ascii").strip().split("\n")
        self.assertEqual(len(lines), 1)
        self.assertTrue(lines[0].startswith(probe.BEGIN) and lines[0].endswith(probe.END))

    def test_the_interpreter_is_this_one(self):
        text = run_probe().stdout.decode("ascii").strip()
        python = json.loads(text[len(probe.BEGIN) : -len(probe.END)])["python"]
        path = subprocess.run(
            [sys.executable, "-I", "-c", "import sys, json; print(json.dumps(sys.path))"],
            capture_output=True,
            check=True,
            timeout=30,
        )
        self.assertEqual(python["sysPath"], json.loads(path.stdout))
        self.assertEqual(python["version"], list(sys.version_info[:3]))
        self.assertEqual(python["executable"], os.path.realpath(sys.executable))
        self.assertEqual(python["missingModules"], [])

    def test_no_bytecode_is_written_beside_the_harness(self):
        package = os.path.dirname(probe.__file__)
        before = self.bytecode(package)
        run_probe()
        self.assertEqual(self.bytecode(package), before)

    @staticmethod
    def bytecode(package):
        cache = os.path.join(package, "__pycache__")
        return sorted(os.listdir(cache)) if os.path.isdir(cache) else []

    def test_an_interpreter_that_lacks_a_module_says_which(self):
        self.assertFalse(probe.can_import("pungi_no_such_module"))
        self.assertTrue(probe.can_import("select"))


@unittest.skipUnless(LINUX, "the kernel features are those of Linux")
class KernelTest(unittest.TestCase):
    def setUp(self):
        self.kernel = probe_kernel.Kernel()

    def test_a_refused_call_is_an_oserror_with_its_errno(self):
        with self.assertRaises(OSError) as caught:
            self.kernel.mount("nothing", "/nonexistent/place", "tmpfs", 0)
        self.assertIn(caught.exception.errno, (errno.ENOENT, errno.EPERM))

    def test_a_step_names_itself_and_the_errno(self):
        with self.assertRaises(probe_kernel.StepFailed) as caught:
            with probe_kernel.Step("open it"):
                os.open("/nonexistent/place", os.O_RDONLY)
        self.assertEqual(str(caught.exception), "open it: ENOENT")

    def test_in_child_tells_every_ending(self):
        def refuse():
            raise probe_kernel.StepFailed("step: EPERM")

        cases = (
            (lambda: None, None),
            (refuse, "step: EPERM"),
            (lambda: {}["x"], "KeyError: 'x'"),
            (lambda: sys.exit(3), "SystemExit: 3"),
            (lambda: os.kill(os.getpid(), 9), "the attempt died with wait status 9"),
        )
        for work, expected in cases:
            with self.subTest(expected=expected):
                self.assertEqual(probe_kernel.in_child(self.kernel, work), expected)

    def test_a_filter_is_loaded_in_the_child_only(self):
        before = probe_kernel.read_text("/proc/self/status")
        absence = probe_kernel.seccomp_absence(self.kernel)
        after = probe_kernel.read_text("/proc/self/status")
        if "\nSeccomp:" not in before:
            self.skipTest("the kernel is built without seccomp")
        self.assertEqual(absence, None)
        self.assertEqual(self.line(after, "Seccomp:"), self.line(before, "Seccomp:"))
        self.assertEqual(self.line(after, "NoNewPrivs:"), self.line(before, "NoNewPrivs:"))

    @staticmethod
    def line(text, name):
        return [line for line in text.splitlines() if line.startswith(name)]

    def test_landlock_is_a_number_or_a_reason(self):
        abi, reason = probe_kernel.landlock_abi(self.kernel)
        listed = "landlock" in probe_kernel.read_text("/sys/kernel/security/lsm")
        self.assertEqual(abi > 0, reason is None)
        if listed:
            self.assertGreaterEqual(abi, 1)


@unittest.skipUnless(LINUX, "namespaces are those of Linux")
class NamespacesTest(unittest.TestCase):
    def setUp(self):
        self.kernel = probe_kernel.Kernel()
        self.switch_ids = probe_kernel.may_switch_ids(self.kernel)

    def test_nothing_of_it_is_left(self):
        before = probe_kernel.read_text("/proc/self/mountinfo")
        open_before = os.listdir("/proc/self/fd")
        probe_namespaces.namespaces_absence(self.kernel, self.switch_ids, tempfile.gettempdir())
        self.assertEqual(probe_kernel.read_text("/proc/self/mountinfo"), before)
        self.assertEqual(os.listdir("/proc/self/fd"), open_before)

    def test_it_names_the_step_that_failed(self):
        reason = probe_namespaces.namespaces_absence(self.kernel, self.switch_ids, "/nonexistent/place")
        working = probe_namespaces.namespaces_absence(self.kernel, self.switch_ids, tempfile.gettempdir())
        if working is not None:
            self.skipTest("no namespaces here: %s" % working)
        self.assertEqual((reason or "").split("; ")[0], "mount tmpfs on /nonexistent/place: ENOENT")

    def test_a_limit_of_no_namespaces_is_the_reason(self):
        def forbid_and_try():
            uid, gid = os.geteuid(), os.getegid()
            proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
            self.kernel.checked("unshare", probe_namespaces.CLONE_NEWUSER)
            probe_namespaces.map_own_ids(proc, uid, gid)
            with open("/proc/sys/user/max_user_namespaces", "w", encoding="ascii") as limit:
                limit.write("0")
            reason = probe_namespaces.namespaces_absence(self.kernel, False, tempfile.gettempdir())
            raise probe_kernel.StepFailed("found: %s" % reason)

        reason = probe_kernel.in_child(self.kernel, forbid_and_try) or "it came to its end"
        if not reason.startswith("found: "):
            self.skipTest("the limit cannot be set here: %s" % reason)
        self.assertIn("unshare(user, mount, net, ipc, uts, pid): ENOSPC", reason)
        self.assertIn("user.max_user_namespaces is 0", reason)


V1_MOUNTS = (
    "30 20 0:26 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n"
    "31 20 0:27 /docker/ab /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids\n"
)


class CgroupTest(unittest.TestCase):
    def test_groups_and_mounts_are_read(self):
        groups = probe_cgroup.own_groups("4:memory:/a/b\n3:cpu,cpuacct:/c\n0::/user.slice\n")
        self.assertEqual(groups, {"memory": "/a/b", "cpu": "/c", "cpuacct": "/c", "": "/user.slice"})
        mounts = probe_cgroup.cgroup_mounts(V1_MOUNTS + "32 20 0:28 / /unified rw - cgroup2 cgroup2 rw\n")
        self.assertEqual(mounts["memory"], ("/", "/sys/fs/cgroup/memory"))
        self.assertEqual(mounts["pids"], ("/docker/ab", "/sys/fs/cgroup/pids"))
        self.assertEqual(mounts[""], ("/", "/unified"))

    def test_the_directory_of_a_group(self):
        cases = (
            (("/a/b", ("/", "/sys/m")), "/sys/m/a/b"),
            (("/", ("/", "/sys/m")), "/sys/m"),
            (("/docker/ab", ("/docker/ab", "/sys/m")), "/sys/m"),
            (("/docker/ab/c", ("/docker/ab", "/sys/m")), "/sys/m/c"),
            (("/docker/abc", ("/docker/ab", "/sys/m")), None),
            (("/../other", ("/", "/sys/m")), None),
            ((None, ("/", "/sys/m")), None),
            (("/a", None), None),
        )
        for arguments, expected in cases:
            with self.subTest(arguments=arguments):
                self.assertEqual(probe_cgroup.group_directory(*arguments), expected)

    def test_no_mount_is_a_reason(self):
        facts = probe_cgroup.cgroup_facts("0::/\n", "20 1 0:1 / / rw - ext4 /dev/vda rw\n")
        self.assertEqual(facts, (None, "no cgroup file system is mounted"))

    def test_version_2_without_delegation_names_each_directory(self):
        with tempfile.TemporaryDirectory() as top:
            inner = os.path.join(top, "app", "node")
            os.makedirs(inner)
            self.fill(top, "cgroup.controllers", "cpu memory pids")
            for directory in (top, os.path.dirname(inner), inner):
                self.fill(directory, "cgroup.subtree_control", "cpu")
            mount = "30 20 0:26 / %s rw - cgroup2 cgroup2 rw\n" % top
            facts, reason = probe_cgroup.cgroup_facts("0::/app/node\n", mount)
            unhanded = "%s does not hand down memory and pids (cgroup.subtree_control)"
            self.assertEqual(facts, None)
            self.assertEqual(reason, "; ".join(unhanded % d for d in (inner, os.path.dirname(inner), top)))

    def test_version_2_without_the_controllers(self):
        with tempfile.TemporaryDirectory() as top:
            self.fill(top, "cgroup.controllers", "hugetlb pids")
            mount = "30 20 0:26 / %s rw - cgroup2 cgroup2 rw\n" % top
            self.assertEqual(
                probe_cgroup.cgroup_facts("0::/\n", mount), (None, "%s has no controller memory" % top)
            )

    def test_a_directory_that_is_no_control_group_is_refused_and_left_as_it_was(self):
        with tempfile.TemporaryDirectory() as top:
            with self.assertRaises(probe_kernel.StepFailed) as caught:
                probe_cgroup.make_and_remove(top, 2, probe_cgroup.CONTROLLERS)
            self.assertRegex(str(caught.exception), r"^write .*/pungi-probe-\d+/memory\.max: ENOENT$")
            self.assertEqual(os.listdir(top), [])

    def test_what_is_found_here_is_left_clean(self):
        facts, reason = probe_cgroup.cgroup_facts()
        if facts is None:
            self.skipTest("no writable control group: %s" % reason)
        for directory in facts["directories"].values():
            self.assertEqual([name for name in os.listdir(directory) if str(os.getpid()) in name], [])

    @staticmethod
    def fill(directory, name, text):
        with open(os.path.join(directory, name), "w", encoding="ascii") as file:
            file.write(text + "\n")


if __name__ == "__main__":
    unittest.main()
