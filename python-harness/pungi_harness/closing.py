"""Descriptors that are not to reach user code."""

from __future__ import annotations

import os

from . import syscalls

LAST = 0xFFFFFFFF


def close(first: int, last: int) -> None:
    try:
        syscalls.call("close_range", first, last, 0)
    except OSError:
        # Kernels before 5.9 and other systems: only level `process` gets here.
        os.closerange(first, min(last, os.sysconf("SC_OPEN_MAX")) + 1)


def close_all_but(kept: list[int], first: int) -> None:
    """All from `first` on; `kept` is sorted and has none below it."""
    for number in kept:
        if first < number:
            close(first, number - 1)
        first = number + 1
    close(first, LAST)
