"""Ids, capabilities and no_new_privs."""

from __future__ import annotations

import os

from .. import syscalls

CAPABILITY_VERSION_3 = 0x20080522


def become(uid: int, gid: int) -> None:
    """Switch to unprivileged ids for good. setgroups is refused where the id map forbids it, and then not needed."""
    if os.getuid() == 0:
        os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    if os.getresuid() != (uid, uid, uid) or os.getresgid() != (gid, gid, gid):
        raise OSError(1, "the ids did not change")


def drop_capabilities() -> None:
    """Empty every set. With no_new_privs nothing can be gained back by exec, so the bounding set is moot."""
    syscalls.prctl(syscalls.PR_CAP_AMBIENT, syscalls.PR_CAP_AMBIENT_CLEAR_ALL)
    header = CAPABILITY_VERSION_3.to_bytes(4, "little") + bytes(4)
    syscalls.call("capset", header, bytes(24))


def has_capabilities() -> bool:
    header = CAPABILITY_VERSION_3.to_bytes(4, "little") + bytes(4)
    data = syscalls.pinned(bytes(24))
    syscalls.call("capget", header, syscalls.address(data))
    return any(bytes(data))


def forbid_new_privileges() -> None:
    syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)


def settle(uid: int, gid: int) -> None:
    """Take ids of a fresh user namespace, capabilities kept."""
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
