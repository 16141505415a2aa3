"""User, mount, net, ipc, uts and pid namespaces.

Theory of operation. The zygote unshares all six at once. Ids are mapped by itself (unprivileged: one id) or
by the supervisor (privileged: its own id, and 1000 for a host id that owns nothing). Its pid namespace holds
only its children, so it forks once more and goes on as pid 1 there. For each worker it unshares a further pid
namespace, forks, and goes back to its own by `setns` on a pidfd; the worker is init of its namespace, so that
its death ends all its descendants. A worker unshares a user and a mount namespace of its own: its processes are
then counted apart (RLIMIT_NPROC is per user namespace), and its workdir is mounted where no other sees it.
"""

from __future__ import annotations

import os

from .. import syscalls

CLONE = {
    "mount": 0x00020000,
    "uts": 0x04000000,
    "ipc": 0x08000000,
    "user": 0x10000000,
    "pid": 0x20000000,
    "net": 0x40000000,
}


def unshare(names: list[str]) -> None:
    flags = 0
    for name in names:
        flags |= CLONE[name]
    syscalls.call("unshare", flags)


def open_proc() -> int:
    """The host's /proc, kept by the zygote to write id maps: the jail has no /proc of its own."""
    return os.open("/proc", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)


def write_maps(proc: int, who: str, uid: list[dict[str, int]], gid: list[dict[str, int]], groups: str) -> None:
    """Write the id maps of process `who` (a pid or `self`)."""
    _write(proc, f"{who}/setgroups", groups)
    _write(proc, f"{who}/uid_map", _extents(uid))
    _write(proc, f"{who}/gid_map", _extents(gid))


def _extents(extents: list[dict[str, int]]) -> str:
    return "".join(f"{e['inside']} {e['outside']} 1\n" for e in extents)


def _write(directory: int, path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC, dir_fd=directory)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def fork_into_pid_namespace(own: int) -> int:
    """Fork a child that is init of a new pid namespace; `own` is a pidfd of this process."""
    syscalls.call("unshare", CLONE["pid"])
    pid = -1
    try:
        pid = os.fork()
    finally:
        # Not in the child; but also where there is none.
        if pid:
            syscalls.call("setns", own, CLONE["pid"])
    return pid


def fork_beside(member: int, own: int) -> int:
    """Fork a child into the pid namespace of another; both are given as pidfds, `own` of this process."""
    pid = -1
    try:
        syscalls.call("setns", member, CLONE["pid"])
        pid = os.fork()
    finally:
        if pid:
            syscalls.call("setns", own, CLONE["pid"])
    return pid


def enter_own(proc: int, uid: int, gid: int) -> None:
    """Give the worker a user and a mount namespace of its own, in which it keeps the ids it has."""
    # A change of ids makes a process undumpable, and /proc/self of such a one belongs to root.
    syscalls.prctl(syscalls.PR_SET_DUMPABLE, 1)
    unshare(["user", "mount"])
    write_maps(proc, "self", [{"inside": uid, "outside": uid}], [{"inside": gid, "outside": gid}], "deny")


def offer_to_memory_killer(proc: int) -> None:
    """When memory runs out the kernel is to choose this process, before zygote and supervisor."""
    _write(proc, "self/oom_score_adj", "1000")


def set_hostname(name: str) -> None:
    syscalls.call("sethostname", name.encode(), len(name))
