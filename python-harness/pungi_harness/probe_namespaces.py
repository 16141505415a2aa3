"""Builds the private root of level `full` once, in a child, the way the harness will, and says what refused.

The order is that of the harness: six namespaces unshared at once, ids mapped (by the child itself, or by a
privileged parent with two extents), a tmpfs as root, a read-only bind, pivot_root, a pid 1, and from that
process the user and mount namespace of a worker. Nothing of it outlives the child.
"""

from __future__ import annotations

import os

from pungi_harness.probe_kernel import UNPRIVILEGED_ID, Step, StepFailed, in_child, read_text

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND = 1, 2, 4, 32, 4096
MS_REC, MS_PRIVATE, MS_RELATIME = 1 << 14, 1 << 18, 1 << 21
MNT_DETACH = 2
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}


def write_at(directory, name, text):
    with Step("write /proc/%s" % name):
        descriptor = os.open(name, os.O_WRONLY | os.O_CLOEXEC, dir_fd=directory)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)


def map_own_ids(proc, uid, gid):
    write_at(proc, "self/setgroups", "deny")
    write_at(proc, "self/uid_map", "1000 %d 1" % uid)
    write_at(proc, "self/gid_map", "1000 %d 1" % gid)


def locked_flags(path):
    """A mount copied into a user namespace keeps these: a remount without them is refused (mount_namespaces(7))."""
    flags = os.statvfs(path).f_flag
    return flags & (2 | 4 | 8 | 1024 | 2048) | (MS_RELATIME if flags & 4096 else 0)


def build_root(kernel, mount_point):
    with Step("mount / as private"):
        kernel.mount(None, "/", None, MS_REC | MS_PRIVATE)
    # Opened after unshare and before the tmpfs, which may hide it: the mount must be one of this namespace.
    library = os.open(os.path.realpath(os.path.dirname(os.__file__)), os.O_RDONLY | os.O_DIRECTORY)
    with Step("mount tmpfs on %s" % mount_point):
        kernel.mount("tmpfs", mount_point, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,nr_inodes=64,mode=755")
    for name in ("library", "work", "old"):
        os.mkdir(os.path.join(mount_point, name))
    target = os.path.join(mount_point, "library")
    with Step("mount bind"):
        kernel.mount("/proc/self/fd/%d" % library, target, None, MS_BIND | MS_REC)
    os.close(library)
    with Step("mount bind read-only"):
        kernel.mount(None, target, None, MS_REMOUNT | MS_BIND | MS_RDONLY | locked_flags(target))
    with Step("pivot_root"):
        number = kernel.ctypes.c_long(PIVOT_ROOT[os.uname().machine])
        old = os.path.join(mount_point, "old")
        kernel.checked("syscall", number, os.fsencode(mount_point), os.fsencode(old))
        os.chdir("/")
    with Step("umount the old root"):
        kernel.checked("umount2", b"/old", MNT_DETACH)


def namespaces_absence(kernel, switch_ids, mount_point):
    """None when a private root with six namespaces, a pid 1 and a nested pair was built, else the reason."""
    uid, gid = os.geteuid(), os.getegid()
    unshared_read, unshared_write = os.pipe()
    mapped_read, mapped_write = os.pipe()

    def nested(proc, inside_uid, inside_gid):
        if os.getpid() != 1:
            raise StepFailed("fork of pid 1: the child has pid %d" % os.getpid())
        with Step("unshare(user, mount) of a worker"):
            kernel.checked("unshare", CLONE_NEWUSER | CLONE_NEWNS)
        map_own_ids(proc, inside_uid, inside_gid)
        with Step("mount tmpfs of a worker"):
            kernel.mount("tmpfs", "/work", "tmpfs", MS_NOSUID | MS_NODEV, "size=64k,nr_inodes=8")

    def build():
        os.close(mapped_write)
        with Step("open /proc"):
            proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        six = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWPID
        with Step("unshare(user, mount, net, ipc, uts, pid)"):
            kernel.checked("unshare", six)
        if switch_ids:
            os.write(unshared_write, b"u")
            answer = os.read(mapped_read, 1000).decode()
            if answer != "ok":
                raise StepFailed(answer or "the id map was not written")
        else:
            map_own_ids(proc, uid, gid)
        with Step("build the private root"):
            build_root(kernel, mount_point)
        inside = (os.geteuid(), os.getegid())
        with Step("fork of pid 1"):
            reason = in_child(kernel, lambda: nested(proc, *inside))
        if reason is not None:
            raise StepFailed(reason)

    def map_two_extents(pid):
        os.close(unshared_write)
        if not switch_ids or not os.read(unshared_read, 1):
            return
        answer = "ok"
        try:
            with Step("open /proc"):
                proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            for name, own in (("uid_map", uid), ("gid_map", gid)):
                write_at(proc, "%d/%s" % (pid, name), "0 %d 1\n1000 %d 1\n" % (own, UNPRIVILEGED_ID))
            os.close(proc)
        except StepFailed as error:
            answer = str(error)
        os.write(mapped_write, answer.encode())

    reason = in_child(kernel, build, map_two_extents)
    for descriptor in (unshared_read, mapped_read, mapped_write):
        os.close(descriptor)
    return None if reason is None else "; ".join([reason] + restrictions())


def restrictions():
    """What on this machine is known to forbid user namespaces, in the words that `fixes.ts` looks for."""
    found = []
    for name, forbids in (
        ("kernel.unprivileged_userns_clone", "0"),
        ("kernel.apparmor_restrict_unprivileged_userns", "1"),
        ("user.max_user_namespaces", "0"),
    ):
        if read_text("/proc/sys/" + name.replace(".", "/")).strip() == forbids:
            found.append("%s is %s" % (name, forbids))
    if "\nSeccomp:\t2" in read_text("/proc/self/status"):
        found.append("a seccomp filter is already in force")
    return found
