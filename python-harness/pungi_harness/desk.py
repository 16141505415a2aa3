"""The runs of this supervisor: orders of node carried out, output counted, endings decided and answered."""

from __future__ import annotations

import os
import time

import _signal

from . import protocol, wire_json, workdir
from .birth import Birth
from .channel import Channel
from .collector import Collector
from .handle import Handle
from .roster import Roster
from .run import Run

# A run that floods its output past this many times the cap is ended.
FLOOD = 10
# Progress and changes of metadata while a run goes on; a worker sends at most half of it.
EVENT_BYTES = 8 << 20
# As in node: each costs the loop, and so the other runs, some microseconds.
MOST_EVENTS = 25_000
# Of a pipe: 16 pages, which have 64 KiB at most.
MOST_PIECES = 16
TICK = 0.05
ENOSPC, EDQUOT = 28, 122


class Desk:
    def __init__(self, channel: Channel, launch: dict, birth: Birth, roster: Roster) -> None:
        self._channel = channel
        self._birth = birth
        self._roster = roster
        self._limits = launch["plan"]["limits"]
        self._workdir = launch["plan"]["worker"]["workdir"]
        self._owner = workdir.Owner(birth.owner_ids())
        self._alone = launch["workers"] == 1 and not launch["replenish"]
        # Not where a worker could still do what is seen outside.
        self._answers_early = launch["plan"]["answersEarly"]
        self._runs: dict[int, Run] = {}
        self._inbox: list[tuple[int, int, bytes]] = []
        self._collectors: list[Collector] = []
        self._waiting: Run | None = None
        # Of the control group, when it was last looked at: at each death, and so before each run that begins after it.
        self._kills_known = self._memory_kills()

    # Orders of node.

    @property
    def stalled(self) -> bool:
        """Frames behind a run that waits for its worker wait with it."""
        return self._waiting is not None

    @property
    def busy(self) -> bool:
        return bool(self._runs)

    def obey(self, frames: list[tuple[int, int, bytes]]) -> None:
        self._inbox += frames
        while self._inbox and self._waiting is None:
            self._obey_one(*self._inbox.pop(0))

    def _obey_one(self, kind: int, number: int, payload: bytes) -> None:
        if kind == protocol.START:
            self._waiting = self._runs[number] = Run(number, wire_json.loads(payload.decode()))
            self._assign()
            return
        run = self._runs.get(number)
        # A frame for a run that has ended meanwhile is late, not wrong.
        if run is None or run.handle is None or run.reason:
            return
        if kind == protocol.STOP:
            self._stop(run, wire_json.loads(payload.decode())["reason"])
        elif kind == protocol.FILE:
            self._give_files(run, run.handle, payload)
        elif kind == protocol.STDIN:
            run.take_stdin(payload)
        elif kind == protocol.JOB:
            self._begin(run, run.handle, payload)

    def on_ready(self, message: bytes | None) -> None:
        if message is not None:
            self._channel.send(protocol.READY, 0, message)
        self._assign()
        self.obey([])

    def _assign(self) -> None:
        run = self._waiting
        if run is None or not self._roster.idle:
            return
        self._waiting = None
        handle = self._roster.take()
        handle.run = run
        run.handle = handle
        self._give_files(run, handle, b"")

    def _give_files(self, run: Run, handle: Handle, data: bytes) -> None:
        try:
            run.take_files(handle.work, self._owner, data)
        except OSError as error:
            self._refuse_files(run, handle, error)

    def _refuse_files(self, run: Run, handle: Handle, error: OSError) -> None:
        """The caller's files do not fit or cannot be read: the run does not begin."""
        full = error.errno in (ENOSPC, EDQUOT)
        message = "they do not fit into the workdir" if full else f"{error.filename}: {error.strerror}"
        # Node has checked them against diskLimitMb: where the workdir lies on a disk of the host, that one is full.
        room = "Raise diskLimitMb, or make room in the temporary directory of this machine."
        hint = room if full else "Name files that this process may read."
        failure = {"layer": "files", "message": message, "hint": hint}
        self._channel.send(protocol.FAILED, run.number, wire_json.dumps(failure).encode())
        run.stop("lost")
        self._runs.pop(run.number)
        self._roster.kill(handle)

    def _begin(self, run: Run, handle: Handle, job: bytes) -> None:
        message = protocol.frame(protocol.JOB, 0, job)
        run.started = time.monotonic()
        run.kills_before = self._kills_known
        handle.start_clock()
        stdin = run.read_only_stdin() if run.has_stdin else -1
        if stdin >= 0:
            # The descriptor rides on the first byte; the rest may go in pieces.
            protocol.send_descriptors(handle.line.socket, message[:1], [stdin])
            os.close(stdin)
            message = message[1:]
        handle.line.send_raw(message)
        self._roster.touched.add(handle)

    def _stop(self, run: Run, reason: str) -> None:
        run.stop(reason)
        if run.handle:
            self._roster.kill(run.handle)

    # What workers do.

    def on_message(self, handle: Handle, kind: int, payload: bytes) -> None:
        run = handle.run
        if kind in (protocol.DISPLAY, protocol.EVENT) and run is not None and run.started and run.outcome is None:
            self._forward_event(handle, run, kind, payload)
            return
        if kind != protocol.OUTCOME or run is None or not run.started or run.outcome is not None:
            raise protocol.ProtocolError("a worker may send one outcome")
        if run.reason:
            return
        run.outcome = payload
        run.stop("outcome")
        self.drain(handle)
        self._answer_or_bury(handle, run)

    def _forward_event(self, handle: Handle, run: Run, kind: int, payload: bytes) -> None:
        """What is shown while the run goes on, unread. A worker that keeps its own limits never meets these."""
        run.room.setdefault(protocol.DISPLAY, self._limits["maxDisplays"])
        run.room.setdefault(protocol.EVENT, EVENT_BYTES + self._limits["maxResultBytes"])
        run.room[kind] -= 1 if kind == protocol.DISPLAY else protocol.HEAD + len(payload)
        run.events += 1
        if run.room[kind] < 0 or run.events > MOST_EVENTS:
            raise protocol.ProtocolError("a worker may send no more of these")
        if run.reason or run.number not in self._runs:
            return
        if not handle.drained:
            # What was printed before it comes before it: all of one piece had been printed when the piece was read.
            handle.drained = True
            self.drain(handle)
        self._channel.send(kind, run.number, payload)

    def _answer_or_bury(self, handle: Handle, run: Run) -> None:
        """A run that left no files and had no children is answered at once; others when their tree is dead."""
        is_quick = self._answers_early and run.reason == "outcome" and not run.manifest
        if is_quick and handle.left_nothing() and handle.was_alone():
            facts = self._facts(handle, run)
            self._runs.pop(run.number)
            Collector.answer(self._channel, run, facts)
            self._roster.leave(handle)
        else:
            self._roster.kill(handle)

    def on_silence(self, handle: Handle) -> None:
        """The worker broke the rules of its line or closed it, and lives."""
        if handle.run:
            handle.run.stop("lost")
        self._roster.kill(handle)

    def on_death(self, handle: Handle) -> None:
        run = handle.run
        if run is None or run.number not in self._runs:
            self._roster.release(handle)
        else:
            run.stop("exited")
            self.drain(handle)
            self._collectors.append(Collector(self._channel, handle, run, self._limits, self._facts(handle, run)))
        self._kills_known = self._memory_kills()

    def forward_output(self, handle: Handle, descriptor: int) -> bool:
        """Forward one piece; False when there is no other now."""
        data = handle.read_output(descriptor)
        if data is None:
            return False
        if not data:
            self._roster.forget(descriptor)
            handle.close_output(descriptor)
            return False
        run = handle.run
        if run is None or run.number not in self._runs:
            return True
        kind = handle.outputs[descriptor]
        run.counts[kind] += len(data)
        self._channel.send(kind, run.number, data)
        if run.counts[kind] <= self._limits["maxOutputBytes"] * FLOOD:
            return True
        # What is read is told; so no more is read.
        self._roster.forget(descriptor)
        handle.close_output(descriptor)
        if run.reason in ("", "outcome"):
            # Even after the outcome: what flooded is told.
            run.reason = "output"
            self._roster.kill(handle)
        return False

    def drain(self, handle: Handle) -> None:
        """What is in the pipes now: all that a dead tree wrote, or all that came before the outcome."""
        for descriptor in list(handle.outputs):
            # A writer that lives is not waited for.
            for _ in range(MOST_PIECES):
                if not self.forward_output(handle, descriptor):
                    break

    # Clocks and accounts.

    def wait_ms(self, now: float) -> float | None:
        if self._collectors and not self._channel.full:
            return 0
        times = [now + TICK] if self._runs else []
        times += [run.started + run.timeout for run in self._runs.values() if run.started and not run.reason]
        due = self._roster.next_at()
        if due is not None:
            times.append(due)
        return max(0.0, min(times) - now) * 1000 if times else None

    def tick(self, now: float) -> None:
        for run in list(self._runs.values()):
            deadline = run.deadline()
            if deadline is None or run.handle is None:
                continue
            if now >= deadline:
                self._stop(run, "timeout")
            elif now - run.started >= TICK:
                self._inspect(run.handle, run)

    def _inspect(self, handle: Handle, run: Run) -> None:
        """For runs that last: tell node whom to sample, and hold what no rlimit holds."""
        if not run.announced:
            run.announced = True
            self._channel.send(protocol.PROCESS, run.number, wire_json.dumps({"pid": handle.pid}).encode())
        handle.take_stock()
        if handle.cpu_ms() >= self._limits["cpuSeconds"] * 1000:
            self._stop(run, "cpu")
        elif handle.threads() > self._limits["maxProcesses"]:
            self._stop(run, "processes")
        elif self._workdir["kind"] == "directory":
            size, entries = workdir.usage(handle.top, self._workdir["inodes"])
            size += workdir.unlinked_bytes(self._birth.tree_of(handle.pid), handle.top)
            if size > self._workdir["sizeBytes"] or entries >= self._workdir["inodes"]:
                self._stop(run, "disk")

    def pump(self) -> None:
        """Send pieces of files while the channel has room."""
        for collector in list(self._collectors):
            if collector.pump():
                self._collectors.remove(collector)
                self._runs.pop(collector.run.number, None)
                self._roster.release(collector.handle)

    def _facts(self, handle: Handle, run: Run) -> dict:
        return {
            "reason": run.reason,
            "waitStatus": handle.dead[0] if handle.dead else None,
            "wallMs": run.wall_ms(),
            "cpuMs": handle.cpu_ms(),
            "peakMemoryKb": handle.peak_memory_kb(),
            "stdoutBytes": run.counts[protocol.STDOUT],
            "stderrBytes": run.counts[protocol.STDERR],
            "filesLeftOut": [],
            "diskFull": bool(handle.dead) and self._workdir["kind"] == "tmpfs" and workdir.is_full(handle.top),
            "oomKilled": self._is_memory_kill(handle, run),
        }

    def _is_memory_kill(self, handle: Handle, run: Run) -> bool:
        if handle.dead is None or self._memory_kills() <= run.kills_before:
            return False
        # The group counts for all workers together: in a pool only one who was killed, and not by us, can be meant.
        return self._alone or (run.reason == "exited" and handle.dead[0] & 0x7F == _signal.SIGKILL)

    def _memory_kills(self) -> int:
        return self._birth.cgroup.out_of_memory_kills() if self._birth.cgroup else 0
