"""Explains refusals of files, sockets and processes where they happen, before the kernel refuses without words.

One audit hook with a dict of handlers: an event without a handler costs one lookup. It is never counted as
isolation: native code does not pass here. What libraries try and go on without is only recorded, and left to the kernel.
"""
from __future__ import annotations

import _thread
import os
import sys

from .denials import Denials, access_error, denial, user_line

_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_DEVICES = tuple(
    "/dev/null /dev/zero /dev/full /dev/tty /dev/shm /dev/fd /dev/urandom /dev/random /proc/self".split()
)
_SYSTEM = tuple(
    "/usr /lib /lib64 /etc/localtime /etc/timezone /etc/ssl /etc/pki /etc/fonts /etc/matplotlibrc /etc/ld.so.cache".split()
)
_AF_UNIX = 1
_INTERNET = (2, 10)
_FAMILIES = {1: "AF_UNIX", 2: "AF_INET", 10: "AF_INET6", 16: "AF_NETLINK", 17: "AF_PACKET", 40: "AF_VSOCK"}
_NETWORK = ("Network access is disabled by policy.", "Set allowNetwork: true to allow it.")
_NO_FAMILY = (
    "Sockets of this family are refused, whatever the policy.",
    "Within a run use socket.socketpair(), a pipe or a file.",
)
_FORK = (
    "Level 'kernel' starts no process without allowSubprocess.",
    "Use threads, or set allowSubprocess: true.",
)
_PROCESS = ("Starting processes is disabled by policy.", "Set allowSubprocess: true to allow it.")


