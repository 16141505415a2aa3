"""The private root: a read-only tmpfs that holds bind mounts of the interpreter and its libraries, nothing else.

Theory of operation. A tmpfs is mounted over some directory of the host and made the root by pivot_root; the
old root hangs below it while the binds are made from there, so that the tmpfs hides none of their sources,
and is then detached. Every bind is recursive and made read-only, nosuid and nodev over all its submounts by
one mount_setattr, which is atomic and, unlike a remount, keeps the flags a user namespace may not clear.
"""

from __future__ import annotations

import os

from .. import syscalls

MS_NOSUID, MS_NODEV = 2, 4
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
AT_FDCWD = -100
AT_RECURSIVE = 0x8000
ATTR_RDONLY, ATTR_NOSUID, ATTR_NODEV = 1, 2, 4
OLD = "/.old"
SANDBOX = "/sandbox"


def build(orders: dict) -> None:
    mount_point = orders["mountPoint"]
    _mount(None, "/", None, MS_REC | MS_PRIVATE)
    _mount("tmpfs", mount_point, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,nr_inodes=4096,mode=755")
    os.mkdir(mount_point + OLD, 0o700)
    syscalls.call("pivot_root", _path(mount_point), _path(mount_point + OLD))
    os.chdir("/")
    for mount in orders["mounts"]:
        _bind(mount["path"], read_only=mount["access"] == "read", nodev=True)
    for device in orders["devices"]:
        _bind(device, read_only=False, nodev=False)
    os.mkdir(SANDBOX, 0o755)
    for link in orders["symlinks"]:
        os.makedirs(os.path.dirname(link["path"]), 0o755, exist_ok=True)
        os.symlink(link["target"], link["path"])
    syscalls.call("umount2", _path(OLD), MNT_DETACH)
    os.rmdir(OLD)
    _set_attributes("/", ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV, recursive=False)


def mount_workdir(path: str, size: int, inodes: int) -> None:
    """The worker's own capped tmpfs, in its own mount namespace."""
    _mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, f"size={size},nr_inodes={inodes},mode=700")


def _bind(path: str, read_only: bool, nodev: bool) -> None:
    source = OLD + path
    if os.path.isdir(source):
        os.makedirs(path, 0o755, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(path), 0o755, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o444))
    _mount(source, path, None, MS_BIND | MS_REC)
    attributes = ATTR_NOSUID | (ATTR_RDONLY if read_only else 0) | (ATTR_NODEV if nodev else 0)
    _set_attributes(path, attributes, recursive=True)


def _set_attributes(path: str, attributes: int, recursive: bool) -> None:
    # struct mount_attr { u64 attr_set; u64 attr_clr; u64 propagation; u64 userns_fd; }
    data = attributes.to_bytes(8, "little") + bytes(24)
    syscalls.call("mount_setattr", AT_FDCWD, _path(path), AT_RECURSIVE if recursive else 0, data, len(data))


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    try:
        syscalls.call("mount", _text(source), _path(target), _text(kind), flags, _text(data))
    except OSError as error:
        raise OSError(error.errno, f"mount {source} on {target}: {os.strerror(error.errno or 0)}") from None


def _path(path: str) -> bytes:
    return os.fsencode(path) + b"\0"


def _text(text: str | None) -> bytes | None:
    return None if text is None else os.fsencode(text) + b"\0"
