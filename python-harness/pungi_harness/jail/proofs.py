"""What a worker tries from inside before it reports ready: each must be refused by the kernel.

A proof that succeeds in doing the forbidden thing, or fails for another reason than a refusal, ends the worker.
"""

from __future__ import annotations

import os

import _socket

from .. import syscalls
from . import namespaces, privileges
from .failure import JailFailure

EPERM, ENOENT, EAGAIN, EACCES, EROFS = 1, 2, 11, 13, 30
SECCOMP_MODE_FILTER = 2


def check(names: list[str]) -> None:
    for name in names:
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
    if parent == 0 and os.getpid() == 1:
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
