"""Files in and out of a worker's workdir, seen only through a directory descriptor.

Theory of operation. The descriptor was taken before user code ran. Names are opened one part at a time,
relative to a directory that is itself open, never through a symlink; only regular files on the same file system
are read, by the descriptor that was checked. So whatever user code made of the tree, nothing outside of it
is touched. Files go in before user code starts, under the worker's ids; they come out when its tree is dead,
or when there is nothing to fetch.
"""

from __future__ import annotations

import os
import stat

from . import parent_death

DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Not O_PATH: O_NONBLOCK keeps the open of a FIFO from waiting, and fstat then refuses it.
READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
MAX_DEPTH = 64
MAX_COUNTED_DEPTH = 256
# In bytes of UTF-8; longer names are left out, since no host could make the same.
MAX_NAME = 3000
MAX_ENTRIES = 200_000
CHUNK = 256 * 1024
MAX_LEFT_OUT = 100
MAX_NAME_SHOWN = 255


class Owner:
    """Makes files as the worker's ids, where the supervisor is privileged and the worker is not."""

    def __init__(self, ids: tuple[int, int] | None) -> None:
        self._ids = ids

    def __enter__(self) -> None:
        if self._ids:
            os.setegid(self._ids[1])
            os.seteuid(self._ids[0])
            parent_death.ask()

    def __exit__(self, *details: object) -> None:
        if self._ids:
            os.seteuid(os.getuid())
            os.setegid(os.getgid())
            parent_death.ask()


def create_file(work: int, name: str, mode: int) -> int:
    """A new file beneath `work`, with its parents; `name` was checked by the host."""
    *parents, last = name.split("/")
    directory = os.dup(work)
    try:
        for part in parents:
            try:
                os.mkdir(part, 0o755, dir_fd=directory)
            except FileExistsError:
                pass
            inner = os.open(part, DIRECTORY, dir_fd=directory)
            os.close(directory)
            directory = inner
        return os.open(last, CREATE, mode, dir_fd=directory)
    finally:
        os.close(directory)


def replace_file(work: int, name: str, mode: int) -> int:
    """The same in a tree that lives: what is there by that name goes first, unless it is a directory."""
    try:
        return create_file(work, name, mode)
    except FileExistsError:
        remove_file(work, name)
    return create_file(work, name, mode)


def remove_file(work: int, name: str) -> None:
    directory, last = open_parent(work, name)
    try:
        os.unlink(last, dir_fd=directory)
    finally:
        os.close(directory)


def open_parent(work: int, name: str) -> tuple[int, str]:
    """The directory that `name` is in, never through a symlink, and its last part."""
    *parents, last = name.split("/")
    directory = os.dup(work)
    for part in parents:
        try:
            inner = os.open(part, DIRECTORY, dir_fd=directory)
        finally:
            os.close(directory)
        directory = inner
    return directory, last


def _open_directory(parent: int, name: str) -> int:
    """Open a directory whatever its mode is, and give it one that lets us work in it; never through a symlink."""
    handle = os.open(name, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=parent)
    try:
        # By the descriptor that was opened, so that nothing can be put in its place in between.
        path = f"/proc/self/fd/{handle}"
        if os.fstat(handle).st_mode & 0o700 != 0o700:
            os.chmod(path, 0o700)
        return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    finally:
        os.close(handle)


def stamp(facts: os.stat_result) -> tuple[int, int, int, int]:
    """Changes whenever content or inode does; user code cannot set ctime."""
    return (facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)


class Collection:
    """Walks a dead tree and gives each new or changed file as an open descriptor."""

    def __init__(self, work: int, before: dict[str, tuple[int, int, int, int]], limits: dict) -> None:
        self._work = work
        self._before = before
        self._max_files = limits["maxFiles"]
        self._max_bytes = limits["maxFileBytes"]
        self._device = os.fstat(work).st_dev
        self._entries = 0
        self._given = 0
        self.left_out: list[dict[str, str]] = []

    def files(self):  # type: ignore[no-untyped-def]
        """Yield (name, descriptor, stat); the taker closes the descriptor."""
        yield from self._directory(os.dup(self._work), "", 0)

    def _directory(self, directory: int, prefix: str, depth: int):  # type: ignore[no-untyped-def]
        try:
            for entry in sorted(os.listdir(directory)):
                self._entries += 1
                if self._entries > MAX_ENTRIES:
                    self._leave_out(prefix + entry, "too many entries")
                    return
                yield from self._entry(directory, entry, prefix + entry, depth)
        finally:
            os.close(directory)

    def _entry(self, directory: int, entry: str, name: str, depth: int):  # type: ignore[no-untyped-def]
        try:
            if len(name.encode()) > MAX_NAME:
                self._leave_out(name, "its name is too long")
                return
            facts = os.stat(entry, dir_fd=directory, follow_symlinks=False)
            if stat.S_ISDIR(facts.st_mode):
                if depth >= MAX_DEPTH:
                    self._leave_out(name, "nested too deeply")
                    return
                yield from self._directory(_open_directory(directory, entry), name + "/", depth + 1)
            elif not stat.S_ISREG(facts.st_mode):
                self._leave_out(name, "not a regular file")
            elif not self._is_known(directory, entry, name, facts):
                yield from self._file(directory, entry, name)
        except UnicodeEncodeError:
            self._leave_out(ascii(name), "its name is not UTF-8")
        except OSError as error:
            self._leave_out(name, os.strerror(error.errno or 0))

    def _is_known(self, directory: int, entry: str, name: str, facts: os.stat_result) -> bool:
        return self._before.get(name) == stamp(facts)

    def _file(self, directory: int, entry: str, name: str):  # type: ignore[no-untyped-def]
        if self._given >= self._max_files:
            self._leave_out(name, f"more than {self._max_files} files (maxFiles)")
            return
        descriptor = os.open(entry, READ, dir_fd=directory)
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode) or facts.st_dev != self._device:
            os.close(descriptor)
            self._leave_out(name, "not a regular file")
        elif facts.st_size > self._max_bytes:
            os.close(descriptor)
            self._leave_out(name, f"larger than {self._max_bytes} bytes (maxFileKb)")
        else:
            self._given += 1
            yield name, descriptor, facts

    def _leave_out(self, name: str, reason: str) -> None:
        if len(self.left_out) < MAX_LEFT_OUT:
            self.left_out.append({"name": name[:MAX_NAME_SHOWN], "reason": reason})


