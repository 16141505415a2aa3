"""Frames: the reader of both ends, and a supervisor whose worker says what it likes."""

from __future__ import annotations

import os
import sys
import tempfile

import _socket

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

from pungi_harness import protocol, wire_json  # noqa: E402
from pungi_harness.channel import Channel  # noqa: E402
from pungi_harness.live import EVENT_BYTES  # noqa: E402
from pungi_harness.desk import Desk  # noqa: E402
from pungi_harness.handle import Handle  # noqa: E402
from pungi_harness.roster import Roster  # noqa: E402
from pungi_harness.run import FLOOD  # noqa: E402

from .choices import Choices  # noqa: E402

SMALL_CAP = 40
CAPS = {kind: SMALL_CAP * (kind % 3) for kind in range(1, 27)}
REASONS = "outcome exited timeout cancelled memory output disk cpu processes lost".split()
LIMITS = {
    "cpuSeconds": 3600,
    "memoryBytes": 1 << 28,
    "maxProcesses": 16,
    "maxOutputBytes": 50,
    "maxResultBytes": 4096,
    "maxFileBytes": 4096,
    "maxFiles": 4,
    "maxDisplays": 3,
    "maxDisplayBytes": 100,
    "diskBytes": 1 << 20,
}
RUN = 7


def frames(choices: Choices) -> None:
    """However a stream is cut, it gives the same frames, or breaks; nothing beyond a cap is kept."""
    data = b"".join(_frame(choices) for _ in range(choices.below(8) + 1))
    try:
        expected = protocol.FrameReader(CAPS).feed(data)
        broken = False
    except protocol.ProtocolError:
        expected = []
        broken = True
    reader = protocol.FrameReader(CAPS)
    found: list[tuple[int, int, bytes]] = []
    try:
        while data:
            size = choices.below(24) + 1
            found += reader.feed(data[:size])
            data = data[size:]
            assert len(reader._buffer) < protocol.HEAD + max(CAPS.values()), "more is kept than a cap allows"
        assert not broken, "cut, it was taken"
        assert found == expected, "cut, it gave others"
    except protocol.ProtocolError:
        assert broken, "cut, it was refused"
    assert all(len(payload) <= CAPS[kind] for kind, _, payload in found), "over its cap"


def _frame(choices: Choices) -> bytes:
    kind = choices.below(5)
    if kind == 0:
        return choices.some(16)
    if kind == 1:
        return choices.number(4).to_bytes(4, "big") + choices.some(12)
    return protocol.frame(choices.below(28), choices.number(4), choices.some(SMALL_CAP * 2 + 2))


class NoBirth:
    """What a supervisor asks of the zygote when there is none."""

    cgroup = None

    def owner_ids(self) -> None:
        return None

    def remove_place(self, number: int) -> None:
        pass

    def end_orphans(self) -> None:
        pass

    def tree_of(self, pid: int) -> list[int]:
        return [pid]


