"""What a run asked for, noted while it runs wide open, so that a policy can be made of it.

Loaded only where the plan orders it: ordinary runs have neither this hook nor these builtins. All of it is a claim of
the worker, like its outcome. Whatever does not fit the caps is counted in `dropped`.
"""
from __future__ import annotations

import _thread
import os
import sys

from .audit import path_text
from .bag import MAX_ITEMS, Bag
from .builtins_guard import BuiltinRules, ordinary_names
from .denials import Denials
from .imports import ImportRules, is_own_file, make_import
from .rules import Rules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_ALWAYS = ("__future__", "__main__", "pungi")
_AF_UNIX = 1


class RecordedImports(ImportRules):
    """Refuses nothing; the validator and the import hook ask it for every import of user code."""

    __slots__ = ("_recorder",)

    def __init__(self, recorder: Recorder) -> None:
        super().__init__([], None)
        self.active = True
        self._recorder = recorder

    def refusal(self, name: str, line: int | None, filename: str | None = None) -> None:
        self._recorder.note_import(name, "")

    def from_refusal(self, name: str, members: list[str], line: int | None, filename: str | None = None) -> None:
        for member in members or [""]:
            self._recorder.note_import(name, "" if member == "*" else member)


class RecordedBuiltins(BuiltinRules):
    """The same for builtins, which the validator asks for by name."""

    __slots__ = ("_recorder",)

    def __init__(self, recorder: Recorder) -> None:
        super().__init__([], [])
        self._recorder = recorder

    def refusal(self, name: str, line: int | None, filename: str | None = None) -> None:  # type: ignore[override]
        self._recorder.used.add(name)


class _WatchedBuiltins(dict):
    """The interpreter looks names up by `__getitem__` in any builtins that are no exact dict."""

    def __init__(self, names: dict, asked: set[str]) -> None:
        super().__init__(names)
        self._asked = asked

    def __getitem__(self, name: str) -> object:
        value = super().__getitem__(name)
        self._asked.add(name)
        return value


