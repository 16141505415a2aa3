"""What a worker tries and looks at from inside before it reports ready.

What is forbidden must be refused by the kernel: a proof that succeeds in doing it, or fails for another reason than a
refusal, ends the worker. What is ordered must read back as it was ordered, or less.
"""

from __future__ import annotations

import os
import resource

import _socket

from .. import syscalls
from . import namespaces, privileges
from .failure import JailFailure

EPERM, ENOENT, EAGAIN, EACCES, EROFS = 1, 2, 11, 13, 30


def check(names: list[str], orders: dict, place: str) -> None:
    for name in names:
        if name in _READ_BACK:
            _READ_BACK[name](orders, place)
        else:
            _PROOFS[name]()


def _refused(proof: str, attempt: object, *errnos: int) -> None:
    try:
        attempt()  # type: ignore[operator]
    except OSError as error:
        if error.errno in errnos:
            return
        raise JailFailure(proof, f"the proof '{proof}' failed for another reason: {error}") from None
    raise JailFailure(proof, f"the proof '{proof}' was not refused: the layer does not hold")


def _file() -> None:
    # `/` exists everywhere and everybody may list it: only Landlock refuses.
    _refused("file", lambda: os.close(os.open("/", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)), EACCES)
    canary = "/pungi-canary"
    flags = os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC
    _refused("file", lambda: os.close(os.open(canary, flags, 0o600)), EACCES, EROFS)


def _socket_() -> None:
    _refused("socket", lambda: _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM).close(), EPERM)
    _unix()


def _unix() -> None:
    _refused("unix-socket", lambda: _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM).close(), EPERM)


def _signal() -> None:
    parent = os.getppid()
    # In a pid namespace of its own a worker's parent has no number: there is nothing to name.
    if parent == 0:
        return
    _refused("signal", lambda: os.kill(parent, 0), EPERM)


def _namespace() -> None:
    _refused("namespace", lambda: namespaces.unshare(["user"]), EPERM)


def _mount() -> None:
    # Not `/`: where the layers failed and rights are left, that would make the host's root read-only.
    _refused("mount", lambda: syscalls.call("umount2", b".\0", 0), EPERM)


def _ptrace() -> None:
    _refused("ptrace", lambda: syscalls.call("ptrace", syscalls.PTRACE_TRACEME, 0, 0, 0), EPERM)


def _fork() -> None:
    def attempt() -> None:
        if os.fork() == 0:
            os._exit(0)

    _refused("fork", attempt, EPERM, EAGAIN)


def _exec() -> None:
    _refused("exec", lambda: os.execv("/", ["/"]), EPERM)


def _capabilities() -> None:
    if privileges.has_capabilities():
        raise JailFailure("capabilities", "capabilities are left in the worker")


def _new_privileges() -> None:
    if syscalls.prctl(syscalls.PR_GET_NO_NEW_PRIVS) != 1:
        raise JailFailure("new-privileges", "no_new_privs is not set")


def _rlimits(orders: dict, place: str) -> None:
    for order in orders["rlimits"]:
        name = "RLIMIT_" + order["name"]
        soft, hard = resource.getrlimit(getattr(resource, name))
        # No limit at all is -1.
        if not (0 <= soft <= order["soft"] and 0 <= hard <= order["hard"]):
            raise JailFailure("rlimits", f"{name} is {soft}, {hard} in place of {order['soft']}, {order['hard']}")


def _workdir(orders: dict, place: str) -> None:
    here, work = os.stat("."), os.stat(f"{place}/work")
    if (here.st_dev, here.st_ino) != (work.st_dev, work.st_ino):
        raise JailFailure("workdir", "the current directory is not the workdir")
    if work.st_uid != os.getuid() or work.st_mode & 0o777 != 0o700:
        raise JailFailure("workdir", f"the workdir is of uid {work.st_uid} and mode {work.st_mode & 0o777:o}")
    if orders["workdir"]["kind"] == "tmpfs":
        _tmpfs(orders["workdir"], os.statvfs("."))


def _tmpfs(orders: dict, seen: os.statvfs_result) -> None:
    size = seen.f_blocks * seen.f_frsize
    # The kernel rounds up to whole pages; 0 of either is no cap.
    if not (0 < size < orders["sizeBytes"] + seen.f_frsize and 0 < seen.f_files <= orders["inodes"]):
        wanted = f"{orders['sizeBytes']} bytes and {orders['inodes']} inodes"
        raise JailFailure("workdir", f"the workdir has {size} bytes and {seen.f_files} inodes in place of {wanted}")
    if seen.f_flag & (os.ST_NOSUID | os.ST_NODEV) != os.ST_NOSUID | os.ST_NODEV:
        raise JailFailure("workdir", "the workdir allows devices or set-id programs")


_READ_BACK = {"rlimits": _rlimits, "workdir": _workdir}

_PROOFS = {
    "file": _file,
    "socket": _socket_,
    "unix-socket": _unix,
    "signal": _signal,
    "namespace": _namespace,
    "mount": _mount,
    "ptrace": _ptrace,
    "fork": _fork,
    "exec": _exec,
    "capabilities": _capabilities,
    "new-privileges": _new_privileges,
}
