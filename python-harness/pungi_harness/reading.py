"""A worker that reads programs, one after another, and runs none of them.

Theory of operation. It stands behind all layers of a worker that runs code, since CPython's parser is C and programs
are written against it. It keeps nothing of a question: no variables, no modules, no warnings; what a question left is
let go of when its answer is sent. Node and the supervisor decide how long it may go on: see the readers of node.
"""
from __future__ import annotations

import gc
import os
import warnings

import _signal

from . import execute, protocol, source, wire_json
from .language import Run
from .policy import questions
from .policy.glance import Glance

TYPE_CHECKING = False
if TYPE_CHECKING:
    import _socket

    from .language import Language

# CPython adapts code to what it meets when it has run some twenty times.
WARM_ROUNDS = 30
# The collector goes through what is new; trees have no circles, errors may.
COLLECT_EVERY = 16


def settle(language: Language) -> None:
    """In the zygote: read something of our own until caches and specialised code are there for all readers."""
    Reader(language).rehearse(WARM_ROUNDS)


def serve(line: _socket.socket, language: Language, job_cap: int) -> None:
    """Returns when the host has closed the line."""
    # The supervisor interrupts before it kills; nothing here could stop in the middle.
    _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
    gc.disable()
    reader = Reader(language)
    # Takes the page faults of the first question.
    reader.rehearse(1)
    frames = protocol.FrameReader({protocol.JOB: job_cap})
    while True:
        job = _receive(line, frames)
        if job is None:
            return
        line.sendall(protocol.frame(protocol.OUTCOME, 0, reader.answer(job)))
        reader.let_go()


def _receive(line: _socket.socket, frames: protocol.FrameReader) -> dict | None:
    room = protocol.SMALL
    while True:
        data = line.recv(room)
        room = protocol.LARGE if len(data) == room else protocol.SMALL
        if not data:
            return None
        for _, _, payload in frames.feed(data):
            return wire_json.loads(payload.decode())


class Reader:
    def __init__(self, language: Language) -> None:
        self._language = language
        self._glance = Glance(language.validator)
        self._workdir = os.getcwd()
        self._run = Run(language, self._workdir)
        # Let go of after the answer: nobody is to wait for that.
        self._kept: list = []
        self._asked = 0
        # They say nothing of whether code is refused, and would be told once, to whoever asks first.
        warnings.simplefilter("ignore")

    def answer(self, job: dict) -> bytes:
        told = self._read(job)
        return execute.outcome_json(questions.outcome(told)).encode()

    def _read(self, job: dict) -> list[dict]:
        code = questions.begin(job, self._run)
        refused = self._glance.look(code)
        if refused is not None:
            try:
                self._kept.append(source.compile_text(code, job["filename"]))
                return questions.refusals(refused, self._run)
            except Exception:  # noqa: BLE001 - the closer look tells what it is
                pass
        return questions.examine(job, self._run, self._kept)

    def let_go(self) -> None:
        self._kept.clear()
        self._asked += 1
        if self._asked % COLLECT_EVERY == 0:
            gc.collect()
        self._run = Run(self._language, self._workdir)

    def rehearse(self, rounds: int) -> None:
        for _ in range(rounds):
            for code in questions.SAMPLES:
                self.answer({"code": code, "filename": "<user_code>"})
                self.let_go()
