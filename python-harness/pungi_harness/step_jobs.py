"""How the jobs of a session come: from the line, each with its own standard input and environment."""
from __future__ import annotations

import os
import sys
import time

import _io

from . import protocol, values


def receiver(reader: protocol.FrameReader, brancher):  # type: ignore[no-untyped-def]
    """A function that waits for the next job; it gives None when the line is closed. Branches are made meanwhile."""
    stdin = _Stdin()
    came: list[int] = []

    def take_job(line) -> dict | None:  # type: ignore[no-untyped-def]
        room = protocol.SMALL
        while True:
            data, descriptors = protocol.receive_descriptors(line, room)
            room = protocol.LARGE if len(data) == room else protocol.SMALL
            if not data:
                return None
            came.extend(descriptors)
            for kind, _, payload in reader.feed(data):
                if kind == protocol.ANSWER:
                    # To a call of a step that is over.
                    continue
                given = came[:]
                came.clear()
                if kind == protocol.FORK:
                    brancher.obey(line, payload, given)
                    continue
                for descriptor in given:
                    stdin.take(descriptor)
                job = values.decode(payload.decode())
                stdin.begin()
                _settle(job)
                return job

    return take_job


def _settle(job: dict) -> None:
    if job["env"]:
        os.environ.update(job["env"])
        if "TZ" in job["env"]:
            # The C library looks at it once, and that was before.
            time.tzset()


class _Stdin:
    """Descriptor 0: what came with the job, or nothing."""

    def __init__(self) -> None:
        self._nothing = os.dup(0)
        self._came = self._is_used = False

    def take(self, descriptor: int) -> None:
        os.dup2(descriptor, 0)
        os.close(descriptor)
        self._came = True

    def begin(self) -> None:
        if not self._came and self._is_used:
            os.dup2(self._nothing, 0)
        if self._came or self._is_used:
            # The old one may hold what the step before has not read.
            raw = _io.open(0, "r", encoding="utf-8", closefd=False)
            sys.stdin = sys.__stdin__ = raw  # type: ignore[misc]
        self._is_used, self._came = self._came, False
