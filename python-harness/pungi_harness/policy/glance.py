"""Programs of which a glance at the text tells what the rules refuse in them; then only the compiler has to be asked.

Theory of operation. Making a syntax tree takes as long as compiling the text, and compiling the tree once more. The glance may only err towards
"look closer": it judges ASCII text, in which every name stands as it is spelled and in one piece, when no refused name
is a word of it and each of its imports is a plain line. Lines of a string that look like imports are asked about as
well, and where one of them is refused a tree has to tell whether it is code. What could nest so deeply that a tree of
it is refused is looked at closer, too.
"""
from __future__ import annotations

import re

from .denials import MAX_DENIALS, ImportBlockedError
from .validate import Validator, Violation

# Each level of a tree takes a word or one of the marks that are left. Up to 3.11 a tree must stay below the recursion
# limit of 1,000, with the frames that stand already.
_MOST_MARKS = 850
_FLAT = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ \t\r\n)]},=!;#"
_LEFT_OUT = dict.fromkeys(map(ord, _FLAT))
_IMPORT = re.compile(r"\bimport\b", re.ASCII)
_LONG_QUOTES = ("'''", '"""')
# Names of attributes in texts, which may be spelled in escapes: see `_Walk.visit_call`.
_DUNDER_SIGNS = ("__", "attr", "format")


class Glance:
    __slots__ = ("_validator", "_is_closer", "_words")

    def __init__(self, validator: Validator) -> None:
        self._validator = validator
        self._is_closer = validator.ban_definitions or validator.banned or validator.guarded
        refused = validator.builtins.refused
        names = "|".join(sorted(map(re.escape, refused)))
        self._words = re.compile(rf"\b(?:{names})\b", re.ASCII) if refused else None

    def look(self, text: str) -> list[Violation] | None:
        """All that is refused in this source, if it is Python at all; None where only a tree can tell."""
        validator = self._validator
        if self._is_closer or not text.isascii() or validator.counts(text) or not _is_shallow(text):
            return None
        if validator.ban_dunders and any(sign in text for sign in _DUNDER_SIGNS):
            return None
        if self._words is not None and self._words.search(text):
            return None
        return self._look_at_imports(text) if validator.imports.active and "import" in text else []

    def _look_at_imports(self, text: str) -> list[Violation] | None:
        lines = text.replace("\r\n", "\n")
        if "\r" in lines or "\\\n" in lines:
            return None
        found: list[Violation] = []
        for number, line in enumerate(lines.split("\n"), 1):
            if "import" in line and _IMPORT.search(line):
                refused = self._look_at_line(line, number)
                if refused is None:
                    return None
                found += refused
        # Only a text in three quotes can hold a line that looks like an import and is none.
        return None if found and any(quotes in lines for quotes in _LONG_QUOTES) else found[:MAX_DENIALS]

    def _look_at_line(self, line: str, number: int) -> list[Violation] | None:
        # A quote may end a string, and what follows it be code.
        if "'" in line or '"' in line or "\\" in line:
            return None
        words = line.partition("#")[0].strip(" \t")
        if words.startswith("import "):
            module, names = "", [_imported(part) for part in words[7:].split(",")]
        elif words.startswith("from "):
            module, _, members = words[5:].partition(" import ")
            names = ["*"] if members.strip(" ") == "*" else [_imported(part) for part in members.split(",")]
            if not _is_dotted(module):
                return None
        else:
            return None if words else []
        if not all(names) or not words.isprintable():
            return None
        rules = self._validator.imports
        refusals = [rules.from_refusal(module, names, number)] if module else [rules.refusal(name, number) for name in names]
        place = _Place(number, len(line) - len(line.lstrip(" \t")), len(words))
        return [Violation(place, refused, ImportBlockedError) for refused in refusals if refused is not None]


class _Place:
    """Of a statement that ends on its line, as a node has it."""

    __slots__ = ("lineno", "end_lineno", "col_offset", "end_col_offset")

    def __init__(self, line: int, column: int, length: int) -> None:
        self.lineno = self.end_lineno = line
        self.col_offset = column
        self.end_col_offset = column + length


def _imported(part: str) -> str:
    """`a.b` of `a.b` and of `a.b as c`; empty for anything else."""
    words = part.split()
    is_plain = len(words) == 1 or (len(words) == 3 and words[1] == "as")
    return words[0] if is_plain and _is_dotted(words[0]) else ""


def _is_dotted(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))


def _is_shallow(text: str) -> bool:
    return len(text.split()) + len(text.translate(_LEFT_OUT)) < _MOST_MARKS
