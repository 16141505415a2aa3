"""The worker: applies every layer to itself, proves them, waits for its one job, runs it, ends.

Theory of operation. Forked by the zygote, it holds three descriptors: its line to the supervisor and the pipes
that become descriptors 1 and 2. It closes all others, enters its own namespaces, drops what it can drop, loads
Landlock and seccomp, and tries from inside what must fail. Then it runs a dummy job, so that the pages that a
run touches are its own already, and reports ready with a descriptor of its workdir. Any error on this way is
reported as a failure of the layer and ends the process. From the job on, this process is hostile.
"""

from __future__ import annotations

import fcntl
import gc
import os
import sys
import time

import _signal
import _socket

from . import closing, execute, modes, protocol, reseed, syscalls, values, wire_json
from .jail import landlock, limits, namespaces, privileges, proofs, root, seccomp
from .jail.failure import JailFailure, layer
from .language import Language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

OUT, ERR, LINE, PROC, RULESET = 1, 2, 3, 4, 5
FREE = 100
WORKDIR = "$workdir"
# CPython adapts code to what it meets when it has run some twenty times.
WARM_ROUNDS = 30
JOB_CAP = 256 << 20
NO_LANDLOCK = "boot with Landlock on, or ask for another level"


class Prepared:
    """What the zygote makes ready once for all its workers."""

    def __init__(self, plan: dict, proc: int, tell: Callable[[str], None]) -> None:
        import binascii

        self.plan = plan
        # The place for which the environment is set; none yet.
        self.place = ""
        orders = plan["worker"]["seccomp"]
        self.program = binascii.a2b_base64(orders["program"]) if orders else b""
        repeatable = None
        if plan["language"]["seed"] is not None or plan["language"]["clock"] is not None:
            from .policy import deterministic

            # Ahead of preloads, which take the functions that they find.
            repeatable = deterministic.install(plan["language"])
        # Descriptors that preloaded modules believe to be theirs.
        self.kept: list[int] = []
        if plan["zygote"]["preload"]:
            from .preloading import preload

            self.kept = preload(plan["zygote"]["preload"], proc, tell)
        self.language = Language(plan["language"])
        if repeatable is not None:
            self.language.begins.append(repeatable.begin)
        orders = plan["worker"]["landlock"]
        with layer("landlock", NO_LANDLOCK):
            self.rules = landlock.open_rules(orders) if orders else []

    def settle(self) -> None:
        """In a pool: make here, once, the caches that every worker would make for itself."""
        from . import preloads  # noqa: F401

        if self.plan["session"] is not None:
            from . import serving

            serving.settle(self)
        execute.warm_up(self.language, WARM_ROUNDS)
        orders = self.plan["worker"]
        # Where workdirs have no place in common, each worker still puts in its own.
        self.place = orders["workdir"]["path"] if orders["workdir"]["kind"] == "tmpfs" else WORKDIR
        _set_environment(orders["environment"], "", self.place)

    def make_ahead(self) -> None:
        """Where workdirs have one path, what every worker would install and make for its runs. After the freeze of what
        is there: a program may ask the collector for its own variables."""
        if self.plan["worker"]["workdir"]["kind"] == "tmpfs":
            self.language.make_ahead(f"{self.place}/work")


def main(prepared: Prepared, descriptors: list[int], proc: int, directory: str, rehearsed: bool) -> None:
    """In the child; never returns."""
    line = None
    try:
        ruleset = -1
        with layer("landlock", NO_LANDLOCK):
            if prepared.rules:
                ruleset = landlock.create(prepared.plan["worker"]["landlock"], prepared.rules)
        line = _take_descriptors(descriptors, proc, ruleset, prepared.kept)
        place = _enter_jail(line, prepared, proc >= 0, directory)
        reseed.reseed()
        if rehearsed:
            # A run in a worker that has had a dummy one finds its pages there: it is several times faster.
            _rehearse(line, prepared)
        prepared.language.get_ready(os.getcwd())
        gc.enable()
        _report_ready(line, prepared.plan)
    except BaseException as error:  # noqa: BLE001 - whatever it is, user code must not run
        _report_failure(line, error)
        os._exit(70)
    _serve(line, prepared, place)


