"""At level `kernel` a worker that shares its id with the caller may not change modes and times of files.

Landlock does not see such changes, so seccomp refuses them for every file, and `shutil.copy` or an archive that is
unpacked would fail. Here the refusal is ignored for files of the workdir: their content is right, their mode and times
stay as they were made (docs/limitations.md). Nothing is allowed by this; the kernel has answered already.
"""

from __future__ import annotations

import fcntl
import os

EPERM = 1


def tolerate(workdir: str) -> None:
    for name in ("chmod", "fchmod", "utime"):
        original = getattr(os, name)
        wrapper = _tolerant(original, workdir)
        setattr(os, name, wrapper)
        for supports in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
            if original in supports:
                supports.add(wrapper)


def _tolerant(original, workdir):  # type: ignore[no-untyped-def]
    def function(path, *arguments, **keywords):  # type: ignore[no-untyped-def]
        try:
            return original(path, *arguments, **keywords)
        except PermissionError as error:
            if error.errno != EPERM or not _is_inside(path, workdir):
                raise
        if not isinstance(path, int):
            # seccomp answers before the file is looked for; `Path.touch` makes those that are not there.
            place = {name: keywords[name] for name in ("dir_fd", "follow_symlinks") if name in keywords}
            os.stat(path, **place)
        return None

    function.__name__ = function.__qualname__ = original.__name__
    function.__doc__ = original.__doc__
    return function


def _is_inside(path: object, workdir: str) -> bool:
    # A descriptor says nothing of its place; but Landlock lets only files of the workdir be opened for writing.
    if isinstance(path, int):
        return fcntl.fcntl(path, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDONLY
    real = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]
    return real == workdir or real.startswith(workdir + "/")
