"""Landlock: files by directory tree, TCP from ABI 4, scopes of signals and abstract sockets from ABI 6.

Theory of operation. The plan names rights by bit and already knows the ABI. Rules are bound to the objects that
the paths name now. Restricting is one-way and inherited by every child. A ruleset with a path rule refuses
`/` itself, which always exists and is readable by all: opening it is the proof.
"""

from __future__ import annotations

import os
import stat

from .. import syscalls

RULE_PATH_BENEATH = 1
# EXECUTE, WRITE_FILE, READ_FILE, TRUNCATE and IOCTL_DEV: the kernel refuses the others on a path that is no directory.
FILE_RIGHTS = 1 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15


def apply(orders: dict, workdir: str) -> None:
    ruleset = create(orders)
    try:
        for rule in orders["rules"]:
            path = workdir if rule["path"] == "$workdir" else rule["path"]
            _allow(ruleset, path, rule["allowed"])
        syscalls.call("landlock_restrict_self", ruleset, 0)
    finally:
        os.close(ruleset)


def create(orders: dict) -> int:
    # struct landlock_ruleset_attr grew with the ABI: { u64 fs } , { u64 net } from 4, { u64 scoped } from 6.
    attributes = orders["handledFs"].to_bytes(8, "little")
    if orders["abi"] >= 4:
        attributes += orders["handledNet"].to_bytes(8, "little")
    if orders["abi"] >= 6:
        attributes += orders["scoped"].to_bytes(8, "little")
    return syscalls.call("landlock_create_ruleset", attributes, len(attributes), 0)


def _allow(ruleset: int, path: str, allowed: int) -> None:
    target = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(target).st_mode):
            allowed &= FILE_RIGHTS
        # struct landlock_path_beneath_attr { u64 allowed_access; s32 parent_fd; } packed
        rule = allowed.to_bytes(8, "little") + target.to_bytes(4, "little")
        syscalls.call("landlock_add_rule", ruleset, RULE_PATH_BENEATH, rule, 0)
    finally:
        os.close(target)
