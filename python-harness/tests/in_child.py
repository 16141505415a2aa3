"""Runs a piece of a test in a forked child, where it may give up rights for good. Not a test."""
from __future__ import annotations

import marshal
import os
import sys
import traceback
from typing import Any, Callable

from pungi_harness.jail import namespaces, privileges

NOBODY = 65534


class ChildFailed(Exception):
    """The child did not come to its end; the message is its traceback."""


class Missing(Exception):
    """What this machine lacks for the test: a reason to skip it."""


def in_child(work: Callable[[], Any]) -> Any:
    """What `work` returns, which must be plain data."""
    sys.stdout.flush()
    sys.stderr.flush()
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        _work(work, write_end)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        data = pipe.read()
    _, status = os.waitpid(pid, 0)
    if not data:
        raise ChildFailed(f"wait status {status}")
    kind, value = marshal.loads(data)
    if kind == "value":
        return value
    raise (Missing if kind == "missing" else ChildFailed)(value)


def _work(work: Callable[[], Any], write_end: int) -> None:
    try:
        try:
            answer = ("value", work())
        except Missing as missing:
            answer = ("missing", str(missing))
        except BaseException:  # noqa: BLE001 - told to the parent, whatever it is
            answer = ("failed", traceback.format_exc())
        with os.fdopen(write_end, "wb") as pipe:
            pipe.write(marshal.dumps(answer))
    finally:
        os._exit(0)


def become_ordinary() -> None:
    """As root, files of any mode can be read; a worker is never root."""
    if os.getuid() == 0:
        privileges.become(NOBODY, NOBODY)


def become_privileged() -> None:
    """Hold capabilities, at least over a user namespace of one's own."""
    if privileges.has_capabilities():
        return
    try:
        namespaces.unshare(["user", "mount"])
    except OSError as error:
        raise Missing(f"no capabilities, and no user namespace to have them in: {error}") from None


def outcome_of(action: Callable[[], Any]) -> Any:
    """`None` when it went well, else the errno."""
    try:
        action()
    except OSError as error:
        return error.errno
    return None