class Recorder(Rules):
    def __init__(self, gate: object) -> None:
        self.imports = RecordedImports(self)
        self.builtins = RecordedBuiltins(self)
        # Names of builtins, ordinary or not.
        self.used: set[str] = set()
        self._gate = gate
        self._ordinary = frozenset(ordinary_names())
        self._workdir = ""
        self._libraries: tuple[str, ...] = ()
        self._frame_builtins: dict = {}
        self._handlers = {
            "open": self._open,
            "os.listdir": self._list,
            "os.scandir": self._list,
            "os.chdir": self._list,
            "sqlite3.connect": self._database,
            "ctypes.dlopen": self._list,
            "subprocess.Popen": self._program,
            "os.system": self._program,
            "os.exec": self._program,
            "os.posix_spawn": self._program,
            "os.fork": self._fork,
            "os.forkpty": self._fork,
            "_thread.start_new_thread": self._thread,
            "_thread.start_joinable_thread": self._thread,
            "socket.__new__": self._socket,
            "socket.connect": self._address,
            "socket.bind": self._address,
            "socket.sendto": self._address,
            "socket.getaddrinfo": self._host,
            "socket.gethostbyname": self._host,
            **dict.fromkeys(("os.mkdir", "os.rmdir", "os.remove", "os.truncate"), self._change),
            **dict.fromkeys(("os.chmod", "os.chown", "os.utime"), self._change),
            **dict.fromkeys(("os.rename", "os.link", "os.symlink"), self._change_both),
        }
        self._start()

    def _start(self) -> None:
        self._imports: dict[tuple[str, str], None] = {}
        self._reads, self._writes, self._programs, self._hosts = Bag(), Bag(), Bag(), Bag()
        self._dropped_imports = 0
        self._processes = 1
        self._children = 0
        self._open_files = 3
        self._disk = 0

    def kept(self) -> frozenset[str]:
        return frozenset(["__import__"])

    def install(self, workdir: str) -> None:
        """Before the gate, whose refusals keep later hooks from being asked."""
        self._workdir = workdir
        self._libraries = tuple(entry + "/" for entry in sys.path if entry.startswith("/") and entry != workdir)
        handlers = self._handlers.get
        gate = self._gate

        def hook(event: str, arguments: tuple) -> None:
            handler = handlers(event)
            if handler is not None and gate.active:  # type: ignore[attr-defined]
                handler(arguments)

        sys.addaudithook(hook)
        if sys.version_info < (3, 12):
            self._wrap_threads()

    def _wrap_threads(self) -> None:
        """Older interpreters raise no audit event for a new thread."""
        original = _thread.start_new_thread

        def start_new_thread(*arguments: object, **named: object) -> int:
            if self._gate.active:  # type: ignore[attr-defined]
                self._thread(arguments)
            return original(*arguments, **named)  # type: ignore[arg-type]

        _thread.start_new_thread = start_new_thread  # type: ignore[assignment]
        threading = sys.modules.get("threading")
        if threading is not None:
            threading._start_new_thread = start_new_thread  # type: ignore[attr-defined]

    def begin(self, builtins: dict) -> None:
        self._start()
        self.used.clear()
        self._frame_builtins = builtins

    def place(self, names: dict, denials: Denials, after_import: Callable) -> dict:
        watched = _WatchedBuiltins(names, self.used)
        watched["__import__"] = make_import(self.imports, denials, watched, after_import)
        return watched

    def note_import(self, name: str, member: str) -> None:
        root = name.partition(".")[0]
        if not root or root in _ALWAYS or is_own_file(root):
            return
        if len(self._imports) < MAX_ITEMS * 4:
            self._imports[name, member] = None
        else:
            self._dropped_imports += 1

    def seen(self) -> dict:
        if not self._gate.has_begun(self._frame_builtins):  # type: ignore[attr-defined]
            return {}
        self._measure_disk()
        imports = Bag()
        for name, member in self._imports:
            whole = f"{name}.{member}"
            # A member that is a module of its own can be named alone.
            imports.add(whole if member and whole in sys.modules else name)
        builtins = sorted(self.used & self._ordinary)
        bags = (imports, self._reads, self._writes, self._programs, self._hosts)
        seen = {
            "imports": sorted(imports.items),
            "builtins": builtins,
            "reads": sorted(self._reads.items),
            "writes": sorted(self._writes.items),
            "programs": sorted(self._programs.items),
            "hosts": sorted(self._hosts.items),
            "workdir": self._workdir,
            "processes": self._processes,
            "openFiles": self._open_files,
            "diskBytes": self._disk,
            "dropped": self._dropped_imports + sum(bag.dropped for bag in bags),
        }
        return {"seen": seen}

    def _open(self, arguments: tuple) -> None:
        path, _, flags = arguments
        self._measure_files()
        if isinstance(flags, int) and flags & _WRITE_FLAGS:
            self._measure_disk()
            self._add(self._writes, path)
        else:
            self._add(self._reads, path)

    def _list(self, arguments: tuple) -> None:
        self._add(self._reads, "." if arguments[0] is None else arguments[0])

    def _database(self, arguments: tuple) -> None:
        if arguments[0] not in (":memory:", ""):
            self._add(self._writes, arguments[0])

    def _change(self, arguments: tuple) -> None:
        self._measure_disk()
        self._add(self._writes, arguments[0])

    def _change_both(self, arguments: tuple) -> None:
        self._change(arguments)
        self._add(self._writes, arguments[1])

    def _program(self, arguments: tuple) -> None:
        first = arguments[0]
        self._programs.add(path_text(first) or ascii(first)[:200])
        self._fork(arguments)

    def _fork(self, arguments: tuple) -> None:
        self._children += 1
        self._count_processes(1)

    def _thread(self, arguments: tuple) -> None:
        self._count_processes(2)

    def _count_processes(self, more: int) -> None:
        # How many children live at once is not seen from here: all that were started, up to a few.
        self._processes = max(self._processes, _thread._count() + more + min(self._children, 8))

    def _socket(self, arguments: tuple) -> None:
        if arguments[1] in (2, 10) and not self._is_import():
            self._hosts.add("a socket")

    def _address(self, arguments: tuple) -> None:
        address = arguments[1]
        if getattr(arguments[0], "family", None) == _AF_UNIX or self._is_import():
            return
        if isinstance(address, tuple) and len(address) >= 2:
            self._hosts.add(f"{address[0]}:{address[1]}"[:200])

    def _host(self, arguments: tuple) -> None:
        if not self._is_import():
            self._hosts.add(str(arguments[0])[:200])

    def _is_import(self) -> bool:
        """Libraries try at import what the machine has, and go on without."""
        frame = sys._getframe(3)
        while frame is not None and frame.f_builtins is not self._frame_builtins:
            if frame.f_globals.get("__name__") == "importlib._bootstrap":
                return True
            frame = frame.f_back
        return False

    def _measure_files(self) -> None:
        """The lowest free descriptor is about as high as the number of those in use."""
        try:
            free = os.dup(0)
        except OSError:
            return
        os.close(free)
        self._open_files = max(self._open_files, free + 1)

    def _measure_disk(self) -> None:
        try:
            facts = os.statvfs(self._workdir)
        except OSError:
            return
        self._disk = max(self._disk, (facts.f_blocks - facts.f_bfree) * facts.f_frsize)

    def _add(self, bag: Bag, path: object) -> None:
        text = path_text(path)
        if not text:
            return
        full = os.path.normpath(os.path.join(os.getcwd(), text))
        # Importing a large package would fill the list; every policy lets its files be read.
        if not (full + "/").startswith(self._libraries):
            bag.add(full)
