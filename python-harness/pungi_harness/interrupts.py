"""An interrupt of the host reaches user code, and nothing else.

Theory of operation. The handler runs in the main thread between two bytecodes, wherever that is, with the frame that
it interrupts. It raises KeyboardInterrupt only where that frame stands above `call`, by which user code is entered,
and not within what sends a frame; there, before, and after, it does nothing. So no moment is left in which a step is
over but can still be interrupted, and none needs to be masked: the host interrupts again until it has the outcome.
"""
from __future__ import annotations

import time

import _signal

from .display.outbox import Outbox

# Cleaning up after one may take so long before the next.
PAUSE = 0.25
# What must not be left half-way.
SHIELDED = [Outbox.send.__code__]


def shield(*functions) -> None:  # type: ignore[no-untyped-def]
    """No interrupt leaves these half-way."""
    SHIELDED.extend(function.__code__ for function in functions)


class Interrupts:
    def __init__(self) -> None:
        self._raised_at = 0.0

    def install(self) -> None:
        """Before each step: user code may have put another handler in its place."""
        _signal.signal(_signal.SIGINT, self._on_signal)
        self._raised_at = 0.0

    def call(self, action, *arguments):  # type: ignore[no-untyped-def]
        """Call user code."""
        return action(*arguments)

    def _on_signal(self, number: int, frame: object) -> None:
        now = time.monotonic()
        if now - self._raised_at >= PAUSE and _is_in_user_code(frame):
            self._raised_at = now
            raise KeyboardInterrupt


_CALL = Interrupts.call.__code__


def _is_in_user_code(inner) -> bool:  # type: ignore[no-untyped-def]
    frame = inner
    while frame is not None:
        code = frame.f_code
        if code is _CALL:
            return frame is not inner
        if code in SHIELDED:
            return False
        frame = frame.f_back
    return False