def _take_descriptors(descriptors: list[int], proc: int, ruleset: int, kept: list[int]) -> _socket.socket:
    """0 null, 1 and 2 the output, 3 the line; 4 the host's /proc and 5 the Landlock rules until they are used."""
    _signal.set_wakeup_fd(-1)
    _signal.signal(_signal.SIGCHLD, _signal.SIG_DFL)
    line, out, err = descriptors
    wanted = {OUT: out, ERR: err, LINE: line}
    if proc >= 0:
        wanted[PROC] = proc
    if ruleset >= 0:
        wanted[RULESET] = ruleset
    # By way of high numbers, so that no target is overwritten before it is moved.
    moved = {target: fcntl.fcntl(source, fcntl.F_DUPFD_CLOEXEC, FREE) for target, source in wanted.items()}
    for target, source in moved.items():
        os.dup2(source, target, inheritable=target in (OUT, ERR))
    for number in range(OUT, RULESET + 1):
        if number not in moved:
            closing.close(number, number)
    closing.close_all_but(kept, RULESET + 1)
    os.setsid()
    return _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM, 0, fileno=LINE)


def _enter_jail(line: _socket.socket, prepared: Prepared, has_proc: bool, directory: str) -> str:
    """Apply all layers in the one order that works, and prove them. Gives the worker's place."""
    orders = prepared.plan["worker"]
    ids = orders["ids"]
    with layer("ids"):
        if ids:
            privileges.become(ids["uid"], ids["gid"])
    with layer("namespaces"):
        if has_proc:
            namespaces.enter_own(PROC, os.getuid(), os.getgid())
            namespaces.offer_to_memory_killer(PROC)
            os.close(PROC)
    place = ""
    with layer("workdir"):
        place = _make_workdir(orders["workdir"], directory)
    _set_environment(orders["environment"], prepared.place, place)
    if prepared.plan["language"]["modesIgnored"]:
        modes.tolerate(os.path.realpath(place))
    open_files = [order for order in orders["rlimits"] if order["name"] == "NOFILE"]
    others = [order for order in orders["rlimits"] if order["name"] != "NOFILE"]
    with layer("rlimits"):
        limits.apply(others)
    if prepared.plan["level"] != "process":
        _drop_privileges()
    with layer("landlock", NO_LANDLOCK):
        if orders["landlock"]:
            landlock.apply(RULESET, orders["landlock"], place)
    kept = [os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)]
    with layer("seccomp"):
        if orders["seccomp"]:
            listener = seccomp.apply(orders["seccomp"], prepared.program)
            kept += [listener] if listener >= 0 else []
    _hand_over(line, kept)
    with layer("rlimits"):
        limits.apply(open_files)
    with layer("proofs"):
        proofs.check(orders["proofs"], orders, place)
    return place


def _hand_over(line: _socket.socket, kept: list[int]) -> None:
    """A descriptor of the place, and the gate's if there is one, for the supervisor."""
    # Ahead of the limit of open files: the kernel holds that against what all processes of the user have on its way.
    protocol.send_descriptors(line, protocol.frame(protocol.HELD, 0, b""), kept)
    for descriptor in kept:
        os.close(descriptor)


def _make_workdir(orders: dict, directory: str) -> str:
    place = directory
    if orders["kind"] == "tmpfs":
        place = orders["path"]
        root.mount_workdir(place, orders["sizeBytes"], orders["inodes"])
        for name in ("work", "tmp", "shm"):
            os.mkdir(f"{place}/{name}", 0o700)
    os.chdir(f"{place}/work")
    return place


