"""The imports of the zygote, and the files that they keep open.

Workers would share the offsets of such a file. So each becomes a descriptor that nothing can be done with: were it only
closed in the worker, another file would get its number, and the module would take that for its own.
"""

from __future__ import annotations

import os

from . import kept_threads
from .jail.failure import JailFailure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# As in the worker, which has others there.
LAST_FIXED = 5


def preload(names: list[str], proc: int, tell: Callable[[str], None]) -> list[int]:
    """Gives the numbers that workers are to leave as they are. For `proc` see `kept_memory`."""
    reserved = _reserve()
    before = _open_numbers(proc)
    for name in names:
        tell(name)
        try:
            __import__(name)
        except BaseException as error:
            raise JailFailure("preload", f"import {name}: {type(error).__name__}: {error}") from error
    # While they have their files still.
    kept_threads.put_to_rest()
    tell("")
    kept = sorted(_open_numbers(proc) - before)
    for number in kept:
        os.dup2(reserved[0], number, inheritable=False)
    for number in reserved:
        os.close(number)
    return kept


def _reserve() -> list[int]:
    """At least one, and every number that has a meaning in the worker."""
    taken = [_seal()]
    while taken[-1] <= LAST_FIXED:
        taken.append(_seal())
    return taken


def _seal() -> int:
    return os.open("/dev/null", os.O_PATH | os.O_CLOEXEC)


def _open_numbers(proc: int) -> set[int]:
    path, place = ("self/fd", proc) if proc >= 0 else ("/proc/self/fd", None)
    directory = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=place)
    try:
        return {int(name) for name in os.listdir(directory)} - {directory}
    finally:
        os.close(directory)
