"""One refusal as plain data, the bounded list of them, and the exceptions that user code sees."""
from __future__ import annotations

import sys

MAX_DENIALS = 100


class ImportBlockedError(ImportError):
    """An import that the policy refuses; an ImportError, so that optional imports fall back."""

    __module__ = "builtins"
    blocked_by_policy = True


class BuiltinBlockedError(NameError):
    """A builtin that the policy refuses."""

    __module__ = "builtins"
    blocked_by_policy = True


class PolicyError(Exception):
    """A part of the language that the policy refuses; found before anything runs."""

    __module__ = "builtins"
    blocked_by_policy = True


class CallBlockedError(Exception):
    """A call that guarded mode refuses."""

    __module__ = "builtins"
    blocked_by_policy = True

    def __init__(self, refused: dict) -> None:
        super().__init__(sentence(refused))
        self.hint = refused["hint"]


def access_error(message: str) -> PermissionError:
    """A PermissionError whose text is the message alone, and which ends the run as blocked when uncaught."""
    error = PermissionError(message)
    error.errno = 13
    error.blocked_by_policy = True  # type: ignore[attr-defined]
    return error


def is_blocked(error: BaseException) -> bool:
    """Only a claim: a program that sets the mark itself spoils its own status."""
    try:
        return error.blocked_by_policy is True  # type: ignore[attr-defined]
    except BaseException:  # noqa: BLE001 - most have no mark; a hostile class may raise anything
        return False


def denial(layer: str, action: str, target: str, line: int | None, message: str, hint: str) -> dict:
    return {"layer": layer, "action": action, "target": target, "line": line, "message": message, "hint": hint}


def sentence(refused: dict) -> str:
    """What, where, why and how to allow it, in one text."""
    return refused["message"] + " " + refused["hint"]


def at_line(line: int | None, filename: str | None = None) -> str:
    if line is None:
        return ""
    return f" (line {line})" if filename is None else f" (line {line} of {filename})"


class Denials:
    """At most MAX_DENIALS; what was asked before is not listed twice."""

    __slots__ = ("items", "_seen")

    def __init__(self) -> None:
        self.items: list[dict] = []
        self._seen: set[tuple] = set()

    def begin(self) -> None:
        """Of a new step: what was told stays with the step before."""
        self.items = []
        self._seen = set()

    def add(self, refused: dict) -> None:
        key = (refused["layer"], refused["action"], refused["target"])
        if key in self._seen or len(self.items) >= MAX_DENIALS:
            return
        self._seen.add(key)
        self.items.append(refused)


def user_line(builtins: dict) -> int | None:
    """The line of the nearest frame that runs user code: only such frames have the guarded builtins."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_builtins is builtins:
            return frame.f_lineno
        frame = frame.f_back
    return None