class Gate:
    """The audit hook of a worker. Asleep except while user code runs."""

    def __init__(self, orders: dict) -> None:
        self.active = False
        # Whether a file was opened for writing, so that the end of the run has buffers to flush.
        self.wrote = False
        self._writable_text = tuple(orders["writable"])
        self._orders = orders
        self._denials = Denials()
        # Threads that ask for a socket of ours.
        self._probing: set[int] = set()
        self._builtins: dict = {}
        self._write_roots: tuple[str, ...] = ()
        self._read_roots: tuple[str, ...] = ()
        self._handlers = self._choose_handlers(orders)

    def install(self, workdir: str) -> None:
        """Once for each worker: an audit hook cannot be taken out again."""
        self._set_roots(workdir)
        handlers = self._handlers.get

        def hook(event: str, arguments: tuple) -> None:
            handler = handlers(event)
            if handler is not None and self.active:
                handler(arguments)

        sys.addaudithook(hook)

    def move(self, moved) -> None:  # type: ignore[no-untyped-def]
        """The workdir is another from here on: `moved` tells where a path has gone."""
        self._write_roots = tuple(moved(path) for path in self._write_roots)
        self._read_roots = tuple(moved(path) for path in self._read_roots)

    def begin(self, denials: Denials, builtins: dict) -> None:
        self._denials = denials
        self._builtins = builtins
        self.wrote = False
        self.active = True

    def has_begun(self, builtins: dict) -> bool:
        """Whether the code with these builtins was started at all."""
        return self._builtins is builtins

    def check_write(self, path: str) -> None:
        """For whoever knows of a write before it is tried."""
        self._check_write("open", path)

    def _set_roots(self, workdir: str) -> None:
        orders = self._orders
        # What is written relative to the caller's own directory cannot be judged from in here.
        self._knows_writable = all(path == "." or path.startswith("/") for path in orders["writable"])
        temporary = os.environ.get("TMPDIR", workdir)
        given = [path for path in orders["writable"] if path.startswith("/")]
        self._write_roots = tuple(os.path.normpath(path) for path in [workdir, temporary, *given, *_DEVICES])
        libraries = [sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path]
        readable = [path for path in [*orders["readable"], *libraries] if path.startswith("/")]
        self._read_roots = (*self._write_roots, *(os.path.normpath(path) for path in readable), *_SYSTEM)
        self._knows_readable = self._knows_writable and all(path.startswith("/") for path in orders["readable"])

    def _choose_handlers(self, orders: dict) -> dict:
        handlers = {
            "open": self._open,
            "os.mkdir": self._changes_first,
            "os.rmdir": self._changes_first,
            "os.remove": self._changes_first,
            "os.truncate": self._truncate,
            "os.chmod": self._changes_first,
            "os.chown": self._changes_first,
            "os.utime": self._changes_first,
            "os.rename": self._changes_both,
            "os.link": self._changes_second,
            "os.symlink": self._changes_second,
            "os.listdir": self._list,
            "os.scandir": self._list,
            "os.kill": self._kill,
            "ctypes.dlopen": self._dlopen,
        }
        if not orders["forks"]:
            handlers["os.fork"] = handlers["os.forkpty"] = self._fork
        handlers["socket.__new__"] = self._new_socket
        if not orders["network"]:
            for event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
                handlers[event] = self._socket
            for event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"):
                handlers[event] = self._resolve
        if not orders["subprocess"]:
            for event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn"):
                handlers[event] = self._process
        return handlers

    def _refuse(self, layer: str, action: str, target: str, message: str, hint: str) -> None:
        self._record(layer, action, target, message, hint)
        text = message if layer == "filesystem" else f"{message} {hint}"
        raise access_error(text)

    def _record(self, layer: str, action: str, target: str, message: str, hint: str) -> None:
        self._denials.add(denial(layer, action, target, user_line(self._builtins), message, hint))

    def _open(self, arguments: tuple) -> None:
        path, _, flags = arguments
        path = path_text(path)
        if path is None:
            return
        if isinstance(flags, int) and flags & _WRITE_FLAGS:
            self.wrote = True
            self._check_write("open", path)
            return
        full = self._absolute(path)
        if not self._knows_readable or _beneath(full, self._read_roots):
            return
        message = f"Reading {path!r} is outside of what this run may read."
        hint = f"Add {path!r} to readablePaths, or hand the file in by files."
        self._record("filesystem", "open", path, message, hint)

    def _list(self, arguments: tuple) -> None:
        path = "." if arguments[0] is None else path_text(arguments[0])
        if path is None or not self._knows_readable or _beneath(self._absolute(path), self._read_roots):
            return
        message = f"Listing {path!r} is outside of what this run may read."
        self._record("filesystem", "list", path, message, f"Add {path!r} to readablePaths, or hand files in by files.")

    def _check_write(self, action: str, path: str) -> None:
        full = self._absolute(path)
        if not self._knows_writable or _beneath(full, self._write_roots):
            return
        real = os.path.realpath(full)
        if _beneath(real, tuple(os.path.realpath(root) for root in self._write_roots)):
            return
        message = f"Writing {path!r} is not allowed; writable: {self._writable_text!r}"
        if "/__pycache__/" in full:
            # The import system tries to cache bytecode and goes on without: nobody asked for it.
            raise access_error(message)
        folder = os.path.dirname(full) or "/"
        # The root is the whole machine, which no policy may name.
        hint = "Write to one of these." if folder == "/" else f"Write to one of these, or add {folder!r} to writablePaths."
        self._refuse("filesystem", action, path, message, hint)

    def _changes_first(self, arguments: tuple) -> None:
        self._change(arguments[0], arguments[-1])

    def _changes_second(self, arguments: tuple) -> None:
        self._change(arguments[1], arguments[-1])

    def _changes_both(self, arguments: tuple) -> None:
        self._change(arguments[0], arguments[-1])
        self._change(arguments[1], arguments[-1])

    def _truncate(self, arguments: tuple) -> None:
        self._change(arguments[0], None)

    def _change(self, path: object, directory: object) -> None:
        text = path_text(path)
        # Beneath a directory descriptor a name says nothing; that is left to the kernel.
        if text is not None and not (isinstance(directory, int) and directory >= 0 and not text.startswith("/")):
            self._check_write("change", text)

    def _kill(self, arguments: tuple) -> None:
        pid = arguments[0]
        if pid not in (0, os.getpid(), -os.getpid()) and not self._orders["subprocess"]:
            message = f"Signalling process {pid} reaches outside of this run."
            self._record("process", "kill", str(pid), message, "Signal only your own process.")

    def _dlopen(self, arguments: tuple) -> None:
        path = path_text(arguments[0])
        if path and "/" in path and self._knows_readable and not _beneath(self._absolute(path), self._read_roots):
            message = f"Loading the library {path!r} is outside of what this run may read."
            self._record("filesystem", "dlopen", path, message, "Add its directory to readablePaths.")

    def _socket(self, arguments: tuple) -> None:
        address = arguments[1]
        if getattr(arguments[0], "family", None) == _AF_UNIX or address is None:
            return
        if isinstance(address, tuple) and len(address) >= 2:
            target = f"{address[0]}:{address[1]}"
        else:
            target = ascii(address)
        self._refuse("network", "connect", target[:200], *_NETWORK)

    def _new_socket(self, arguments: tuple) -> None:
        family, kind, protocol = map(int, arguments[1:4])
        is_asked = family >= 0 and _thread.get_ident() not in self._probing
        asked_by_user = self._asked_by_user() if is_asked else None
        if asked_by_user is None or (family in _INTERNET and self._orders["network"]):
            return
        name = f"socket({_FAMILIES.get(family, family)})"
        if family in _INTERNET:
            # Libraries try at import what the machine has.
            if asked_by_user:
                self._record("network", "socket", name, *_NETWORK)
        elif self._is_refused(family, kind, protocol):
            self._record("network", "socket", name, *_NO_FAMILY)

    def _asked_by_user(self) -> bool | None:
        """None where nobody asks for a new socket: for one around a descriptor that is there, and during an import."""
        frame = sys._getframe(3)
        while frame is not None and frame.f_globals.get("__name__") == "socket":
            if frame.f_locals.get("fileno") is not None:
                return None
            frame = frame.f_back
        asked = frame is not None and frame.f_builtins is self._builtins
        while frame is not None and frame.f_builtins is not self._builtins:
            if frame.f_globals.get("__name__") == "importlib._bootstrap":
                return None
            frame = frame.f_back
        return asked

    def _is_refused(self, family: int, kind: int, protocol: int) -> bool:
        """Only the kernel knows: level `process` refuses none."""
        import _socket

        self._probing.add(_thread.get_ident())
        try:
            _socket.socket(family, kind, protocol).close()
        except PermissionError:
            return True
        except OSError:
            return False
        finally:
            self._probing.discard(_thread.get_ident())
        return False

    def _fork(self, arguments: tuple) -> None:
        self._record("process", "fork", "fork", *_FORK)

    def _resolve(self, arguments: tuple) -> None:
        self._refuse("network", "resolve", str(arguments[0])[:200], *_NETWORK)

    def _process(self, arguments: tuple) -> None:
        first = arguments[0]
        target = path_text(first)
        self._refuse("process", "start", ascii(first)[:200] if target is None else target[:200], *_PROCESS)

    def _absolute(self, path: str) -> str:
        if not path.startswith("/"):
            path = os.getcwd() + "/" + path
        return path if "/." not in path and "//" not in path else os.path.normpath(path)


def path_text(path: object) -> str | None:
    """A path as text; None for descriptors and whatever else is no path."""
    try:
        return os.fsdecode(path)  # type: ignore[arg-type]
    except TypeError:
        return None


def _beneath(path: str, roots: tuple[str, ...]) -> bool:
    for root in roots:
        if path.startswith(root) and (len(path) == len(root) or path[len(root)] == "/" or root == "/"):
            return True
    return False
