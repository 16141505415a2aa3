"""Files of a workdir whose tree lives on, and may change them while they are looked at.

Theory of operation. Each step of a session is told the files that are new or changed since the step before. A file
is copied by the descriptor that was checked, and told only if it was the same before and after; what is sent is the
copy, so that no frame can be made a liar. A clock of the kernel ticks slower than steps follow each other: of a file
that was changed in the present tick a digest of its content is kept, since its times may not show the next change.
"""

from __future__ import annotations

import os
import stat
import time

from . import workdir

# Longer than a tick of any kernel.
TICK_NS = 20_000_000
# Of one file, and of all that a branch begins with: while they are read, no session is served. What is larger and
# fresh is told once more in place of it.
MAX_DIGESTED_BYTES = 1 << 20
MAX_COUNTED_BYTES = 8 << 20
MAX_LISTED = 10_000
MAX_LISTED_BYTES = 256 << 10
Stamp = tuple


class Memory:
    """What was told of the files of one session."""

    def __init__(self) -> None:
        self.stamps: dict[str, tuple[int, int, int, int]] = {}
        self.digests: dict[str, bytes] = {}


class LivingCollection(workdir.Collection):
    def __init__(self, work: int, memory: Memory, limits: dict) -> None:
        super().__init__(work, memory.stamps, limits)
        self._memory = memory
        self._seen: set[str] = set()

    def files(self):  # type: ignore[no-untyped-def]
        yield from super().files()
        for name in memory_names(self._memory) - self._seen:
            self._memory.stamps.pop(name, None)
            self._memory.digests.pop(name, None)

    def _is_known(self, directory: int, entry: str, name: str, facts: os.stat_result) -> bool:
        self._seen.add(name)
        if self._before.get(name) != workdir.stamp(facts):
            return False
        digest = self._memory.digests.get(name)
        if digest is None:
            return True
        if not _is_fresh(facts):
            # Whatever comes now has another time.
            del self._memory.digests[name]
        return _digest_of(directory, entry, facts.st_size) == digest

    def _file(self, directory: int, entry: str, name: str):  # type: ignore[no-untyped-def]
        for found, descriptor, facts in super()._file(directory, entry, name):
            copy = -1
            try:
                copy = _copy(descriptor, facts.st_size)
                after = os.fstat(descriptor)
            finally:
                os.close(descriptor)
            if workdir.stamp(after) != workdir.stamp(facts) or os.fstat(copy).st_size != facts.st_size:
                os.close(copy)
                self._given -= 1
                self._leave_out(found, "it changed while it was read")
                continue
            self._remember(found, copy, facts)
            yield found, copy, facts

    def _remember(self, name: str, copy: int, facts: os.stat_result) -> None:
        self._memory.stamps[name] = workdir.stamp(facts)
        self._memory.digests.pop(name, None)
        if not _is_fresh(facts):
            return
        if facts.st_size > MAX_DIGESTED_BYTES:
            del self._memory.stamps[name]
        else:
            self._memory.digests[name] = _digest(copy, facts.st_size)


class _Census(workdir.Collection):
    """Looks at every file and gives none."""

    def __init__(self, work: int, memory: Memory) -> None:
        super().__init__(work, {}, {"maxFiles": 1, "maxFileBytes": 1})
        self._memory = memory
        self._room = MAX_COUNTED_BYTES

    def _is_known(self, directory: int, entry: str, name: str, facts: os.stat_result) -> bool:
        # Of a copy that kept its times the next change shows by another time.
        if facts.st_mtime_ns > time.time_ns() - TICK_NS:
            self._room -= facts.st_size
            if facts.st_size > MAX_DIGESTED_BYTES or self._room < 0:
                return True
            self._memory.digests[name] = _digest_of(directory, entry, facts.st_size)
        self._memory.stamps[name] = workdir.stamp(facts)
        return True


def known_files(work: int) -> Memory:
    """All that a branch starts with counts as told."""
    memory = Memory()
    for _ in _Census(work, memory).files():
        pass
    return memory


def memory_names(memory: Memory) -> set[str]:
    return set(memory.stamps)


def _is_fresh(facts: os.stat_result) -> bool:
    return facts.st_ctime_ns > time.time_ns() - TICK_NS


def _copy(descriptor: int, size: int) -> int:
    """A copy in memory, at its beginning; shorter where the file has become so."""
    copy = os.memfd_create("copy", os.MFD_CLOEXEC)
    left = size
    try:
        while left:
            sent = os.sendfile(copy, descriptor, None, min(left, 1 << 24))  # type: ignore[arg-type]
            if not sent:
                break
            left -= sent
        os.lseek(copy, 0, os.SEEK_SET)
    except BaseException:
        os.close(copy)
        raise
    return copy


def _digest_of(directory: int, entry: str, size: int) -> bytes:
    descriptor = os.open(entry, workdir.READ, dir_fd=directory)
    try:
        return _digest(descriptor, size) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    finally:
        os.close(descriptor)


def _digest(descriptor: int, size: int) -> bytes:
    from hashlib import blake2b

    digest = blake2b(digest_size=16)
    offset = 0
    while offset < size:
        piece = os.pread(descriptor, min(workdir.CHUNK, size - offset), offset)
        if not piece:
            break
        digest.update(piece)
        offset += len(piece)
    return digest.digest()


def read_file(work: int, name: str, limits: dict) -> tuple[int, os.stat_result] | None:
    """A copy of one file and what it was; None when there is no regular file by that name."""
    try:
        directory, last = workdir.open_parent(work, name)
    except OSError:
        return None
    try:
        everything = {"maxFiles": 1, "maxFileBytes": limits["diskBytes"]}
        collection = LivingCollection(work, Memory(), everything)
        for _, copy, facts in collection._file(directory, last, name):
            return copy, facts
        return None
    except OSError:
        return None
    finally:
        os.close(directory)


def list_files(work: int) -> dict:
    """Regular files by name; `isComplete` is false where there are more than are told."""
    every = {"maxFiles": MAX_LISTED + 1, "maxFileBytes": 1 << 62}
    found = []
    room = MAX_LISTED_BYTES
    for name, descriptor, facts in workdir.Collection(work, {}, every).files():
        os.close(descriptor)
        room -= len(name.encode()) + 50
        if room < 0 or len(found) == MAX_LISTED:
            return {"files": found, "isComplete": False}
        found.append({"name": name, "size": facts.st_size, "mode": stat.S_IMODE(facts.st_mode) & 0o777})
    return {"files": found, "isComplete": True}
