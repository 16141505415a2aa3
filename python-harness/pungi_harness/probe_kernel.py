"""Tries Landlock, seccomp and a change of ids for real, each in a child where it leaves a mark.

A kernel feature counts only when it was used: a container, a security module or a sysctl may refuse what the
kernel offers. An attempt happens in a forked child that can harm nothing else, dies with its parent, and tells
by a pipe `ok` or the step that failed with the name of its errno. Trusted; runs before any user code.
"""

from __future__ import annotations

import errno
import os

UNPRIVILEGED_ID = 65534
LANDLOCK_CREATE_RULESET = 444


class StepFailed(Exception):
    """The name of the step and of its errno, as the reason that a person reads."""


class Step:
    """Names what is being tried, so that an OSError inside becomes a reason."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, _kind, error, _traceback):
        if isinstance(error, OSError):
            number = error.errno or 0
            raise StepFailed("%s: %s" % (self.name, errno.errorcode.get(number, number))) from error
        return False


class Kernel:
    """libc and the raw system calls; every refusal is an OSError with the errno of that call."""

    def __init__(self):
        import ctypes

        self.ctypes = ctypes
        self.libc = ctypes.CDLL(None, use_errno=True)

    def checked(self, name, *arguments):
        result = getattr(self.libc, name)(*arguments)
        if result < 0:
            number = self.ctypes.get_errno()
            raise OSError(number, os.strerror(number))
        return result

    def prctl(self, option, first):
        long = self.ctypes.c_ulong
        return self.checked("prctl", option, first, long(0), long(0), long(0))

    def mount(self, source, target, kind, flags, options=None):
        encoded = [None if text is None else os.fsencode(text) for text in (source, target, kind, options)]
        self.checked("mount", encoded[0], encoded[1], encoded[2], self.ctypes.c_ulong(flags), encoded[3])


def in_child(kernel, work, meanwhile=None):
    """Runs `work` in a forked child; None when it ended well, else the reason."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        message = "ok"
        try:
            # PR_SET_PDEATHSIG with SIGKILL: an attempt that hangs ends with the probe that Node kills.
            kernel.prctl(1, kernel.ctypes.c_ulong(9))
            work()
        except StepFailed as error:
            message = str(error)
        except BaseException as error:
            message = "%s: %s" % (type(error).__name__, error)
        finally:
            os.write(write_end, message.encode("utf-8", "replace")[:1000])
            os._exit(0)
    os.close(write_end)
    if meanwhile is not None:
        meanwhile(pid)
    with os.fdopen(read_end, "rb") as pipe:
        text = pipe.read().decode("utf-8", "replace")
    _, status = os.waitpid(pid, 0)
    if text == "ok":
        return None
    return text or "the attempt died with wait status %d" % status


def landlock_abi(kernel):
    """`(abi, None)` or `(0, reason)`."""
    ctypes = kernel.ctypes
    try:
        with Step("landlock_create_ruleset"):
            number = ctypes.c_long(LANDLOCK_CREATE_RULESET)
            return kernel.checked("syscall", number, None, ctypes.c_size_t(0), ctypes.c_uint32(1)), None
    except StepFailed as error:
        return 0, str(error)


def seccomp_absence(kernel):
    """None when a filter that allows everything was loaded, else the reason."""
    import struct

    ctypes = kernel.ctypes

    def load():
        allow = ctypes.create_string_buffer(struct.pack("@HBBI", 0x06, 0, 0, 0x7FFF0000), 8)
        program = ctypes.create_string_buffer(struct.pack("@HP", 1, ctypes.addressof(allow)))
        with Step("prctl(PR_SET_NO_NEW_PRIVS)"):
            kernel.prctl(38, ctypes.c_ulong(1))
        with Step("prctl(PR_SET_SECCOMP, filter)"):
            kernel.checked("prctl", 22, ctypes.c_ulong(2), program, ctypes.c_ulong(0), ctypes.c_ulong(0))

    return in_child(kernel, load)


def may_switch_ids(kernel):
    """Whether CAP_SETUID and CAP_SETGID are in effect and the unprivileged id is one that is mapped here."""

    def switch():
        with Step("setgroups"):
            os.setgroups([])
        with Step("setresgid"):
            os.setresgid(UNPRIVILEGED_ID, UNPRIVILEGED_ID, UNPRIVILEGED_ID)
        with Step("setresuid"):
            os.setresuid(UNPRIVILEGED_ID, UNPRIVILEGED_ID, UNPRIVILEGED_ID)

    return os.geteuid() != UNPRIVILEGED_ID and in_child(kernel, switch) is None


def read_text(path):
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read()
    except OSError:
        return ""
