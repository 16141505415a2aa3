"""The runs of this supervisor: orders of node carried out, output counted, endings decided and answered."""

from __future__ import annotations

import os
import time

from . import protocol, wire_json, workdir
from .accounts import Accounts
from .birth import Birth
from .channel import Channel
from .collector import Collector
from .files_in import FilesIn
from .handle import Handle
from .live import KINDS, Live
from .roster import Roster
from .run import Run
from .watch import Watch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .sessions import Sessions

# Of a pipe: 16 pages, which have 64 KiB at most.
MOST_PIECES = 16
TICK = 0.05


class Desk:
    def __init__(self, channel: Channel, launch: dict, birth: Birth, roster: Roster) -> None:
        self._channel = channel
        self._roster = roster
        self._limits = launch["plan"]["limits"]
        self._watch = Watch(launch["plan"], birth)
        self._files = FilesIn(channel, workdir.Owner(birth.owner_ids()))
        # Not where a worker could still do what is seen outside.
        self._answers_early = launch["plan"]["answersEarly"]
        self.runs: dict[int, Run] = {}
        self._inbox: list[tuple[int, int, bytes]] = []
        self.collectors: list[Collector] = []
        self._waiting: Run | None = None
        self.live = Live(channel, self._limits, self.drain)
        self.accounts = Accounts(birth, launch)
        self.sessions: Sessions | None = None
        if launch["plan"]["session"] is not None:
            from .sessions import Sessions

            self.sessions = Sessions(channel, roster, birth, launch["plan"], self)

    # Orders of node.

    @property
    def stalled(self) -> bool:
        """Frames behind a run that waits for its worker wait with it."""
        return self._waiting is not None

    @property
    def busy(self) -> bool:
        return bool(self.runs)

    def obey(self, frames: list[tuple[int, int, bytes]]) -> None:
        self._inbox += frames
        while self._inbox and self._waiting is None:
            self._obey_one(*self._inbox.pop(0))

    def _obey_one(self, kind: int, number: int, payload: bytes) -> None:
        if kind == protocol.START:
            self._start(Run(number, wire_json.loads(payload.decode())))
            return
        if self.sessions is not None and kind in (protocol.OPEN, protocol.CLOSE, protocol.FORK):
            self.sessions.obey(kind, number, payload)
            return
        run = self.runs.get(number)
        # A frame for a run that has ended meanwhile is late, not wrong.
        if run is None or run.handle is None or run.reason:
            return
        if kind == protocol.STOP:
            self._stop(run, wire_json.loads(payload.decode())["reason"])
        elif kind == protocol.FILE:
            self._give_files(run, run.handle, payload)
        elif kind == protocol.STDIN:
            run.take_stdin(payload)
        elif kind == protocol.ANSWER:
            self.live.answer(run.handle, run, payload)
            if run.handle.line.unsent:
                self._roster.touched.add(run.handle)
        elif kind == protocol.JOB:
            self._begin(run, run.handle, payload)
        elif kind == protocol.TOUCH and self.sessions is not None:
            self.sessions.touch(run, run.handle, payload)

    def _start(self, run: Run) -> None:
        if self.sessions is None:
            self._waiting = self.runs[run.number] = run
            self._assign()
            return
        handle = self.sessions.take_step(run)
        if handle is not None:
            self.runs[run.number] = run
            self._give_files(run, handle, b"")

    def on_ready(self, message: bytes | None) -> None:
        if message is not None:
            self._channel.send(protocol.READY, 0, message)
        if self.sessions is not None:
            self.sessions.seat()
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
        if self._files.give(run, handle, data):
            return
        self.runs.pop(run.number)
        if handle.session is None:
            self._roster.kill(handle)
        else:
            handle.leave_run()

    def _begin(self, run: Run, handle: Handle, job: bytes) -> None:
        message = protocol.frame(protocol.JOB, 0, job)
        run.started = time.monotonic()
        run.inspect_at = run.started + TICK
        run.kills_before = self.accounts.kills_known
        self.live.begin(handle, run)
        handle.muted = False
        handle.start_clock()
        stdin = run.read_only_stdin() if run.has_stdin else -1
        if stdin >= 0:
            # The descriptor rides on the first byte; the rest may go in pieces.
            try:
                protocol.send_descriptors(handle.line.socket, message[:1], [stdin])
            except OSError:
                # A session that has shut its end.
                self.on_silence(handle)
                return
            finally:
                os.close(stdin)
            message = message[1:]
        handle.line.send_raw(message)
        self._roster.touched.add(handle)

    def _stop(self, run: Run, reason: str) -> None:
        if self.sessions is not None and run.handle and self.sessions.stop(run, run.handle, reason):
            return
        run.stop(reason)
        if run.handle:
            self._roster.kill(run.handle)

    # What workers do.

    def on_message(self, handle: Handle, kind: int, payload: bytes) -> None:
        run = handle.run
        if kind in KINDS and run is not None and run.started and run.outcome is None:
            self.live.forward(handle, run, kind, payload)
            return
        if kind != protocol.OUTCOME or run is None or not run.started or run.outcome is not None:
            raise protocol.ProtocolError("a worker may send one outcome")
        if run.reason:
            return
        run.outcome = payload
        run.stop(run.interrupted or "outcome")
        self.drain(handle)
        if self.sessions is not None and handle.session is not None:
            self.sessions.on_outcome(run, handle, handle.session)
        else:
            self._answer_or_bury(handle, run)

    def _answer_or_bury(self, handle: Handle, run: Run) -> None:
        """A run that left no files and had no children is answered at once; others when their tree is dead."""
        is_quick = self._answers_early and run.reason == "outcome" and not run.manifest
        if is_quick and handle.left_nothing() and handle.was_alone():
            facts = self.accounts.facts(handle, run)
            self.runs.pop(run.number)
            Collector.answer(self._channel, run, facts)
            self._roster.leave(handle)
        else:
            self._roster.kill(handle)

    def on_silence(self, handle: Handle) -> None:
        """The worker broke the rules of its line or closed it, and lives."""
        if handle.run:
            handle.run.stop("lost")
        if handle.session:
            handle.session.reason = handle.session.reason or "lost"
        self._roster.kill(handle)

    def on_death(self, handle: Handle) -> None:
        run = handle.run
        session = handle.session
        if run is not None and run.number in self.runs:
            run.stop("exited")
            self.drain(handle)
            # A step whose answer is on its way already is told of its worker's death after it.
            if session is None or session.collector is None:
                facts = self.accounts.facts(handle, run)
                if self.sessions is not None:
                    found = self.sessions.collection(handle)
                else:
                    found = workdir.Collection(handle.work, run.before, self._limits) if handle.work >= 0 else None
                self.collectors.append(Collector(self._channel, handle, run, facts, found))
        elif self.sessions is not None and session is not None:
            self.sessions.on_gone(handle, session, "exited")
        else:
            self._roster.release(handle)
        self.accounts.look()

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
        if run is None or run.number not in self.runs:
            return True
        kind = handle.outputs[descriptor]
        run.counts[kind] += len(data)
        self._channel.send(kind, run.number, data)
        if not run.is_flooded(self._limits["maxOutputBytes"]):
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
        if self.collectors and not self._channel.full:
            return 0
        times = [now + TICK] if self.runs else []
        times += [deadline for run in self.runs.values() if (deadline := run.deadline()) is not None]
        for due in (self._roster.next_at(), self.sessions.next_at() if self.sessions else None):
            if due is not None:
                times.append(due)
        return max(0.0, min(times) - now) * 1000 if times else None

    def tick(self, now: float) -> None:
        for run in list(self.runs.values()):
            if not run.started or run.reason or run.handle is None:
                continue
            deadline = run.deadline()
            is_due = now >= run.inspect_at
            if self.sessions is not None and run.interrupted:
                self.sessions.press(run, run.handle, now)
            elif (deadline is not None and now >= deadline) or (is_due and run.is_overdue(now)):
                self._stop(run, "timeout")
            elif is_due:
                run.inspect_at = now + TICK
                self._inspect(run.handle, run)
        if self.sessions is not None:
            self.sessions.tick(now)

    def _inspect(self, handle: Handle, run: Run) -> None:
        """For runs that last: tell node whom to sample, and hold what no rlimit holds."""
        if not run.announced:
            run.announced = True
            self._channel.send(protocol.PROCESS, run.number, wire_json.dumps({"pid": handle.pid}).encode())
        reason = self._watch.exceeded(handle)
        if reason:
            self._stop(run, reason)

    def pump(self) -> None:
        """Send pieces of files while the channel has room."""
        for collector in list(self.collectors):
            if collector.pump():
                self.collectors.remove(collector)
                self.runs.pop(collector.run.number, None)
                session = collector.handle.session
                if self.sessions is not None and session is not None:
                    self.sessions.on_collected(collector, session)
                else:
                    self._roster.release(collector.handle)
