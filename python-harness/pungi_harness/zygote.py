"""The zygote: a warmed interpreter inside the shared namespaces that forks workers and reaps them.

Theory of operation. It never runs user code and holds no descriptor of a worker that runs. Its one peer is the
supervisor, over the control socket: fork orders come down with the worker's three descriptors (line, stdout,
stderr); births go up with a pidfd, deaths with wait status and usage. It waits in poll on that socket and on a
wake-up pipe that SIGCHLD fills. It ends when the control socket ends or the supervisor dies, and with it, as pid 1
of its namespace, all workers.
"""

from __future__ import annotations

import gc
import os
import select
import sys

import _signal
import _socket

from . import protocol, syscalls, wire_json, worker
from .jail import cgroup, namespaces, privileges, root
from .jail.failure import JailFailure, layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .families import Families

# Control messages: one byte of kind, then fixed or JSON payload. They fit into one packet each.
MAP, MAPPED, MOVED, GO, SETTLED, FORK, ADOPT, BIRTH, BARREN, DEATH, FAILURE, IMPORTING = b"MmVGSFABbDXI"
PACKET = 65536
ORDER = 13
# Numbers of processes come again, but not so soon.
MOST_STRAYS = 16


class Zygote:
    """Runs in the child that the supervisor forked; `main` never returns."""

    def __init__(
        self, control: _socket.socket, plan: dict, directory: str, group: list[str], alone: bool
    ) -> None:
        self._control = control
        self._alone = alone
        self._plan = plan
        self._directory = directory
        self._group = group
        self._proc = -1
        self._own_pidfd = -1
        self._prepared: worker.Prepared | None = None
        self._workers: dict[int, int] = {}
        self._families: Families | None = None
        # Branches that ended before the supervisor could say whose they were.
        self._strays: dict[int, list[int]] = {}

    def main(self) -> None:
        code = 1
        try:
            # The supervisor's handlers are not for its children.
            _signal.signal(_signal.SIGTERM, _signal.SIG_DFL)
            _signal.signal(_signal.SIGCONT, _signal.SIG_DFL)
            if sys.platform == "linux":
                syscalls.prctl(syscalls.PR_SET_PDEATHSIG, _signal.SIGKILL)
            self._enter()
            self._warm_up()
            self._serve()
            code = 0
        except JailFailure as failure:
            self._report(failure)
        except BaseException as error:  # noqa: BLE001 - the process ends here whatever it was
            self._report(JailFailure("zygote", f"{type(error).__name__}: {error}"))
        finally:
            os._exit(code)

    def _enter(self) -> None:
        orders = self._plan["zygote"]
        with layer("cgroup", "give this process a control group that it may fill, or none"):
            cgroup.join(self._group)
        if orders["namespaces"]:
            self._enter_namespaces(orders)

    def _enter_namespaces(self, orders: dict) -> None:
        with layer("namespaces"):
            self._proc = namespaces.open_proc()
            namespaces.unshare(orders["namespaces"])
            self._map_ids(orders["idMap"])
            namespaces.set_hostname("sandbox")
        with layer("root"):
            root.build(orders["root"])
        with layer("namespaces"):
            if self._alone:
                # Its only worker is the first process of the pid namespace: there is nothing to come back to.
                self._control.sendall(bytes((SETTLED,)))
                syscalls.prctl(syscalls.PR_SET_PDEATHSIG, _signal.SIGKILL)
            else:
                self._move_into_pid_namespace()

    def _map_ids(self, id_map: dict) -> None:
        if id_map["writer"] == "self":
            namespaces.write_maps(self._proc, "self", id_map["uid"], id_map["gid"], "deny")
            return
        self._control.sendall(bytes((MAP,)))
        answer = self._control.recv(1)
        if answer != bytes((MAPPED,)):
            raise JailFailure("namespaces", "the supervisor did not map the ids")
        os.setgroups([])
        privileges.settle(id_map["uid"][0]["inside"], id_map["gid"][0]["inside"])

    def _move_into_pid_namespace(self) -> None:
        """Go on as pid 1 of the new namespace; the process that was forked by the supervisor ends."""
        pid = os.fork()
        if pid:
            self._control.sendall(bytes((MOVED,)) + pid.to_bytes(4, "big"))
            os._exit(0)
        # Until the supervisor has buried the old process, its end would fire the parent-death signal.
        if self._control.recv(1) != bytes((GO,)):
            os._exit(0)
        syscalls.prctl(syscalls.PR_SET_PDEATHSIG, _signal.SIGKILL)
        self._own_pidfd = os.pidfd_open(os.getpid())
        session = self._plan["session"]
        if session is not None and session["maxBranches"]:
            from .families import Families

            self._families = Families(self._own_pidfd)

    def _warm_up(self) -> None:
        orders = self._plan["zygote"]
        sys.path[:] = orders["sysPath"]
        sys.prefix = sys.exec_prefix = orders["prefix"]
        sys.executable = orders["executable"]
        # Whole lines, so that a run that is killed keeps what it printed.
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
        # Libraries read thread counts and the like once, when they are imported.
        environment = self._plan["worker"]["environment"]
        os.environ.update({name: value for name, value in environment.items() if "$workdir" not in value})
        with layer("preload"):
            self._prepared = self._prepare(orders["preload"])
            if not self._alone:
                self._prepared.settle()
        # What is frozen is not touched by the collector of a worker, and so stays shared.
        gc.freeze()
        if self._prepared and not self._alone:
            self._prepared.make_ahead()

    def _prepare(self, preload: list[str]) -> worker.Prepared:
        if not preload:
            return worker.Prepared(self._plan, self._proc, self._importing)
        from . import kept_memory
        from .preload_place import PreloadPlace

        with PreloadPlace(self._plan, self._directory):
            prepared = worker.Prepared(self._plan, self._proc, self._importing)
        kept_memory.make_own(self._proc)
        return prepared

    def _importing(self, name: str) -> None:
        """For an import that ends this process without a word; an empty name when all are done."""
        self._control.sendall(bytes((IMPORTING,)) + name.encode())

    def _serve(self) -> None:
        wake_up, wake_up_write = os.pipe()
        os.set_blocking(wake_up, False)
        os.set_blocking(wake_up_write, False)
        _signal.set_wakeup_fd(wake_up_write, warn_on_full_buffer=False)
        _signal.signal(_signal.SIGCHLD, lambda number, stack: None)
        poll = select.poll()
        poll.register(self._control.fileno(), select.POLLIN)
        poll.register(wake_up, select.POLLIN)
        while True:
            for descriptor, _ in poll.poll():
                if descriptor == wake_up:
                    os.read(wake_up, 4096)
                    self._reap()
                elif not self._obey():
                    return

    def _obey(self) -> bool:
        data, descriptors = protocol.receive_descriptors(self._control, ORDER)
        if not data:
            return False
        if data[0] == ADOPT and len(data) == ORDER:
            self._adopt(*(int.from_bytes(data[at : at + 4], "big") for at in (1, 5, 9)))
            return True
        if data[0] != FORK or len(data) != 6 or len(descriptors) != 3:
            raise protocol.ProtocolError("the supervisor sent an order that the zygote does not know")
        self._fork(int.from_bytes(data[1:5], "big"), descriptors, bool(data[5]))
        return True

    def _fork(self, number: int, descriptors: list[int], rehearsed: bool) -> None:
        try:
            pid = self._fork_process(number)
        except OSError as error:
            for descriptor in descriptors:
                os.close(descriptor)
            self._control.sendall(bytes((BARREN,)) + number.to_bytes(4, "big") + str(error).encode()[:1000])
            return
        if pid == 0:
            directory = f"{self._directory}/w{number}"
            worker.main(self._prepared, descriptors, self._proc, directory, rehearsed)  # type: ignore[arg-type]
        self._workers[pid] = number
        for descriptor in descriptors:
            os.close(descriptor)
        message = bytes((BIRTH,)) + number.to_bytes(4, "big") + pid.to_bytes(4, "big")
        if not hasattr(os, "pidfd_open"):
            self._control.sendall(message)
            return
        pidfd = os.pidfd_open(pid)
        protocol.send_descriptors(self._control, message, [pidfd])
        os.close(pidfd)

    def _fork_process(self, number: int) -> int:
        if self._families is not None:
            return self._families.fork(number)
        return namespaces.fork_into_pid_namespace(self._own_pidfd) if self._own_pidfd >= 0 else os.fork()

    def _adopt(self, number: int, parent: int, pid: int) -> None:
        """A branch that worker `parent` made is a worker as any other from here on."""
        if self._families is not None:
            self._families.adopt(number, parent)
        facts = self._strays.pop(pid, None)
        if facts is None:
            self._workers[pid] = number
        else:
            self._tell_death(number, facts)

    def _reap(self) -> None:
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            facts = [status, int((usage.ru_utime + usage.ru_stime) * 1e6), usage.ru_maxrss]
            number = self._workers.pop(pid, None)
            if number is not None:
                self._tell_death(number, facts)
            elif self._families is None or not self._families.bury(pid):
                self._strays[pid] = facts
                if len(self._strays) > MOST_STRAYS:
                    del self._strays[next(iter(self._strays))]

    def _tell_death(self, number: int, facts: list[int]) -> None:
        if self._families is not None:
            self._families.left(number)
        self._control.sendall(bytes((DEATH,)) + wire_json.dumps([number, *facts]).encode())

    def _report(self, failure: JailFailure) -> None:
        message = bytes((FAILURE,)) + wire_json.dumps(failure.as_data()).encode()
        try:
            self._control.sendall(message[:PACKET])
        except OSError:
            # The supervisor is gone; so is everybody who could be told.
            pass
