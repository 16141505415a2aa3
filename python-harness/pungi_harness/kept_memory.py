"""Memory that a preloaded module shares: forks would all see the same, so it is made the zygote's own.

Python's `mmap.mmap(-1, n)` is shared unless told otherwise, and so are locks of `multiprocessing`. Whatever could be
written to in a shared mapping is copied and put, private, in its place: each worker then has a copy of its own. What is
mapped read-only from a file that was opened so stays as it is.
"""

from __future__ import annotations

import os

from . import syscalls

PROT_READ, PROT_WRITE, PROT_EXEC = 1, 2, 4
MAP_PRIVATE_FIXED_ANONYMOUS = 0x02 | 0x10 | 0x20
EFAULT = 14
# Of smaps: shared, may be written to (now, or after mprotect).
SHARED_WRITABLE = {b"sh", b"mw"}
# Not copied by a fork: nothing to share.
NOT_FORKED = b"dc"


def make_own(proc: int) -> None:
    """`proc` is a descriptor of /proc where there is none to be seen, else -1."""
    for start, size, protection in _shared(_read_smaps(proc)):
        _make_private(start, size, protection)


def _read_smaps(proc: int) -> bytes:
    path, place = ("self/smaps", proc) if proc >= 0 else ("/proc/self/smaps", None)
    with open(os.open(path, os.O_RDONLY | os.O_CLOEXEC, dir_fd=place), "rb") as file:
        return file.read()


def _shared(smaps: bytes) -> list[tuple[int, int, int]]:
    """Address, size and protection of each shared mapping that could be written to."""
    found = []
    start = end = protection = 0
    for line in smaps.splitlines():
        name, _, rest = line.partition(b" ")
        if name == b"VmFlags:":
            flags = set(rest.split())
            if SHARED_WRITABLE <= flags and NOT_FORKED not in flags:
                found.append((start, end - start, protection))
        elif not name.endswith(b":"):
            start, end = (int(part, 16) for part in name.split(b"-"))
            modes = zip(b"rwx", rest[:3], (PROT_READ, PROT_WRITE, PROT_EXEC))
            protection = sum(bit for letter, seen, bit in modes if letter == seen)
    return found


def _make_private(start: int, size: int, protection: int) -> None:
    copy = os.memfd_create("copy", os.MFD_CLOEXEC)
    try:
        if not protection & PROT_READ:
            syscalls.call("mprotect", start, size, protection | PROT_READ)
        # By system calls, which are refused what cannot be read, such as pages behind the end of a file.
        written = _move("write", copy, start, size)
        syscalls.call("mmap", start, size, PROT_READ | PROT_WRITE, MAP_PRIVATE_FIXED_ANONYMOUS, -1, 0)
        os.lseek(copy, 0, os.SEEK_SET)
        _move("read", copy, start, written)
        syscalls.call("mprotect", start, size, protection)
    finally:
        os.close(copy)


def _move(call: str, descriptor: int, start: int, size: int) -> int:
    done = 0
    while done < size:
        try:
            done += syscalls.call(call, descriptor, start + done, size - done)
        except OSError as error:
            if error.errno != EFAULT:
                raise
            break
    return done