class Stage:
    """A real desk, roster, handle and channel, with a worker that is played from outside."""

    def __init__(self, directory: str, quick: bool, workdir: str = "tmpfs") -> None:
        launch = {
            "workers": 1,
            "replenish": False,
            "plan": {
                "level": "full",
                "limits": LIMITS,
                "worker": {"workdir": {"kind": workdir, "inodes": 100, "sizeBytes": 1 << 20}},
                "answersEarly": quick,
                "language": {"forks": False},
                "session": None,
            },
        }
        ours, self.node = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_STREAM)
        line, self.worker = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_STREAM)
        for end in (self.node, self.worker):
            end.setblocking(False)
        out, self.out = os.pipe()
        err, self.err = os.pipe()
        for descriptor in (self.out, self.err):
            os.set_blocking(descriptor, False)
        self.channel = Channel(ours, {})
        self.roster = Roster(NoBirth(), launch)  # type: ignore[arg-type]
        self.desk = self.roster.desk = Desk(self.channel, launch, NoBirth(), self.roster)  # type: ignore[arg-type]
        self.handle = Handle(1, line, out, err, LIMITS["maxResultBytes"], LIMITS["maxDisplayBytes"], False)
        self.handle.take_workdir(os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
        self.handle.ready = True
        self.roster.handles[1] = self.handle
        for descriptor in (line.fileno(), out, err):
            self.roster.by_descriptor[descriptor] = self.handle
        self.roster.idle.append(self.handle)
        self.read = protocol.FrameReader(dict.fromkeys(range(256), 1 << 25))
        self.said: list[tuple[int, int, bytes]] = []

    def listen(self) -> None:
        self.channel.flush()
        try:
            while True:
                data = self.node.recv(1 << 20)
                if not data:
                    return
                self.said += self.read.feed(data)
                self.channel.flush()
        except BlockingIOError:
            pass

    def close(self) -> None:
        if 1 in self.roster.handles:
            self.roster.release(self.handle)
        for end in (self.node, self.worker, self.channel.socket):
            end.close()
        for descriptor in (self.out, self.err):
            os.close(descriptor)


def supervisor(choices: Choices) -> None:
    """Whatever a worker says, in whatever order: the run ends once, for one reason, and the supervisor goes on."""
    with tempfile.TemporaryDirectory() as directory:
        os.mkdir(f"{directory}/work")
        stage = Stage(directory, choices.below(2) == 1)
        try:
            _play(stage, choices)
            stage.listen()
            _judge(stage.said)
        finally:
            stage.close()


def _play(stage: Stage, choices: Choices) -> None:
    desk, roster, handle = stage.desk, stage.roster, stage.handle
    orders = {"timeoutMs": 60_000, "stdin": False, "files": []}
    desk.obey([(protocol.START, RUN, wire_json.dumps(orders).encode())])
    desk.obey([(protocol.JOB, RUN, b"{}")])
    run = handle.run
    while not choices.spent and 1 in roster.handles:
        reason = run.reason if run else ""
        _step(stage, choices)
        if run and reason and reason != "outcome":
            assert run.reason == reason, f"{reason} became {run.reason}"
        stage.listen()
    if 1 in roster.handles and handle.dead is None:
        roster._bury(handle, (9, 1000, 100))
    desk.pump()
    assert 1 not in roster.handles, "it is never let go"


def _step(stage: Stage, choices: Choices) -> None:
    kind = choices.below(8)
    handle = stage.handle
    if kind < 4 and handle.dead is None:
        try:
            stage.worker.send(_speech(choices))
        except OSError:
            # Its line is full or closed.
            pass
        stage.roster.hear_worker(handle)
    elif kind == 4 and handle.dead is None:
        descriptor = choices.pick((stage.out, stage.err))
        try:
            os.write(descriptor, choices.some(60))
        except OSError:
            pass
        for end in list(handle.outputs):
            stage.desk.forward_output(handle, end)
    elif kind == 5:
        stage.desk.obey([(protocol.STOP, RUN, b'{"reason":"cancelled"}')])
    elif kind == 6:
        now = (handle.run.started if handle.run else 0) + choices.below(80)
        stage.desk.tick(now)
        stage.roster.tick(now)
    elif handle.dead is None and choices.below(4) == 0:
        stage.roster._bury(handle, (choices.number(2), choices.number(4), choices.number(4)))
        stage.desk.pump()


def _speech(choices: Choices) -> bytes:
    """Mostly frames that a worker may send, too many of them, cut and out of place."""
    kind = choices.pick((protocol.OUTCOME, protocol.EVENT, protocol.DISPLAY, choices.below(28)))
    payload = choices.pick((b"{}", b"", b"[" * 60, choices.some(40), bytes(90)))
    data = protocol.frame(kind, choices.pick((0, RUN, 0xFFFFFFFF)), payload) * (choices.below(4) + 1)
    return data[: choices.below(len(data)) + 1] if choices.below(6) == 0 else data


def _judge(said: list[tuple[int, int, bytes]]) -> None:
    kinds = [kind for kind, _, _ in said]
    assert all(run == RUN for _, run, _ in said), "a frame of another run"
    assert kinds.count(protocol.END) == 1 and kinds[-1] == protocol.END, f"it ends as {kinds[-5:]}"
    assert kinds.count(protocol.OUTCOME) <= 1, "several outcomes"
    end = wire_json.loads(said[-1][2].decode())
    assert end["reason"] in REASONS, end["reason"]
    assert (protocol.OUTCOME in kinds) or end["reason"] != "outcome", "an outcome that was none"
    assert kinds.count(protocol.DISPLAY) <= LIMITS["maxDisplays"], "too many displays"
    events = sum(len(payload) for kind, _, payload in said if kind == protocol.EVENT)
    assert events <= EVENT_BYTES + LIMITS["maxResultBytes"], "too much of events"
    for kind in (protocol.STDOUT, protocol.STDERR):
        output = sum(len(payload) for each, _, payload in said if each == kind)
        assert output <= FLOOD * LIMITS["maxOutputBytes"], "more output than a flood"
    assert set(kinds) <= {protocol.STDOUT, protocol.STDERR, protocol.PROCESS, protocol.DISPLAY, protocol.EVENT} | {
        protocol.OUTCOME,
        protocol.END,
    }, f"kinds {set(kinds)}"
