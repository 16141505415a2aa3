"""An exception as plain data, and as the text that CPython would print, with the frames of user code alone.

Written without `traceback`, `linecache` and `re`, whose import would cost an erring run more than the run itself.
"""
from __future__ import annotations

import sys
from itertools import islice

from . import suggest
from .traceback_text import Formatter, attribute, caret_range, safe_text, type_name

_CONTEXT_LINES = 2

__all__ = ["describe", "describe_violation", "safe_text", "show", "undescribed"]


class Place:
    """Where it went wrong. Columns count characters from 1; `end_column` is the one after the last."""

    __slots__ = ("filename", "line", "column", "end_column")

    def __init__(self, filename: str, line: int | None, column: int | None, end_column: int | None) -> None:
        self.filename = filename
        self.line = line
        self.column = column
        self.end_column = end_column


def describe(error: BaseException, run) -> tuple[dict, str]:
    """The error of the outcome, and the text for stderr."""
    formatter = Formatter(run.sources, run.builtins)
    frames = formatter.user_frames(attribute(error, "__traceback__"))
    place = _syntax_place(error, frames, run) or _frame_place(frames, run)
    text = formatter.text(error)
    hint = suggest.suggestion(error, frames[-1].frame if frames else None, run)
    return _data(type_name(type(error)), safe_text(error), text, place, run, hint, _errno(error)), text


def describe_violation(violation, run) -> tuple[dict, str]:
    """The same for a refusal before anything ran, which has no frames."""
    error, line = violation.error(), violation.line
    column, end = violation.columns(run.sources.line(run.main, line))
    place = Place(run.main, line, column, end)
    name = type_name(type(error))
    source_line = run.sources.line(run.main, line).strip()
    text = f'  File "{run.main}", line {line}\n    {source_line}\n' if line and source_line else ""
    text += f"{name}: {safe_text(error)}\n"
    return _data(name, safe_text(error), text, place, run, violation.refused["hint"], None), text


def _data(name: str, message: str, text: str, place: Place, run, hint: str | None, errno: int | None) -> dict:
    return {
        "type": name,
        "message": message,
        "traceback": text,
        "line": place.line,
        "column": place.column,
        "excerpt": excerpt(place, run),
        "suggestion": hint,
        "errno": errno,
    }


def undescribed(cls: type) -> dict:
    """For an exception whose own attributes fail."""
    message = "the exception could not be described"
    data = {"type": type_name(cls), "message": message, "traceback": "", "suggestion": None, "errno": None}
    return {**data, "line": None, "column": None, "excerpt": None}


def show(error: BaseException | None, text: str) -> None:
    """Print as the interpreter would: by the program's own excepthook if it has one, else on stderr."""
    hook = sys.excepthook
    try:
        if error is not None and hook is not sys.__excepthook__:
            hook(type(error), error, error.__traceback__)
        elif sys.stderr is not None:
            # The stream may refuse what is no UTF-8.
            sys.stderr.write(text.encode("utf-8", "backslashreplace").decode("utf-8"))
    except BaseException:  # noqa: BLE001 - a broken stderr is the program's own doing; the outcome has the text
        return


def excerpt(place: Place, run) -> str | None:
    """Source lines around the place, with an arrow and a caret."""
    lines = run.sources.lines(place.filename) if place.filename in run.sources.texts else []
    if place.line is None or not 0 < place.line <= len(lines):
        return None
    first = max(1, place.line - _CONTEXT_LINES)
    last = min(len(lines), place.line + _CONTEXT_LINES)
    while last > place.line and not lines[last - 1].strip():
        last -= 1
    width = len(str(last))
    shown = [] if place.filename == run.main else [f"{place.filename}:"]
    for number in range(first, last + 1):
        line = lines[number - 1][:500]
        arrow = ">" if number == place.line else " "
        shown.append(f"{arrow} {number:>{width}} | {line}".rstrip())
        if number == place.line and place.column is not None and place.column <= len(line) + 1:
            end = min(place.end_column or place.column + 1, len(line) + 1)
            # Tabs stay tabs, so that the caret stands below its character.
            pad = "".join("\t" if character == "\t" else " " for character in line[: place.column - 1])
            shown.append(f"  {' ' * width} | {pad}{'^' * max(1, end - place.column)}")
    return "\n".join(shown)


def _frame_place(frames: list, run) -> Place:
    """The innermost frame whose source is known."""
    for entry in reversed(frames):
        if entry.filename in run.sources.texts:
            positions = _positions(entry)
            line = run.sources.line(entry.filename, entry.line)
            column, end_column = caret_range(line, entry.line, positions)
            return Place(entry.filename, entry.line, column, end_column)
    return Place(run.main, None, None, None)


def _positions(entry) -> tuple | None:
    """(line, end line, column, end column) in bytes; CPython 3.11 and later know them."""
    find = getattr(entry.code, "co_positions", None)
    if find is None or entry.last_instruction < 0:
        return None
    return next(islice(find(), entry.last_instruction // 2, None), None)


def _syntax_place(error: BaseException, frames: list, run) -> Place | None:
    """A syntax error points at the text that could not be read, if that is a user file."""
    if not issubclass(type(error), SyntaxError):
        return None
    filename, line, offset = error.filename, error.lineno, error.offset  # type: ignore[attr-defined]
    if not (isinstance(filename, str) and filename in run.sources.texts and isinstance(line, int)):
        return None
    column = offset if isinstance(offset, int) and offset > 0 else None
    end = getattr(error, "end_offset", None)
    same_line = getattr(error, "end_lineno", None) == line
    usable = column is not None and same_line and isinstance(end, int) and end > column
    return Place(filename, line, column, end if usable else None)


def _errno(error: BaseException) -> int | None:
    number = error.errno if issubclass(type(error), OSError) else None  # type: ignore[attr-defined]
    return int.__index__(number) if isinstance(number, int) else None
