"""The supervisor: starts, counts, ends and accounts for workers. Trusted, outside the jail, single-threaded.

Theory of operation. Descriptor 3 is the channel to node; its end of file is the order to end. The first frame
is the plan. The zygote is forked at once and told to fork workers; each worker has a line, two output pipes,
a pidfd and a descriptor of its workdir, all held here. A run is given to a ready worker: files and stdin first, then
the job, and the clock starts. It ends by the first of: outcome, death, deadline, flood, full disk, an order from
node. Nothing a worker says decides that, except that it is done. A worker that had a run is killed, never
reused; files are fetched when its tree is dead. Everything that one run can make wait is bounded or asynchronous.
"""

from __future__ import annotations

import os
import sys
import time

import _signal
import _socket

from . import parent_death, protocol, syscalls, wire_json
from .birth import Birth
from .channel import Channel
from .jail.failure import JailFailure

CHANNEL = 3
PLAN_CAP = 16 << 20
FAULT = 70
CAPS = {
    protocol.PLAN: PLAN_CAP,
    protocol.START: 16 << 20,
    protocol.JOB: 256 << 20,
    protocol.FILE: 4 << 20,
    protocol.STDIN: 4 << 20,
    protocol.STOP: 4096,
    protocol.OPEN: 4096,
    protocol.CLOSE: 4096,
    protocol.FORK: 4096,
    protocol.TOUCH: 1 << 16,
    protocol.ANSWER: 1 << 20,
}


def main() -> None:
    """Entry point of the process; never returns."""
    os.environ.clear()
    os.setsid()
    if sys.platform == "linux":
        syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)
    channel = Channel(_socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM, 0, fileno=CHANNEL), CAPS)
    _signal.signal(_signal.SIGTERM, lambda number, stack: channel.end())
    parent_death.heed(channel.end)
    code = FAULT
    try:
        _supervise(channel)
        code = 0
    except JailFailure as failure:
        channel.socket.setblocking(True)
        channel.send(protocol.FAILED, 0, wire_json.dumps(failure.as_data()).encode())
    except BaseException:
        # A fault of ours: node shows the last lines.
        _complain()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _complain() -> None:
    kind, error, trace = sys.exc_info()
    if kind is not None and error is not None:
        sys.excepthook(kind, error, trace)


def _supervise(channel: Channel) -> None:
    launch = _first_frame(channel)
    birth = Birth(launch)
    try:
        birth.begin()
        from .loop import Loop

        Loop(channel, launch, birth).run()
    finally:
        birth.end()


def _first_frame(channel: Channel) -> dict:
    channel.socket.setblocking(True)
    frames: list[tuple[int, int, bytes]] = []
    while not frames:
        frames = channel.receive()
        if channel.ended:
            os._exit(0)
    channel.socket.setblocking(False)
    kind, _, payload = frames[0]
    if kind != protocol.PLAN:
        raise protocol.ProtocolError("the first frame must be the plan")
    channel.early = frames[1:]
    return wire_json.loads(payload.decode())