def _set_environment(environment: dict[str, str], before: str, place: str) -> None:
    """The whole of it, but for what the zygote has set already."""
    if not before:
        os.environ.clear()
    for name, value in environment.items():
        if not before or (before != place and WORKDIR in value):
            os.environ[name] = value.replace(WORKDIR, place)


def _drop_privileges() -> None:
    with layer("capabilities"):
        privileges.drop_capabilities()
    with layer("new-privileges"):
        privileges.forbid_new_privileges()
    # After the last change of ids, which clears it.
    with layer("parent-death"):
        syscalls.prctl(syscalls.PR_SET_PDEATHSIG, _signal.SIGKILL)


def _rehearse(line: _socket.socket, prepared: Prepared) -> None:
    """The way of a job, but for its ending, with one that is nobody's."""
    line.setblocking(False)
    try:
        protocol.receive_descriptors(line, protocol.SMALL)
    except BlockingIOError:
        # Nothing is there before this worker is ready.
        pass
    line.setblocking(True)
    reader = protocol.FrameReader({protocol.JOB: JOB_CAP})
    for _, _, payload in reader.feed(protocol.frame(protocol.JOB, 0, execute.DUMMY)):
        execute.rehearse(_take_job(payload), prepared.language)


def _report_ready(line: _socket.socket, plan: dict) -> None:
    orders = plan["worker"]
    jailed = plan["level"] != "process"
    layers = {
        "namespaces": plan["zygote"]["namespaces"],
        "landlock": orders["landlock"]["abi"] if orders["landlock"] else 0,
        "seccomp": "filter" if orders["seccomp"] else "off",
        "noNewPrivileges": jailed,
        "capabilities": "none" if jailed else "kept",
        "ids": f"uid {os.getuid()}, gid {os.getgid()}",
        "rlimits": [order["name"] for order in orders["rlimits"]],
        "cgroup": None,
        "proofs": orders["proofs"],
    }
    line.sendall(protocol.frame(protocol.READY, 0, wire_json.dumps({"layers": layers}).encode()))


def _report_failure(line: _socket.socket | None, error: BaseException) -> None:
    failure = error if isinstance(error, JailFailure) else JailFailure("worker", f"{type(error).__name__}: {error}")
    if line is not None:
        line.sendall(protocol.frame(protocol.FAILED, 0, wire_json.dumps(failure.as_data()).encode()))


def _serve(line: _socket.socket, prepared: Prepared, place: str) -> None:
    code = 71
    try:
        if prepared.plan["session"] is not None:
            from . import serving

            serving.serve(line, prepared, place, JOB_CAP)
            code = 0
            return
        job = _receive_job(line)
        prepared.language.rich.begin(line, job)
        if "functions" in job:
            from .functions import desk

            desk.Desk(line, None).begin(prepared.language.rich, job["functions"])
        outcome = execute.run_job(job, prepared.language)
        line.sendall(protocol.frame(protocol.OUTCOME, 0, execute.outcome_json(outcome).encode()))
        # Alive until the supervisor, which reads its accounts first, kills it.
        while line.recv(protocol.SMALL):
            # Answers that nobody waits for any more.
            pass
    finally:
        # User code may have broken anything; then the supervisor sees silence and this code.
        os._exit(code)


def _receive_job(line: _socket.socket) -> dict:
    reader = protocol.FrameReader({protocol.JOB: JOB_CAP})
    room = protocol.SMALL
    while True:
        data, descriptors = protocol.receive_descriptors(line, room)
        room = protocol.LARGE if len(data) == room else protocol.SMALL
        if not data:
            os._exit(0)
        for descriptor in descriptors:
            os.dup2(descriptor, 0)
            os.close(descriptor)
        for _, _, payload in reader.feed(data):
            return _take_job(payload)


def _take_job(payload: bytes) -> dict:
    job = values.decode(payload.decode())
    if job["env"]:
        os.environ.update(job["env"])
    if "TZ" in os.environ:
        # The C library looks at it once, and that was before.
        time.tzset()
    return job
