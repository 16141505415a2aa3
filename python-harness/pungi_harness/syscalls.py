"""Raw Linux system calls, each with its errno checked and named.

`_ctypes`, the C half of ctypes, is used without its Python half: importing `ctypes` costs 2.7 ms
of a cold start, `_ctypes` 0.2 ms (docs/decisions/0002-harness-imports.md).
"""

from __future__ import annotations

import _ctypes
import os

_NUMBERS = {
    # name: (x86-64, arm64)
    "read": (0, 63),
    "write": (1, 64),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "prctl": (157, 167),
    "clone": (56, 220),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "unshare": (272, 97),
    "setns": (308, 268),
    "sethostname": (170, 161),
    "capget": (125, 90),
    "capset": (126, 91),
    "ptrace": (101, 117),
    "seccomp": (317, 277),
    "close_range": (436, 436),
    "mount_setattr": (442, 442),
    "landlock_create_ruleset": (444, 444),
    "landlock_add_rule": (445, 445),
    "landlock_restrict_self": (446, 446),
}
_COLUMN = {"x86_64": 0, "aarch64": 1, "arm64": 1}

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_GET_NO_NEW_PRIVS = 39
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
PTRACE_TRACEME = 0


class _Long(_ctypes._SimpleCData):
    _type_ = "l"


class _Char(_ctypes._SimpleCData):
    _type_ = "c"


class _LongFunction(_ctypes.CFuncPtr):
    _flags_ = _ctypes.FUNCFLAG_CDECL | _ctypes.FUNCFLAG_USE_ERRNO
    _restype_ = _Long


_syscall = None
_known: dict[str, int] = {}


def _resolve() -> _LongFunction:
    global _syscall
    if _syscall is None:
        # None is the program itself; the stub does not know.
        program = _ctypes.dlopen(None, 0)  # type: ignore[arg-type]
        _syscall = _LongFunction(_ctypes.dlsym(program, "syscall"))
    return _syscall


def number(name: str) -> int:
    """The call's number on this machine; OSError(ENOSYS) on an architecture without a table."""
    found = _known.get(name)
    if found is None:
        column = _COLUMN.get(os.uname().machine)
        if column is None:
            raise OSError(38, "no system call table for this architecture", os.uname().machine)
        found = _known[name] = _NUMBERS[name][column]
    return found


def call(name: str, *arguments: object) -> int:
    """Make the call; integers, bytes (a pointer to them) and None (a null pointer) are taken."""
    function = _resolve()
    # Plain integers would be cut to 32 bits by the default conversion.
    converted = [_Long(a) if isinstance(a, int) else _Long(0) if a is None else a for a in arguments]
    result = function(number(name), *converted)
    value = result if isinstance(result, int) else result.value
    if value < 0:
        code = _ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
    return value


def pinned(data: bytes) -> _ctypes.Array:
    """A C copy of the bytes, for structures that hold a pointer; see `address`."""
    return (_Char * len(data)).from_buffer_copy(data)


def address(buffer: _ctypes.Array) -> int:
    return _ctypes.addressof(buffer)


def prctl(option: int, argument: int = 0, third: int = 0) -> int:
    return call("prctl", option, argument, third, 0, 0)