def usage(directory: int, cap: int, depth: int = 0) -> tuple[int, int]:
    """Bytes (the larger of apparent and allocated) and entries beneath; counts no further than `cap` entries.

    A tree nested beyond MAX_COUNTED_DEPTH counts as `cap` entries: nothing ordinary looks like that.
    """
    total = entries = 0
    if depth > MAX_COUNTED_DEPTH or cap <= 0:
        return 0, cap
    for name in os.listdir(directory):
        entries += 1
        try:
            facts = os.stat(name, dir_fd=directory, follow_symlinks=False)
            total += max(facts.st_size if stat.S_ISREG(facts.st_mode) else 0, facts.st_blocks * 512)
            if stat.S_ISDIR(facts.st_mode):
                inner = os.open(name, DIRECTORY, dir_fd=directory)
                try:
                    inner_total, inner_entries = usage(inner, cap - entries, depth + 1)
                finally:
                    os.close(inner)
                total += inner_total
                entries += inner_entries
        except PermissionError:
            # A directory closed to its owner hides what it holds.
            return total, cap
        except OSError:
            # Gone since it was listed: the tree is alive.
            pass
        if entries >= cap:
            break
    return total, entries


def is_full(directory: int) -> bool:
    """Whether a worker's tmpfs has no room or no inodes left; of the host's disk nothing could be concluded."""
    if directory < 0:
        return False
    facts = os.fstatvfs(directory)
    return facts.f_bavail == 0 or (facts.f_files > 0 and facts.f_favail == 0)


def unlinked_bytes(pids: list[int], directory: int) -> int:
    """What processes hold open in files of this file system that have no name any more; each file once."""
    device = os.fstat(directory).st_dev
    found: dict[int, int] = {}
    for pid in pids:
        try:
            for name in os.listdir(f"/proc/{pid}/fd"):
                facts = os.stat(f"/proc/{pid}/fd/{name}")
                if facts.st_nlink == 0 and facts.st_dev == device and stat.S_ISREG(facts.st_mode):
                    found[facts.st_ino] = max(facts.st_size, facts.st_blocks * 512)
        except OSError:
            # It ended, or closed one while they were counted; the next tick counts anew.
            pass
    return sum(found.values())


def remove_tree(parent: int, name: str) -> None:
    """Remove a workdir of a dead tree, however deep, whatever modes user code left on its directories.

    Each subdirectory is first moved to the top, so that neither descriptors nor the stack grow with depth.
    """
    top = os.open(name, DIRECTORY, dir_fd=parent)
    moved = 0
    try:
        while True:
            entries = os.listdir(top)
            if not entries:
                break
            for entry in entries:
                moved = _remove_entry(top, entry, moved)
    finally:
        os.close(top)
    os.rmdir(name, dir_fd=parent)


def _remove_entry(top: int, entry: str, moved: int) -> int:
    if not stat.S_ISDIR(os.stat(entry, dir_fd=top, follow_symlinks=False).st_mode):
        os.unlink(entry, dir_fd=top)
        return moved
    directory = _open_directory(top, entry)
    try:
        for inner in os.listdir(directory):
            if stat.S_ISDIR(os.stat(inner, dir_fd=directory, follow_symlinks=False).st_mode):
                # A directory is moved only if it can be written: its `..` changes.
                os.close(_open_directory(directory, inner))
                moved += 1
                # A name that nobody could have taken before.
                fresh = f"{moved}-{os.urandom(12).hex()}"
                os.rename(inner, fresh, src_dir_fd=directory, dst_dir_fd=top)
            else:
                os.unlink(inner, dir_fd=directory)
    finally:
        os.close(directory)
    os.rmdir(entry, dir_fd=top)
    return moved
