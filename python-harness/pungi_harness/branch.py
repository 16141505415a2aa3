"""A branch of a session: the living interpreter forked, jailed once more, and given a place of its own.

Theory of operation. The supervisor sends the order with four descriptors: the branch's line and output, and a
Landlock ruleset that knows only the branch's own place. The session forks by the one call that the gate lets
through and goes on waiting for steps. The branch says hello on its line, which tells the supervisor its process id
with the kernel's word for it, copies the files, takes its descriptors, gives up the session's place by restricting
itself further, proves that, and reports ready as any worker does. What it inherits (namespaces, seccomp,
no_new_privs, capabilities, rlimits) holds as it is. Any error on the way ends it.
"""

from __future__ import annotations

import os
import posix
import stat
import sys

import _signal
import _socket

from . import modes, protocol, syscalls, user_modules, wire_json
from .branch_fork import Forker
from .copy_workdir import WorkdirCopy
from .jail import proofs
from .jail.failure import JailFailure, layer
from .open_descriptors import open_descriptors

OUT, ERR, LINE = 1, 2, 3
PARTS = ("work", "tmp", "shm")
E2BIG, EACCES = 7, 13

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .language import Language
    from .worker import Prepared


class Brancher:
    """What a session needs to make branches; `place` is where its files are."""

    def __init__(self, prepared: Prepared, place: str) -> None:
        self._prepared = prepared
        self._place = place
        self._forker = Forker()
        # Of the order, not of the process, which may have lowered its own since it opened some.
        orders = prepared.plan["worker"]["rlimits"]
        self._most_descriptors = next(order["hard"] for order in orders if order["name"] == "NOFILE")

    def obey(self, line: _socket.socket, payload: bytes, descriptors: list[int]) -> None:
        """Returns in the session, and in the branch once that is ready for steps: then `line` is the branch's."""
        orders = wire_json.loads(payload.decode())
        found: list[int] = []
        named: list[tuple[str, str]] = []
        _flush_streams()
        try:
            # What can be looked up before the fork is: each page that a branch touches costs it a fault.
            found = open_descriptors(self._most_descriptors)
            named = _naming(self._place)
            refused = _why_not(found, descriptors)
        except Exception as error:  # noqa: BLE001 - user code may have put anything in place of the environment
            refused = f"what it has cannot be looked up: {type(error).__name__}"
        pid = -1
        if not refused:
            try:
                pid = self._forker.fork()
            except OSError as error:
                refused = f"the kernel made no process: {error}"
        if pid:
            for descriptor in descriptors:
                posix.close(descriptor)
            line.sendall(protocol.frame(protocol.FORKED, 0, refused.encode()[:300]))
            return
        try:
            self._become(line, f"{self._place}/{orders['name']}", descriptors, found, named)
        except BaseException as error:  # noqa: BLE001 - whatever it is, no step may run
            failure = error if isinstance(error, JailFailure) else JailFailure("fork", f"{type(error).__name__}: {error}")
            line.sendall(protocol.frame(protocol.FAILED, 0, str(failure).encode()[:300]))
            posix._exit(70)

    def _become(
        self,
        line: _socket.socket,
        place: str,
        descriptors: list[int],
        found: list[int],
        named: list[tuple[str, str]],
    ) -> None:
        ruleset = _take_descriptors(descriptors)
        kept = {0, OUT, ERR, LINE, *descriptors}
        line.sendall(protocol.frame(protocol.HELLO, 0, b""))
        with layer("parent-death"):
            syscalls.prctl(syscalls.PR_SET_PDEATHSIG, _signal.SIGKILL)
        posix.setsid()
        before, self._place = self._place, place
        copy = WorkdirCopy(before, place)
        with layer("workdir", "raise diskLimitMb, which holds for a session and its branches together"):
            copy.copy(PARTS)
            copy.move_descriptors([number for number in found if number not in kept])
        there = copy.moved(_current_directory(before))
        posix.chdir(f"{place}/work")
        _move_surroundings(copy, named)
        _move_language(self._prepared.language, copy)
        if self._prepared.plan["language"]["modesIgnored"]:
            modes.tolerate(place)
        with layer("landlock"):
            _give_up_place(ruleset)
        with layer("proofs"):
            orders = self._prepared.plan["worker"]
            proofs.check(orders["proofs"], orders, place)
            _prove_apart(before)
        try:
            posix.chdir(there)
        except OSError:
            # It was removed, or its mode forbids it: the workdir it is.
            pass
        line.sendall(protocol.frame(protocol.READY, 0, b""))


