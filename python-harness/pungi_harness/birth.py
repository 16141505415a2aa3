"""The zygote's birth and burial, and what belongs to its whole life: control socket, cgroup, workdirs."""

from __future__ import annotations

import os
import select
import time

import _signal
import _socket

from . import protocol, workdir, wire_json, zygote
from .jail import namespaces
from .jail.cgroup import Cgroup
from .jail.failure import JailFailure

PACKET = zygote.PACKET


class Birth:
    def __init__(self, launch: dict) -> None:
        self._plan = launch["plan"]
        self._alone = launch["workers"] == 1 and not launch["replenish"]
        self._directory: str | None = launch["directory"]
        if self._directory is not None and self.owner_ids():
            # Workers with other ids pass through to their own places, but cannot list them.
            os.chmod(self._directory, 0o711)
        self._places: set[str] = set()
        # What the zygote imports now.
        self._importing = ""
        self.cgroup = Cgroup(launch["cgroup"]) if launch["cgroup"] else None
        self.pid = 0
        self.control: _socket.socket = None  # type: ignore[assignment]

    def begin(self) -> None:
        orders = self._plan["zygote"]
        # Packets: a message with its descriptors is one unit.
        self.control, theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
        group = self.cgroup.paths if self.cgroup else []
        self.pid = os.fork()
        if self.pid == 0:
            self.control.close()
            os.close(3)
            zygote.Zygote(theirs, self._plan, self._directory or "", group, self._alone).main()
        theirs.close()
        if orders["namespaces"]:
            self._follow(orders["idMap"])

    def _follow(self, id_map: dict) -> None:
        """Map ids for the zygote if it needs us to, and follow it into its pid namespace."""
        # Needed afterwards; there is time while the zygote builds its jail.
        from . import loop  # noqa: F401

        builder = os.pidfd_open(self.pid)
        try:
            while not self._take_step(builder, id_map):
                pass
        finally:
            os.close(builder)

    def _take_step(self, builder: int, id_map: dict) -> bool:
        """Answer one message of the process that builds the namespaces; true when it was the last."""
        message = self._hear_builder(builder)
        if message[0] == zygote.SETTLED:
            return True
        if message[0] == zygote.MOVED:
            os.waitpid(self.pid, 0)
            self.pid = int.from_bytes(message[1:5], "big")
            self._answer(zygote.GO)
            return True
        if message[0] != zygote.MAP:
            raise failure_of(message)
        proc = namespaces.open_proc()
        try:
            namespaces.write_maps(proc, str(self.pid), id_map["uid"], id_map["gid"], "allow")
        except OSError:
            from .handle import DYING_MS, has_ended

            if has_ended(builder, DYING_MS):
                raise self._ended() from None
            raise
        finally:
            os.close(proc)
        self._answer(zygote.MAPPED)
        return False

    def _hear_builder(self, builder: int) -> bytes:
        """Its end counts as well as the socket's: the copy of itself that it leaves holds the socket too."""
        poll = select.poll()
        poll.register(self.control, select.POLLIN)
        poll.register(builder, select.POLLIN)
        if not any(ready == self.control.fileno() for ready, _ in poll.poll()):
            raise self._ended()
        return self.hear()[0]

    def _answer(self, kind: int) -> None:
        try:
            self.control.sendall(bytes((kind,)))
        except ConnectionError:
            raise self._last_words() from None

    def hear(self) -> tuple[bytes, list[int]]:
        """One message of the zygote with its descriptors. JailFailure when it has ended."""
        try:
            message, descriptors = self._receive()
        except ConnectionResetError:
            # It left orders unread, which the kernel tells before what it said last.
            message, descriptors = self._receive()
        if not message:
            raise self._ended()
        if message[0] == zygote.IMPORTING:
            self._importing = message[1:].decode()
        return message, descriptors

    def _receive(self) -> tuple[bytes, list[int]]:
        return protocol.receive_descriptors(self.control, PACKET)

    def _ended(self) -> JailFailure:
        if not self._importing:
            return JailFailure("zygote", "the zygote ended")
        return JailFailure("preload", f"import {self._importing}: the process ended, {self._bury_zygote()}")

    def _bury_zygote(self) -> str:
        """How it ended that has closed everything, and so is about to end if it has not."""
        for _ in range(100):
            found, status = os.waitpid(self.pid, os.WNOHANG)
            if found:
                self.pid = 0
                code = os.waitstatus_to_exitcode(status)
                return f"exit code {code}" if code >= 0 else f"killed by signal {-code} ({_signal.strsignal(-code)})"
            time.sleep(0.005)
        return "or closed its descriptors"

    def _last_words(self) -> JailFailure:
        """Why the zygote takes no orders any more."""
        try:
            while True:
                message, descriptors = self.hear()
                for descriptor in descriptors:
                    os.close(descriptor)
                if message[0] == zygote.FAILURE:
                    return failure_of(message)
        except JailFailure as failure:
            return failure

    def fork_worker(self, number: int, rehearsed: bool) -> tuple[_socket.socket, int, int]:
        """Order a worker; gives our ends of its line, stdout and stderr. OSError when there is no room for it."""
        if self._directory is not None:
            self._make_place(f"w{number}")
        ours, theirs = open_ends()
        order = bytes((zygote.FORK,)) + number.to_bytes(4, "big") + bytes((rehearsed,))
        try:
            protocol.send_descriptors(self.control, order, theirs)
        except ConnectionError:
            raise self._last_words() from None
        for descriptor in theirs:
            os.close(descriptor)
        return ours

    def adopt(self, number: int, parent: int, pid: int) -> None:
        """Tell the zygote of a worker that it did not fork; `pid` is its number there."""
        fields = b"".join(value.to_bytes(4, "big") for value in (number, parent, pid))
        try:
            self.control.sendall(bytes((zygote.ADOPT,)) + fields)
        except ConnectionError:
            raise self._last_words() from None

    def children_of_zygote(self) -> list[int]:
        return _children_of(self.pid)

    def owner_ids(self) -> tuple[int, int] | None:
        """The ids of a worker as this process sees them, when they differ from its own."""
        worker = self._plan["worker"]["ids"]
        if not worker:
            return None
        id_map = self._plan["zygote"]["idMap"]
        if not id_map:
            return worker["uid"], worker["gid"]
        return _outside(id_map["uid"], worker["uid"]), _outside(id_map["gid"], worker["gid"])

    def tree_of(self, pid: int) -> list[int]:
        """A worker and whoever may belong to it, orphans included: those in a group that is its alone."""
        return self.cgroup.members() if self.cgroup and self._alone else [pid]

    def _make_place(self, name: str) -> None:
        ids = self.owner_ids()
        for part in ("", "/work", "/tmp", "/shm"):
            path = f"{self._directory}/{name}{part}"
            os.mkdir(path, 0o700)
            # From the first: of one that was made in part all is removed.
            self._places.add(name)
            if ids:
                os.chown(path, *ids)

    def remove_place(self, number: int) -> None:
        name = f"w{number}"
        if name not in self._places:
            return
        self._places.discard(name)
        parent = os.open(self._directory or "", workdir.DIRECTORY)
        try:
            workdir.remove_tree(parent, name)
        finally:
            os.close(parent)

    def end(self) -> None:
        """End the zygote and so all workers; remove what was made for them."""
        if self.control:
            self.control.close()
        if self.pid:
            try:
                os.kill(self.pid, _signal.SIGKILL)
                os.waitpid(self.pid, 0)
            except (ProcessLookupError, ChildProcessError):
                pass
            self.pid = 0
        self.end_orphans()
        for name in list(self._places):
            self.remove_place(int(name[1:]))
        if self.cgroup:
            self.cgroup.remove()
        if self._directory is not None:
            # Node made it, but may be gone; if not, it makes sure.
            try:
                os.rmdir(self._directory)
            except OSError:
                pass

    def end_orphans(self) -> tuple[int, int]:
        """End what workers left behind: as subreaper this process inherits it, whatever sessions it made.

        Gives what they used: microseconds of CPU, and the peak of the largest in kB.
        """
        cpu_us = peak_kb = 0
        if self.cgroup:
            self.cgroup.kill_all_but(self.pid)
        while True:
            children = [pid for pid in _children_of(os.getpid()) if pid != self.pid]
            if not children:
                return cpu_us, peak_kb
            for pid in children:
                try:
                    os.kill(pid, _signal.SIGKILL)
                    _, _, usage = os.wait4(pid, 0)
                    cpu_us += int((usage.ru_utime + usage.ru_stime) * 1e6)
                    peak_kb = max(peak_kb, usage.ru_maxrss)
                except (ProcessLookupError, ChildProcessError):
                    pass


def open_ends() -> tuple[tuple[_socket.socket, int, int], list[int]]:
    """Our ends of a worker's line, stdout and stderr; and the worker's, in that order."""
    opened: list[int] = []
    try:
        pair = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_STREAM)
        opened += [pair[1].detach()]
        opened += os.pipe()
        opened += os.pipe()
    except OSError:
        for descriptor in opened:
            os.close(descriptor)
        raise
    theirs, out, out_write, err, err_write = opened
    return (pair[0], out, err), [theirs, out_write, err_write]


def _children_of(pid: int) -> list[int]:
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(pid) for pid in file.read().split()]
    except OSError:
        # No /proc, or a kernel without that file: whoever is left is ended by the parent-death signal.
        return []


def failure_of(message: bytes) -> JailFailure:
    if message[:1] != bytes((zygote.FAILURE,)):
        return JailFailure("zygote", "the zygote sent something unknown")
    data = wire_json.loads(message[1:].decode())
    return JailFailure(data["layer"], data["message"], data["hint"])


def _outside(extents: list[dict[str, int]], inside: int) -> int:
    for extent in extents:
        if extent["inside"] == inside:
            return extent["outside"]
    raise JailFailure("ids", f"id {inside} is not mapped")
