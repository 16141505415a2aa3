"""A recursion limit that the C stack bears, whatever user code has set."""

from __future__ import annotations

import sys

_ROOM = 1000
_get = sys.getrecursionlimit
_set = sys.setrecursionlimit


class BoundedRecursion:
    """Holds the limit while the harness lets C code recurse into a value (`repr`, the JSON encoder)."""

    __slots__ = ("_old",)

    def __enter__(self):
        self._old = _get()
        if self._old != _ROOM:
            _change(_ROOM)

    def __exit__(self, *_):
        if self._old != _ROOM:
            _change(self._old)


def _change(limit):
    try:
        _set(limit)
    except RecursionError:
        # CPython refuses a limit below the present depth: called from deep inside, the one in force stays.
        pass
