"""The texts of user code by file name, and how they are compiled: each on its own, in a namespace of its own."""
from __future__ import annotations

import _ast
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType

_ONLY_AST = 0x400
_TOP_LEVEL_AWAIT = 0x2000
CO_COROUTINE = 0x80

# Where the value of a final expression waits; taken out of the namespace before anyone looks.
LAST_VALUE = "_pungi_last_value"


class Sources:
    """What tracebacks show and how user files are told from libraries."""

    __slots__ = ("texts", "_lines", "_primed")

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._lines: dict[str, list[str]] = {}
        self._primed: set[str] = set()

    def add(self, filename: str, text: str) -> None:
        self.texts[filename] = text

    def lines(self, filename: str) -> list[str]:
        found = self._lines.get(filename)
        if found is None:
            # Only these three end a line for the compiler; str.splitlines knows eight more.
            text = self.texts.get(filename, "").replace("\r\n", "\n").replace("\r", "\n")
            found = self._lines[filename] = text.split("\n")
        return found

    def line(self, filename: str, number: int | None) -> str:
        lines = self.lines(filename)
        return lines[number - 1] if number and 0 < number <= len(lines) else ""

    def prime_linecache(self) -> None:
        """Let `traceback` and `warnings`, once user code has loaded them, show lines that no file holds."""
        linecache = sys.modules.get("linecache")
        if linecache is None or len(self._primed) == len(self.texts):
            return
        for filename, text in self.texts.items():
            self._primed.add(filename)
            lines = [line + "\n" for line in self.lines(filename)]
            # A modification time of None tells linecache that there is no file to compare with.
            linecache.cache[filename] = (len(text), None, lines, filename)


def parse(text: str | bytes, filename: str) -> _ast.Module:
    """The tree of a main program. Nothing is inherited from this file's own `__future__` imports."""
    return compile(text, filename, "exec", _ONLY_AST | _TOP_LEVEL_AWAIT, True)  # type: ignore[return-value]


def compile_text(text: str, filename: str) -> CodeType:
    """Code of a main program that nobody runs: whether it can be compiled."""
    return compile(text, filename, "exec", _TOP_LEVEL_AWAIT, True)


def parse_module(text: str | bytes, filename: str) -> _ast.Module:
    return compile(text, filename, "exec", _ONLY_AST, True)  # type: ignore[return-value]


def compile_program(tree: _ast.Module, filename: str, guard=None) -> CodeType:  # type: ignore[no-untyped-def]
    """Code of a main program that leaves the value of a final expression under LAST_VALUE."""
    body = tree.body
    if body and type(body[-1]) is _ast.Expr:
        last = body[-1]
        place = {
            "lineno": last.lineno,
            "col_offset": last.col_offset,
            "end_lineno": last.end_lineno,
            "end_col_offset": last.end_col_offset,
        }
        target = _ast.Name(id=LAST_VALUE, ctx=_ast.Store(), **place)
        body[-1] = _ast.Assign(targets=[target], value=last.value, type_comment=None, **place)
    if guard is not None:
        return guard.compile(tree, lambda guarded: compile(guarded, filename, "exec", _TOP_LEVEL_AWAIT, True))
    return compile(tree, filename, "exec", _TOP_LEVEL_AWAIT, True)


def decode(data: bytes) -> str:
    """The text of a source file as the compiler reads it: UTF-8 unless a coding line says otherwise."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
