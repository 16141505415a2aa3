"""Programs of which a glance at the text tells that no rule concerns them; then only the compiler has to be asked.

Theory of operation. Making a syntax tree takes twice as long as compiling the text. The glance may only err towards
"look closer": it clears ASCII text, in which every name stands as it is spelled and in one piece, when no refused name
is a word of it and each of its imports is a plain line whose names are all allowed. Lines of a string that look like
imports are asked about as well, which costs a closer look at most. What could nest so deeply that a tree of it is
refused is looked at closer, too.
"""
from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .validate import Validator

# Each level of a tree takes a word or one of the marks that are left. Up to 3.11 a tree must stay below the recursion
# limit of 1,000, with the frames that stand already.
_MOST_MARKS = 850
_FLAT = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ \t\r\n)]},=!;#"
_LEFT_OUT = dict.fromkeys(map(ord, _FLAT))
_IMPORT = re.compile(r"\bimport\b", re.ASCII)
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

    def clears(self, text: str) -> bool:
        """Whether nothing in this source can be refused, if it is Python at all."""
        validator = self._validator
        if self._is_closer or not text.isascii() or validator.counts(text) or not _is_shallow(text):
            return False
        if validator.ban_dunders and any(sign in text for sign in _DUNDER_SIGNS):
            return False
        if self._words is not None and self._words.search(text):
            return False
        return not validator.imports.active or "import" not in text or self._are_allowed(text)

    def _are_allowed(self, text: str) -> bool:
        lines = text.replace("\r\n", "\n")
        if "\r" in lines or "\\\n" in lines:
            return False
        return all(self._is_allowed(line) for line in lines.split("\n") if "import" in line)

    def _is_allowed(self, line: str) -> bool:
        if not _IMPORT.search(line):
            return True
        # A quote may end a string, and what follows it be code.
        if "'" in line or '"' in line or "\\" in line:
            return False
        words = line.partition("#")[0].strip(" \t")
        if words.startswith("import "):
            names = [_imported(part) for part in words[7:].split(",")]
            return all(name and self._validator.imports.refusal(name, None) is None for name in names)
        if words.startswith("from "):
            module, _, members = words[5:].partition(" import ")
            names = [part.strip() if part.strip() == "*" else _imported(part) for part in members.split(",")]
            if not all(names) or not _is_dotted(module):
                return False
            return self._validator.imports.from_refusal(module, names, None) is None
        return not words


def _imported(part: str) -> str:
    """`a.b` of `a.b` and of `a.b as c`; empty for anything else."""
    words = part.split()
    is_plain = len(words) == 1 or (len(words) == 3 and words[1] == "as")
    return words[0] if is_plain and _is_dotted(words[0]) else ""


def _is_dotted(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))


def _is_shallow(text: str) -> bool:
    return len(text.split()) + len(text.translate(_LEFT_OUT)) < _MOST_MARKS
