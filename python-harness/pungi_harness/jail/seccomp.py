"""seccomp: load the default-deny program that the plan carries.

The program is assembled and tested in `src/plan/seccomp`; here only the worker's own pid is filled in.
It is the last layer: it refuses the calls that apply the others.
"""

from __future__ import annotations

import os

from .. import syscalls

SET_MODE_FILTER = 1
# The call gives a descriptor that hears of the calls which the program asks about.
NEW_LISTENER = 1 << 3
INSTRUCTION = 8


def apply(orders: dict, program: bytes) -> int:
    """The descriptor that hears what the program asks, -1 where it asks nothing."""
    patched = bytearray(program)
    for slot in orders["pidSlots"]:
        # struct sock_filter { u16 code; u8 jt; u8 jf; u32 k; }
        patched[slot * INSTRUCTION + 4 : (slot + 1) * INSTRUCTION] = os.getpid().to_bytes(4, "little")
    filters = syscalls.pinned(bytes(patched))
    # struct sock_fprog { unsigned short len; struct sock_filter *filter; }
    header = (len(patched) // INSTRUCTION).to_bytes(8, "little") + syscalls.address(filters).to_bytes(8, "little")
    if orders["asks"]:
        return syscalls.call("seccomp", SET_MODE_FILTER, NEW_LISTENER, header)
    syscalls.call("seccomp", SET_MODE_FILTER, 0, header)
    return -1
