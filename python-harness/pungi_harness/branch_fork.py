"""`os.fork` as a sibling: the child of this process's own parent, with what CPython does around a fork.

The call goes by hand, since no function of the C library takes CLONE_PARENT. Its caches of the thread's number go
stale in the child; only locks that the kernel inherits by priority would read them. There is one thread.
"""

from __future__ import annotations

import _ctypes
import sys

from . import syscalls

CLONE_PARENT, SIGCHLD = 0x8000, 17


class _Held(_ctypes.CFuncPtr):
    """Called without letting go of the interpreter's lock."""

    _flags_ = _ctypes.FUNCFLAG_CDECL | _ctypes.FUNCFLAG_PYTHONAPI
    _restype_ = None


def _function(name: str) -> _Held:
    program = _ctypes.dlopen(None, 0)  # type: ignore[arg-type]
    return _Held(_ctypes.dlsym(program, name))


class Forker:
    """Made ahead, so that code which patched something has not patched this."""

    def __init__(self) -> None:
        self._before = _function("PyOS_BeforeFork")
        self._in_parent = _function("PyOS_AfterFork_Parent")
        self._in_child = _function("PyOS_AfterFork_Child")

    def fork(self) -> int:
        """0 in the child. OSError when the supervisor lets no call through."""
        state = _random_state()
        pid = -1
        self._before()
        try:
            pid = syscalls.call("clone", CLONE_PARENT | SIGCHLD, 0, 0, 0, 0)
        finally:
            if pid:
                self._in_parent()
            else:
                self._in_child()
        if pid == 0 and state is not None:
            # A copy goes on as the original would; CPython gives each child of a fork another seed.
            sys.modules["random"].setstate(state)
        return pid


def _random_state() -> object:
    random = sys.modules.get("random")
    try:
        return None if random is None else random.getstate()
    except Exception:  # noqa: BLE001 - user code may have put anything there
        return None
