"""What the supervisor does about the death of node, beside reading the end of file of its channel.

The signal is SIGCONT, which also reaches a process that was stopped: it goes on, finds the end of file and cleans up.
SIGTERM would wait for whoever stopped it, and after SIGKILL nobody would clean up. The kernel sends it when the thread
that started this process ends; the rest of node may live on then, and closes the channel by itself.
"""

from __future__ import annotations

import os
import sys

import _signal

from . import syscalls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def heed(end: Callable[[], None]) -> None:
    """From now on call `end` when node is dead; whoever else stops this process and lets it go on changes nothing."""
    parent = os.getppid()
    _signal.signal(_signal.SIGCONT, lambda number, stack: None if os.getppid() == parent else end())
    ask()


def ask() -> None:
    """Again after each change of the effective ids: the kernel forgets it then."""
    if sys.platform == "linux":
        syscalls.prctl(syscalls.PR_SET_PDEATHSIG, _signal.SIGCONT)
