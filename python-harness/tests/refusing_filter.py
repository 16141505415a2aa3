"""Loads a seccomp program that refuses a few calls with an errno and allows all others. Not a test.

`python3 -m tests.refusing_filter CALL[,CALL...] COMMAND...` runs a command so.
"""
from __future__ import annotations

import os
import struct
import sys
from typing import Iterable

from pungi_harness import syscalls
from pungi_harness.jail import privileges, seccomp

LOAD, JUMP_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
EPERM = 1
PR_GET_SECCOMP = 21
# name: (x86-64, arm64); a call that an architecture lacks is None
NUMBERS = {
    "socket": (41, 198),
    "clone": (56, 220),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "kill": (62, 129),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "ptrace": (101, 117),
    "umount2": (166, 39),
    "fchmodat": (268, 53),
    "unshare": (272, 97),
    "utimensat": (280, 88),
    "clone3": (435, 435),
    "landlock_create_ruleset": (444, 444),
    "fchmodat2": (452, 452),
}


def refuse(names: Iterable[str], first_argument: int | None = None, errno: int = EPERM) -> None:
    """For this process and its children, for good; with `first_argument`, only calls that have it."""
    numbers = [number for number in map(number_of, names) if number is not None]
    privileges.forbid_new_privileges()
    seccomp.apply({"pidSlots": [], "asks": False}, assemble(numbers, first_argument, errno))


def number_of(name: str) -> int | None:
    return NUMBERS[name][1 if os.uname().machine in ("aarch64", "arm64") else 0]


def assemble(numbers: list[int], first_argument: int | None, errno: int = EPERM) -> bytes:
    # struct sock_filter { u16 code; u8 jt; u8 jf; u32 k; }; struct seccomp_data { int nr; u32 arch; u64 ip; u64 args[6]; }
    allow = len(numbers)
    code = [(LOAD, 0, 0, 0)]
    code += [(JUMP_EQUAL, allow - index, 0, number) for index, number in enumerate(numbers)]
    code += [(RETURN, 0, 0, ALLOW)]
    if first_argument is not None:
        code += [(LOAD, 0, 0, 16), (JUMP_EQUAL, 1, 0, first_argument), (RETURN, 0, 0, ALLOW)]
    code += [(RETURN, 0, 0, REFUSE | errno)]
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in code)


def is_missing() -> str:
    """Why no filter can be loaded here; empty when one can."""
    try:
        syscalls.prctl(PR_GET_SECCOMP)
    except OSError as error:
        return f"the kernel has no seccomp: {error}"
    return ""


if __name__ == "__main__":
    refuse(sys.argv[1].split(","))
    os.execvp(sys.argv[2], sys.argv[2:])