def _give_up_place(ruleset: int) -> None:
    try:
        syscalls.call("landlock_restrict_self", ruleset, 0)
    except OSError as error:
        if error.errno != E2BIG:
            raise
        bound = "it is a fork of forks already, as deep as Landlock lets them be nested"
        raise JailFailure("landlock", bound) from None
    posix.close(ruleset)


def _take_descriptors(descriptors: list[int]) -> int:
    """As a worker's: 0 null, 1 and 2 the output, 3 the line. Gives the ruleset."""
    line, out, err, ruleset = descriptors
    null = posix.open("/dev/null", posix.O_RDWR | posix.O_CLOEXEC)
    for source, target in ((null, 0), (out, OUT), (err, ERR), (line, LINE)):
        posix.dup2(source, target, target in (0, OUT, ERR))
        posix.close(source)
    return ruleset


def _why_not(found: list[int], descriptors: list[int]) -> str:
    """What this process holds that a copy would share with it. Its threads and children the supervisor counts."""
    known = {0, OUT, ERR, LINE, *descriptors}
    if len(descriptors) != 4:
        return "its limit of open files leaves no room for those of a branch"
    for number in found:
        if number in known:
            continue
        mode = posix.fstat(number).st_mode
        if stat.S_ISSOCK(mode):
            return f"it has an open socket (descriptor {number})"
        if stat.S_ISFIFO(mode):
            return f"it has an open pipe (descriptor {number})"
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISCHR(mode)):
            return f"it has a descriptor that cannot be copied ({number})"
    return ""


def _flush_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # noqa: BLE001 - user code may have put anything there
            pass


def _current_directory(otherwise: str) -> str:
    try:
        return posix.getcwd()
    except FileNotFoundError:
        return otherwise


def _naming(place: str) -> list[tuple[str, str]]:
    """What of the environment names a place."""
    return [(name, value) for name, value in os.environ.items() if value == place or value.startswith(place + "/")]


def _move_surroundings(copy: WorkdirCopy, named: list[tuple[str, str]]) -> None:
    """What names the session's place: environment, module search, tempfile."""
    for name, value in named:
        os.environ[name] = copy.moved(value)
    sys.path[:] = [copy.moved(path) if isinstance(path, str) else path for path in sys.path]
    finders = sys.path_importer_cache
    for path in list(finders):
        # A relative one was found in the session's place.
        if not (isinstance(path, str) and path.startswith("/") and copy.moved(path) == path):
            del finders[path]
    tempfile = sys.modules.get("tempfile")
    if tempfile is not None and isinstance(vars(tempfile).get("tempdir"), str):
        vars(tempfile)["tempdir"] = copy.moved(vars(tempfile)["tempdir"])


def _move_language(language: Language, copy: WorkdirCopy) -> None:
    """What was installed for the session's workdir holds for the branch's."""
    language.gate.move(copy.moved)
    workdir = f"{copy.target}/work"
    user_modules.add_hook(language, workdir)
    if language.run is not None:
        language.run.workdir = workdir


def _prove_apart(before: str) -> None:
    """The session's files are out of reach, by their names and by what was left open."""
    for path in (before, f"{before}/work"):
        try:
            posix.close(posix.open(path, posix.O_RDONLY | posix.O_DIRECTORY | posix.O_CLOEXEC))
        except OSError as error:
            if error.errno == EACCES:
                continue
            raise JailFailure("fork", f"the proof 'apart' failed for another reason: {error}") from None
        raise JailFailure("fork", "the proof 'apart' was not refused: a branch reaches the files of its session")
