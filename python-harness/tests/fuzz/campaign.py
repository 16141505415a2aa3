"""A campaign: inputs made, mutated and kept when they reach new lines of the harness; what fails is told as its bytes."""

from __future__ import annotations

import os
import random
import sys
import time
import traceback

from . import frames_targets, values_targets
from .choices import Choices, fresh, mutate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus")
TARGETS: dict[str, Callable[[Choices], None]] = {
    "frames": frames_targets.frames,
    "supervisor": frames_targets.supervisor,
    "out": values_targets.out,
    "show": values_targets.show,
    "there-and-back": values_targets.there_and_back,
    "come-in": values_targets.come_in,
    "json-text": values_targets.json_text,
}
# Tracing makes a run some ten times slower: most inputs are only judged.
TRACED = 4
HARNESS = os.path.join("python-harness", "pungi_harness") + os.sep


class Failure(Exception):
    def __init__(self, target: str, data: bytes, trace: str) -> None:
        super().__init__(f"{target} {data.hex()}\n{trace}")
        self.target = target
        self.data = data
        self.trace = trace


def corpus_of(target: str) -> list[bytes]:
    """What is kept in the tree: one input in each line, as hex."""
    path = os.path.join(CORPUS, f"{target}.txt")
    if not os.path.exists(path):
        return []
    with open(path, encoding="ascii") as lines:
        return [bytes.fromhex(line) for line in lines.read().split()]


def keep(target: str, inputs: list[bytes]) -> None:
    with open(os.path.join(CORPUS, f"{target}.txt"), "w", encoding="ascii") as file:
        file.writelines(f"{data.hex()}\n" for data in inputs)


def try_one(target: str, data: bytes) -> None:
    try:
        TARGETS[target](Choices(data))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        raise Failure(target, data, traceback.format_exc()) from error


class Campaign:
    """One target, from the kept corpus on."""

    def __init__(self, target: str, rng: random.Random) -> None:
        self.target = target
        self._rng = rng
        self._reached: set[tuple[str, int, int]] = set()
        self.inputs: list[bytes] = []
        self.tried = 0
        for data in corpus_of(target):
            self._try(data, traced=True)

    @property
    def lines(self) -> int:
        return len(self._reached)

    def go_on(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            rng = self._rng
            if self.inputs and rng.random() < 0.9:
                data = mutate(rng.choice(self.inputs), rng.choice(self.inputs), rng)
            else:
                data = fresh(rng)
            self._try(data, traced=self.tried % TRACED == 0)

    def _try(self, data: bytes, traced: bool) -> None:
        self.tried += 1
        if not traced:
            try_one(self.target, data)
            return
        reached = reached_by(self.target, data)
        if not reached <= self._reached:
            self._reached |= reached
            self.inputs.append(data)

    def least(self) -> list[bytes]:
        """Shortest first, those that reach what no shorter one does."""
        reached: set[tuple[str, int, int]] = set()
        chosen = []
        for data in sorted(self.inputs, key=lambda each: (len(each), each)):
            here = reached_by(self.target, data)
            if not here <= reached:
                reached |= here
                chosen.append(data)
        return chosen


def reached_by(target: str, data: bytes) -> set[tuple[str, int, int]]:
    """Steps from line to line within the harness."""
    reached: set[tuple[str, int, int]] = set()
    lasts: dict[int, int] = {}

    def step(frame, event, argument):  # type: ignore[no-untyped-def]
        if event == "line":
            line = frame.f_lineno
            reached.add((frame.f_code.co_filename, lasts.get(id(frame), 0), line))
            lasts[id(frame)] = line
        return step

    def enter(frame, event, argument):  # type: ignore[no-untyped-def]
        return step if HARNESS in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        try_one(target, data)
    finally:
        sys.settrace(before)
    return reached


def shrink(failure: Failure) -> Failure:
    """The same target with fewer bytes, still failing."""
    best = failure
    step = max(1, len(best.data) // 2)
    while step:
        at = 0
        while at < len(best.data):
            try:
                try_one(best.target, best.data[:at] + best.data[at + step :])
            except Failure as smaller:
                best = smaller
                continue
            at += step
        step //= 2
    return best
