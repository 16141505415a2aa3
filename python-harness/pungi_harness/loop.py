"""The supervisor's loop: frames from node, news from the zygote, lines and output of workers, clocks."""

from __future__ import annotations

import os
import select
import time

import _socket

from . import protocol, wire_json, workdir, zygote
from .birth import PACKET, Birth, failure_of
from .channel import Channel
from .collector import Collector
from .handle import Handle
from .jail.failure import JailFailure
from .run import Run

# A run that floods its output past this many times the cap is ended.
FLOOD = 10
TICK = 0.05
# How long a worker that closed its line may take to die by itself.
LINGER = 0.2
READABLE = select.POLLIN | select.POLLHUP | select.POLLERR


class Loop:
    def __init__(self, channel: Channel, launch: dict, birth: Birth) -> None:
        self._channel = channel
        self._birth = birth
        self._plan = launch["plan"]
        self._limits = self._plan["limits"]
        self._replenish = launch["replenish"]
        self._owner = workdir.Owner(birth.owner_ids())
        self._handles: dict[int, Handle] = {}
        self._by_descriptor: dict[int, Handle] = {}
        self._runs: dict[int, Run] = {}
        self._idle: list[Handle] = []
        self._waiting: list[Run] = []
        self._inbox: list[tuple[int, int, bytes]] = []
        self._collectors: list[Collector] = []
        self._lingering: dict[Handle, float] = {}
        self._forked = 0
        self._poll = select.poll()
        self._registered: dict[int, int] = {}
        for _ in range(launch["workers"]):
            self._fork()

    # The loop itself.

    def run(self) -> None:
        early, self._channel.early = self._channel.early, []
        self._obey(early)
        while not self._channel.ended:
            self._watch_all()
            for descriptor, _ in self._poll.poll(self._wait_ms()):
                self._on_ready(descriptor)
            self._tick()
            self._pump()

    def _watch_all(self) -> None:
        room = not self._channel.full
        wanted = {self._birth.control.fileno(): select.POLLIN}
        wanted[self._channel.fd] = (select.POLLOUT if self._channel.unsent else 0) | (0 if self._waiting else select.POLLIN)
        for handle in self._handles.values():
            if not handle.line.ended:
                wanted[handle.line.fd] = select.POLLIN | (select.POLLOUT if handle.line.unsent else 0)
            if room:
                for descriptor in handle.outputs:
                    wanted[descriptor] = select.POLLIN
        for descriptor in self._registered.keys() - wanted.keys():
            self._poll.unregister(descriptor)
        for descriptor, mask in wanted.items():
            if self._registered.get(descriptor) != mask:
                self._poll.register(descriptor, mask)
        self._registered = wanted

    def _on_ready(self, descriptor: int) -> None:
        if descriptor == self._channel.fd:
            self._channel.flush()
            self._obey(self._channel.receive())
        elif descriptor == self._birth.control.fileno():
            self._hear_zygote()
        else:
            handle = self._by_descriptor.get(descriptor)
            # It may have been released by an earlier event of the same round.
            if handle is None:
                return
            if descriptor in handle.outputs:
                self._forward_output(handle, descriptor)
            else:
                handle.line.flush()
                self._hear_worker(handle)

    # Orders of node.

    def _obey(self, frames: list[tuple[int, int, bytes]]) -> None:
        """Frames are taken in order; those behind a run that waits for its worker wait with it."""
        self._inbox += frames
        while self._inbox and not self._waiting:
            self._obey_one(*self._inbox.pop(0))

    def _obey_one(self, kind: int, number: int, payload: bytes) -> None:
        if kind == protocol.START:
            run = Run(number, wire_json.loads(payload.decode()))
            self._runs[number] = run
            self._waiting.append(run)
            self._assign()
            return
        run = self._runs.get(number)
        # A frame for a run that has ended meanwhile is late, not wrong.
        if run is None or run.handle is None:
            return
        if kind == protocol.STOP:
            self._stop(run, wire_json.loads(payload.decode())["reason"])
        elif kind == protocol.FILE:
            self._give_files(run, run.handle, payload)
        elif kind == protocol.STDIN:
            run.take_stdin(payload)
        elif kind == protocol.JOB:
            self._begin(run, run.handle, payload)

    def _assign(self) -> None:
        if not self._waiting or not self._idle:
            return
        run = self._waiting.pop(0)
        handle = self._idle.pop(0)
        handle.run = run
        run.handle = handle
        if self._replenish:
            self._fork()
        self._give_files(run, handle, b"")

    def _give_files(self, run: Run, handle: Handle, data: bytes) -> None:
        if run.reason:
            return
        try:
            run.take_files(handle.work, self._owner, data)
        except OSError as error:
            self._refuse_files(run, handle, error)

    def _refuse_files(self, run: Run, handle: Handle, error: OSError) -> None:
        """The caller's files do not fit or cannot be read: the run does not begin."""
        run.stop("lost")
        self._runs.pop(run.number)
        full = error.errno in (28, 122)
        message = "they do not fit into the workdir" if full else f"{error.filename}: {error.strerror}"
        hint = "Raise diskLimitMb." if full else "Name files that this process may read."
        failure = {"layer": "files", "message": message, "hint": hint}
        self._channel.send(protocol.FAILED, run.number, wire_json.dumps(failure).encode())
        handle.kill()

    def _begin(self, run: Run, handle: Handle, job: bytes) -> None:
        if run.reason:
            return
        message = protocol.frame(protocol.JOB, 0, job)
        run.started = time.monotonic()
        handle.start_clock()
        stdin = run.read_only_stdin() if run.has_stdin else -1
        if stdin >= 0:
            # The descriptor rides on the first byte; the rest may go in pieces.
            protocol.send_descriptors(handle.line.socket, message[:1], [stdin])
            os.close(stdin)
            message = message[1:]
        handle.line.send_raw(message)

    def _stop(self, run: Run, reason: str) -> None:
        run.stop(reason)
        if run.handle:
            run.handle.kill()
            if self._plan["level"] == "process":
                run.handle.kill_group()

    # News of the zygote.

    def _fork(self) -> None:
        self._forked += 1
        handle = Handle(self._forked, *self._birth.fork_worker(self._forked), self._limits["maxResultBytes"])
        self._handles[handle.number] = handle
        for descriptor in (handle.line.fd, *handle.outputs):
            self._by_descriptor[descriptor] = handle

    def _hear_zygote(self) -> None:
        message, descriptors = protocol.receive_descriptors(self._birth.control, PACKET)
        if not message:
            raise JailFailure("zygote", "the zygote ended")
        kind = message[0]
        if kind == zygote.BIRTH:
            handle = self._handles[int.from_bytes(message[1:5], "big")]
            handle.born(int.from_bytes(message[5:9], "big"), descriptors[0] if descriptors else -1)
            if handle.run and handle.run.reason:
                handle.kill()
        elif kind == zygote.DEATH:
            number, status, cpu_us, peak_kb = wire_json.loads(message[1:].decode())
            self._bury(self._handles[number], status, cpu_us, peak_kb)
        else:
            raise failure_of(message)

    def _bury(self, handle: Handle, status: int, cpu_us: int, peak_kb: int) -> None:
        handle.dead = (status, cpu_us, peak_kb)
        self._lingering.pop(handle, None)
        self._hear_worker(handle)
        run = handle.run
        if self._plan["level"] == "process":
            handle.kill_group()
        self._drain(handle)
        if run is None:
            if not handle.ready and not self._channel.ended:
                raise JailFailure("worker", f"a worker died before it was ready (wait status {status})")
            self._release(handle)
        elif run.number in self._runs:
            run.stop("outcome" if run.outcome is not None else "exited")
            self._collectors.append(Collector(self._channel, handle, run, self._limits, self._facts(handle, run)))
        else:
            self._release(handle)

    # Lines and outputs of workers.

    def _hear_worker(self, handle: Handle) -> None:
        while not handle.line.ended:
            try:
                if handle.ready:
                    frames = handle.line.receive()
                else:
                    frames, descriptors = handle.line.receive_with_descriptors()
                    if descriptors:
                        handle.take_workdir(descriptors[0])
            except protocol.ProtocolError:
                handle.line.ended = True
                if handle.run:
                    handle.run.stop("lost")
                handle.kill()
                return
            if not frames and not handle.line.ended:
                return
            for kind, _, payload in frames:
                self._take(handle, kind, payload)
        if handle.dead is None and handle not in self._lingering:
            self._lingering[handle] = time.monotonic() + LINGER

    def _take(self, handle: Handle, kind: int, payload: bytes) -> None:
        run = handle.run
        if kind == protocol.READY and not handle.ready:
            handle.ready = True
            self._idle.append(handle)
            self._channel.send(protocol.READY, 0, self._complete_ready(payload))
            self._assign()
            self._obey([])
        elif kind == protocol.FAILED and not handle.ready:
            failure = wire_json.loads(payload.decode())
            raise JailFailure(failure["layer"], failure["message"], failure["hint"])
        elif kind == protocol.EVENT and run and not run.reason:
            self._channel.send(protocol.EVENT, run.number, payload)
        elif kind == protocol.OUTCOME and run and run.started and run.outcome is None and not run.reason:
            run.outcome = payload
            self._on_outcome(handle, run)

    def _complete_ready(self, payload: bytes) -> bytes:
        """Before user code a worker is trusted; it cannot know the cgroup, which is ours."""
        message = wire_json.loads(payload.decode())
        message["layers"]["cgroup"] = self._birth.cgroup.describe() if self._birth.cgroup else None
        return wire_json.dumps(message).encode()

    def _on_outcome(self, handle: Handle, run: Run) -> None:
        run.stop("outcome")
        self._drain(handle)
        if run.reason == "outcome" and not run.manifest and not os.listdir(handle.work):
            facts = self._facts(handle, run)
            handle.kill()
            Collector.answer(self._channel, run, facts)
            self._runs.pop(run.number)
        else:
            handle.kill()

    def _forward_output(self, handle: Handle, descriptor: int) -> bool:
        """Forward one piece; False when there is nothing now."""
        data = handle.read_output(descriptor)
        if data is None:
            return False
        if not data:
            self._forget(descriptor)
            del handle.outputs[descriptor]
            os.close(descriptor)
            return False
        run = handle.run
        if run is None or run.number not in self._runs:
            return True
        kind = handle.outputs[descriptor]
        run.counts[kind] += len(data)
        if run.counts[kind] <= self._limits["maxOutputBytes"] * FLOOD:
            self._channel.send(kind, run.number, data)
        elif run.reason in ("", "outcome"):
            run.reason = ""
            self._stop(run, "output")
        return True

    def _drain(self, handle: Handle) -> None:
        """What is in the pipes now: all that a dead tree wrote, or all that came before the outcome."""
        for descriptor in list(handle.outputs):
            while descriptor in handle.outputs and self._forward_output(handle, descriptor):
                if handle.run and handle.run.reason == "output" and handle.dead is None:
                    break

    # Clocks and endings.

    def _facts(self, handle: Handle, run: Run) -> dict:
        cgroup = self._birth.cgroup
        return {
            "reason": run.reason,
            "waitStatus": handle.dead[0] if handle.dead else None,
            "wallMs": run.wall_ms(),
            "cpuMs": handle.cpu_ms(),
            "peakMemoryKb": handle.peak_memory_kb(),
            "stdoutBytes": run.counts[protocol.STDOUT],
            "stderrBytes": run.counts[protocol.STDERR],
            "filesLeftOut": [],
            "diskFull": _is_full(handle.top) if handle.dead else False,
            "oomKilled": bool(cgroup and handle.dead and cgroup.out_of_memory_kills()),
        }

    def _wait_ms(self) -> float | None:
        if self._collectors and not self._channel.full:
            return 0
        active = any(not run.reason for run in self._runs.values())
        if not active and not self._lingering:
            return None
        now = time.monotonic()
        nearest = min((d for run in self._runs.values() if (d := run.deadline())), default=now + TICK)
        return max(0.0, min(nearest - now, TICK)) * 1000

    def _tick(self) -> None:
        now = time.monotonic()
        for run in list(self._runs.values()):
            if not run.started or run.reason or run.handle is None:
                continue
            if now >= run.started + run.timeout:
                self._stop(run, "timeout")
            elif now - run.started >= TICK:
                self._inspect(run.handle, run)
        for handle, until in list(self._lingering.items()):
            if now >= until:
                del self._lingering[handle]
                if handle.run:
                    handle.run.stop("lost")
                handle.kill()

    def _inspect(self, handle: Handle, run: Run) -> None:
        """For runs that last: tell node whom to sample, and hold what no rlimit holds."""
        if not run.announced:
            run.announced = True
            self._channel.send(protocol.PROCESS, run.number, wire_json.dumps({"pid": handle.pid}).encode())
        if handle.cpu_ms() >= self._limits["cpuSeconds"] * 1000:
            self._stop(run, "cpu")
        if self._plan["worker"]["workdir"]["kind"] == "directory":
            orders = self._plan["worker"]["workdir"]
            size, entries = workdir.usage(handle.top, orders["inodes"])
            if size > orders["sizeBytes"] or entries >= orders["inodes"]:
                self._stop(run, "disk")

    def _pump(self) -> None:
        """Send pieces of files while the channel has room."""
        for collector in list(self._collectors):
            if collector.pump():
                self._collectors.remove(collector)
                self._runs.pop(collector.run.number, None)
                self._release(collector.handle)

    def _forget(self, descriptor: int) -> None:
        self._by_descriptor.pop(descriptor, None)
        if self._registered.pop(descriptor, None) is not None:
            self._poll.unregister(descriptor)

    def _release(self, handle: Handle) -> None:
        for descriptor in (handle.line.fd, *handle.outputs):
            self._forget(descriptor)
        handle.release()
        del self._handles[handle.number]
        self._birth.remove_place(handle.number)


def _is_full(directory: int) -> bool:
    """Whether the capped tmpfs has no room or no inodes left."""
    facts = os.fstatvfs(directory)
    return facts.f_bavail == 0 or facts.f_favail == 0
