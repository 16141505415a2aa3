"""Landlock: files by directory tree, TCP from ABI 4, scopes of signals and abstract sockets from ABI 6.

Theory of operation. The plan names rights by bit and already knows the ABI. Rules are bound to the objects that
the paths name when the zygote opens them; each worker makes a ruleset of them and of its own directory. Restricting is one-way and inherited by every child. A ruleset with a path rule refuses
`/` itself, which always exists and is readable by all: opening it is the proof.
"""

from __future__ import annotations

import os
import stat

from .. import syscalls

RULE_PATH_BENEATH = 1
WORKDIR = "$workdir"
# EXECUTE, WRITE_FILE, READ_FILE, TRUNCATE and IOCTL_DEV: the kernel refuses the others on a path that is no directory.
FILE_RIGHTS = 1 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15


def open_rules(orders: dict) -> list[bytes]:
    """The rules that are the same for all workers, bound to objects that stay open: once, in the zygote."""
    rules = []
    for rule in orders["rules"]:
        if rule["path"] != WORKDIR:
            target = os.open(rule["path"], os.O_PATH | os.O_CLOEXEC)
            is_directory = stat.S_ISDIR(os.fstat(target).st_mode)
            rules.append(_rule(rule["allowed"] if is_directory else rule["allowed"] & FILE_RIGHTS, target))
    return rules


def create(orders: dict, rules: list[bytes]) -> int:
    """A ruleset with those rules."""
    # struct landlock_ruleset_attr grew with the ABI: { u64 fs } , { u64 net } from 4, { u64 scoped } from 6.
    attributes = orders["handledFs"].to_bytes(8, "little")
    if orders["abi"] >= 4:
        attributes += orders["handledNet"].to_bytes(8, "little")
    if orders["abi"] >= 6:
        attributes += orders["scoped"].to_bytes(8, "little")
    ruleset = syscalls.call("landlock_create_ruleset", attributes, len(attributes), 0)
    for rule in rules:
        syscalls.call("landlock_add_rule", ruleset, RULE_PATH_BENEATH, rule, 0)
    return ruleset


def apply(ruleset: int, orders: dict, workdir: str) -> None:
    """Add the rules of this worker's own directory, restrict, and close the ruleset."""
    target = os.open(workdir, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    add_workdir(ruleset, orders, target)
    os.close(target)
    syscalls.call("landlock_restrict_self", ruleset, 0)
    os.close(ruleset)


def add_workdir(ruleset: int, orders: dict, workdir: int) -> None:
    """The rules of a worker's own directory, given as a descriptor."""
    for rule in orders["rules"]:
        if rule["path"] == WORKDIR:
            syscalls.call("landlock_add_rule", ruleset, RULE_PATH_BENEATH, _rule(rule["allowed"], workdir), 0)


def _rule(allowed: int, target: int) -> bytes:
    # struct landlock_path_beneath_attr { u64 allowed_access; s32 parent_fd; } packed
    return allowed.to_bytes(8, "little") + target.to_bytes(4, "little")
