"""The files of a session, copied for a branch of it, and its open descriptors moved to the copies.

Theory of operation. Runs in the branch, jailed, before it gives up its right to the files that it copies; so
it can copy nothing that its session could not read, and write nowhere but into its own place. Descriptors
are known again by device and inode, since a jail has no /proc; each keeps its number, flags and offset. Calls
are those of `posix`, which code that patched `os` has left alone.
"""

from __future__ import annotations

import fcntl
import posix
import stat

from .jail.failure import JailFailure

PIECE = 1 << 24
SEEK_DATA, SEEK_HOLE = 3, 4
ENXIO, EPERM = 6, 1
OPEN_FLAGS = posix.O_RDONLY | posix.O_NOFOLLOW | posix.O_CLOEXEC | posix.O_NONBLOCK
# What F_GETFL tells and open takes.
KEPT_FLAGS = posix.O_ACCMODE | posix.O_APPEND | posix.O_NONBLOCK


class WorkdirCopy:
    """Copies whole trees from one place to another; knows afterwards where each file went."""

    def __init__(self, source: str, target: str) -> None:
        self._source = source
        self.target = target
        self._copies: dict[tuple[int, int], str] = {}

    def copy(self, names: tuple[str, ...]) -> None:
        for name in names:
            facts = posix.stat(f"{self._source}/{name}", follow_symlinks=False)
            self._copies[facts.st_dev, facts.st_ino] = f"{self.target}/{name}"
            self._copy_entries(name)

    def _copy_entries(self, first: str) -> None:
        pending = [first]
        while pending:
            directory = pending.pop()
            with posix.scandir(f"{self._source}/{directory}") as entries:
                names = [entry.name for entry in entries]
            for name in names:
                path = f"{directory}/{name}"
                if self._copy_entry(path):
                    pending.append(path)

    def _copy_entry(self, path: str) -> bool:
        """True for a directory, whose entries are still to be copied."""
        source, target = f"{self._source}/{path}", f"{self.target}/{path}"
        facts = posix.stat(source, follow_symlinks=False)
        key = facts.st_dev, facts.st_ino
        mode = stat.S_IMODE(facts.st_mode) & 0o777
        if stat.S_ISLNK(facts.st_mode):
            posix.symlink(self.moved(posix.readlink(source)), target)
        elif key in self._copies:
            posix.link(self._copies[key], target)
        elif stat.S_ISDIR(facts.st_mode):
            # Its entries are written before its own mode may forbid that.
            posix.mkdir(target, mode | 0o700)
        elif stat.S_ISREG(facts.st_mode):
            self._copy_file(source, target, mode, facts)
        elif stat.S_ISFIFO(facts.st_mode):
            posix.mkfifo(target, mode)
        else:
            return False
        self._copies[key] = target
        return stat.S_ISDIR(facts.st_mode)

    def _copy_file(self, source: str, target: str, mode: int, facts: posix.stat_result) -> None:
        reader = posix.open(source, OPEN_FLAGS)
        try:
            writer = posix.open(target, posix.O_WRONLY | posix.O_CREAT | posix.O_EXCL | posix.O_CLOEXEC, mode)
            try:
                copy_bytes(reader, writer, facts.st_size)
                _keep_times(writer, facts)
            finally:
                posix.close(writer)
        finally:
            posix.close(reader)

    def moved(self, path: str) -> str:
        """The same place in the copy, for a path in the source."""
        if path == self._source or path.startswith(self._source + "/"):
            return self.target + path[len(self._source) :]
        return path

    def move_descriptors(self, descriptors: list[int]) -> None:
        """Those that are open files or directories of the source become the same of the target."""
        device = posix.stat(self._source).st_dev
        for descriptor in descriptors:
            facts = posix.fstat(descriptor)
            is_file = stat.S_ISREG(facts.st_mode)
            if facts.st_dev == device and (is_file or stat.S_ISDIR(facts.st_mode)):
                self._move_descriptor(descriptor, facts)

    def _move_descriptor(self, descriptor: int, facts: posix.stat_result) -> None:
        copy = self._copies.get((facts.st_dev, facts.st_ino))
        flags = fcntl.fcntl(descriptor, fcntl.F_GETFL)
        if copy is not None:
            moved = posix.open(copy, (flags & KEPT_FLAGS) | posix.O_CLOEXEC)
        elif stat.S_ISREG(facts.st_mode) and not facts.st_nlink:
            moved = self._copy_unlinked(descriptor, flags, facts)
        else:
            # A directory that was removed, or what lies in no tree that is copied: it has no place to go.
            return
        if stat.S_ISREG(facts.st_mode):
            posix.lseek(moved, posix.lseek(descriptor, 0, 1), 0)
        inheritable = not fcntl.fcntl(descriptor, fcntl.F_GETFD) & fcntl.FD_CLOEXEC
        posix.dup2(moved, descriptor, inheritable)
        posix.close(moved)

    def _copy_unlinked(self, descriptor: int, flags: int, facts: posix.stat_result) -> int:
        """A file without a name, as tempfile makes them."""
        if flags & posix.O_ACCMODE == posix.O_WRONLY:
            raise JailFailure(
                "fork",
                f"descriptor {descriptor} is a removed file that is open for writing only, which cannot be copied",
                "Close it, or open it for reading, too.",
            )
        name = f"{self.target}/.copy-{descriptor}"
        access = posix.O_RDWR | posix.O_CREAT | posix.O_EXCL | posix.O_CLOEXEC
        moved = posix.open(name, access | (flags & posix.O_APPEND), 0o600)
        posix.unlink(name)
        offset = posix.lseek(descriptor, 0, 1)
        copy_bytes(descriptor, moved, facts.st_size)
        # The offset is shared with the session as long as this is the same open file.
        posix.lseek(descriptor, offset, 0)
        return moved


def copy_bytes(reader: int, writer: int, size: int) -> None:
    """All of a regular file, its holes as holes."""
    at = 0
    while at < size:
        try:
            start = posix.lseek(reader, at, SEEK_DATA)
        except OSError as error:
            if error.errno != ENXIO:
                raise
            break
        end = posix.lseek(reader, start, SEEK_HOLE)
        posix.lseek(writer, start, 0)
        at = start
        while at < end:
            sent = posix.sendfile(writer, reader, at, min(PIECE, end - at))
            if not sent:
                break
            at += sent
        at = max(at, end)
    posix.ftruncate(writer, size)


def _keep_times(descriptor: int, facts: posix.stat_result) -> None:
    try:
        posix.utime(descriptor, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    except OSError as error:
        # At level `kernel` times may not be changed where the worker shares its id with the caller.
        if error.errno != EPERM:
            raise
