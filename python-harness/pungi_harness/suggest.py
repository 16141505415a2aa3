"""What to try next, for the mistakes that programs of people and models make most; one table by exception type.

Every advice is a function of the error and the innermost user frame. It may fail on hostile objects: then there
is no suggestion, and nothing else is lost.
"""
from __future__ import annotations

import os
import sys

from .suggest_tables import MODULES, NONE_VALUE, RENAMED, TYPE_ERRORS


def suggestion(error: BaseException, frame, run) -> str | None:
    try:
        for cls in type(error).__mro__:
            advise = _ADVICE.get(cls.__name__)
            found = None if advise is None else advise(error, frame, run)
            if found is not None:
                return found
    except BaseException:  # noqa: BLE001 - classes, names and attributes may be the program's own hostile objects
        return None
    return None


def nearest(word: str, candidates) -> str | None:
    """The candidate at the least edit distance, if that is at most a third of the word; case counts for nothing."""
    limit = len(word) // 3
    best = None
    best_distance = limit + 1
    for candidate in sorted(name for name in candidates if type(name) is str)[:2000]:
        if candidate == word or abs(len(candidate) - len(word)) >= best_distance:
            continue
        if candidate.startswith("_") and not word.startswith("_"):
            continue
        distance = 0 if candidate.lower() == word.lower() else _distance(word, candidate, best_distance)
        if distance < best_distance:
            best, best_distance = candidate, distance
    return best


def _distance(left: str, right: str, limit: int) -> int:
    """Edit distance where two neighbours swapped count once; `limit` or more is not told apart."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        previous, row = row, [i]
        for j, b in enumerate(right, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = previous
        if min(row) >= limit:
            return limit
    return row[-1]


def _quoted(text: str, index: int = 0) -> str | None:
    """The text between the quotes number `index` of a message."""
    parts = text.split("'")
    return parts[2 * index + 1] if len(parts) > 2 * index + 2 else None


def _did_you_mean(word: str | None) -> str | None:
    return None if word is None else f"Did you mean '{word}'?"


def _name(error: NameError, frame, run) -> str | None:
    name = getattr(error, "name", None) or _quoted(str(error))
    if getattr(error, "blocked_by_policy", False) or name is None:
        return None
    if isinstance(error, UnboundLocalError):
        return f"'{name}' is assigned in this function: add 'global {name}' or 'nonlocal {name}', or pass it in."
    if name in RENAMED:
        return f"Python 3 calls it '{RENAMED[name]}'."
    if name in MODULES:
        return f"Did you forget '{MODULES[name]}'?"
    if name in ("true", "false", "null", "nil", "undefined"):
        return f"Write {({'true': 'True', 'false': 'False'}).get(name, 'None')}."
    names = set(run.namespace) | set(run.builtins)
    if frame is not None:
        names |= set(frame.f_locals) | set(frame.f_globals)
    near = nearest(name, names)
    if near is not None:
        return _did_you_mean(near)
    if name in _standard_modules() or name in sys.modules:
        return f"Did you forget 'import {name}'?"
    return None


def _standard_modules() -> set[str]:
    names = getattr(sys, "stdlib_module_names", None)
    if names is not None:
        return set(names)
    # CPython 3.9 has no list of its library but the library itself.
    return {name.partition(".")[0] for name in os.listdir(os.path.dirname(os.__file__))} | set(sys.builtin_module_names)


def _attribute(error: AttributeError, frame, run) -> str | None:
    text = str(error)
    name = getattr(error, "name", None) or (_quoted(text, 1) if "has no attribute" in text else None)
    if name is None:
        return None
    if "'NoneType' object" in text:
        return NONE_VALUE
    owner = getattr(error, "obj", None)
    if owner is None and text.startswith("module "):
        owner = sys.modules.get(_quoted(text) or "")
    if owner is None:
        kind = run.builtins.get(_quoted(text) or "")
        return _did_you_mean(nearest(name, dir(kind))) if isinstance(kind, type) else None
    names = set(dir(type(owner)))
    try:
        names |= set(object.__getattribute__(owner, "__dict__"))
    except AttributeError:
        # A type without a dict has no more names.
        pass
    return _did_you_mean(nearest(name, names))


def _import(error: ImportError, frame, run) -> str | None:
    if getattr(error, "blocked_by_policy", False):
        return None
    text = str(error)
    if not isinstance(error, ModuleNotFoundError):
        wanted = _quoted(text)
        module = sys.modules.get(error.name or "")
        return None if wanted is None or module is None else _did_you_mean(nearest(wanted, vars(module)))
    root = (error.name or "").partition(".")[0]
    near = nearest(root, _standard_modules())
    if near is not None:
        return _did_you_mean(near)
    return f"'{root}' is not installed for this Python: install it there and set pythonExecutable, or do without it."


def _key(error: KeyError, frame, run) -> str | None:
    key = error.args[0] if error.args else None
    if type(key) is not str or frame is None:
        return None
    names: list[str] = []
    for value in [*frame.f_locals.values(), *frame.f_globals.values()]:
        if type(value) is dict and "__builtins__" not in value:
            names.extend(name for name in value if type(name) is str)
    near = _did_you_mean(nearest(key, set(names)))
    return near or "Look the key up with .get(key, default), or test with 'in' first."


def _index(error: IndexError, frame, run) -> str:
    return "Valid indexes go from 0 to len(...) - 1, and an empty sequence has none."


def _type(error: TypeError, frame, run) -> str | None:
    text = str(error)
    for part, advice in TYPE_ERRORS:
        if part in text:
            return advice
    return None


def _value(error: ValueError, frame, run) -> str | None:
    text = str(error)
    if "invalid literal for int()" in text:
        return "The text is no whole number: strip it, check it with .isdigit(), or use float(...)."
    if "could not convert string to float" in text:
        return "The text is no number: strip it, remove separators and units, and skip empty values."
    if "to unpack" in text:
        return "The number of names on the left differs from the number of values."
    return None


def _syntax(error: SyntaxError, frame, run) -> str | None:
    text = (error.text or run.sources.line(str(error.filename), error.lineno)).strip()
    message = str(error.msg)
    if isinstance(error, TabError):
        return "Indent with spaces only: tabs and spaces are mixed."
    if isinstance(error, IndentationError):
        return "Indent the block by four spaces more than the line that opens it, and all its lines alike."
    if text.startswith("print ") or "Missing parentheses in call to 'print'" in message:
        return "print is a function: write print(...)."
    if text.startswith("```") or text.startswith("~~~"):
        return "Remove the Markdown fence around the code."
    if text.startswith(("!", "%")):
        return "Shell escapes and notebook magics are no Python: remove the line."
    word = text.split(" ", 1)[0].split(":")[0].split("(")[0]
    if word in _BLOCK_WORDS and not text.endswith((":", ",", "\\", "(")) and "was never closed" not in message:
        return f"End the '{word}' line with a colon."
    if "EOF" in message or "was never closed" in message:
        return "A bracket or a quote is not closed, or the code was cut off."
    if "await" in message or "'return' outside" in message:
        return "At the top level assign to the variable result in place of return."
    return None


_BLOCK_WORDS = frozenset("if elif else for while def class try except finally with match case async".split())


def _missing_file(error: FileNotFoundError, frame, run) -> str | None:
    wanted = error.filename
    if not isinstance(wanted, str):
        return None
    names: list[str] = []
    for folder, folders, files in os.walk(run.workdir):
        folders[:] = sorted(folders)[:50]
        names.extend(os.path.relpath(os.path.join(folder, name), run.workdir) for name in sorted(files))
        if len(names) > 500:
            break
    if not names:
        return "The working directory is empty: hand the file in by files."
    base = os.path.basename(wanted)
    for name in names:
        if os.path.basename(name).lower() == base.lower():
            return _did_you_mean(name)
    near = nearest(wanted, names)
    if near is not None:
        return _did_you_mean(near)
    return f"Files there are: {', '.join(names[:10])}{', ...' if len(names) > 10 else ''}."


def _permission(error: OSError, frame, run) -> str | None:
    # EACCES, EPERM and EROFS are what the kernel's layers answer.
    if getattr(error, "blocked_by_policy", False) or error.errno not in (1, 13, 30) or error.filename is None:
        return None
    return f"Writable places: {tuple(run.language.orders['writable'])!r}; others need writablePaths or readablePaths."


def _always(text: str):
    return lambda error, frame, run: text


_ADVICE = {
    "CallBlockedError": lambda error, frame, run: error.hint,
    "NameError": _name,
    "AttributeError": _attribute,
    "ImportError": _import,
    "KeyError": _key,
    "IndexError": _index,
    "TypeError": _type,
    "UnicodeDecodeError": _always("The bytes are not in that encoding: open with encoding='latin-1', or in mode 'rb'."),
    "ValueError": _value,
    "SyntaxError": _syntax,
    "FileNotFoundError": _missing_file,
    "OSError": _permission,
    "RecursionError": _always("The function never reaches its end case, or goes too deep: use a loop."),
    "MemoryError": _always("Work on smaller parts, or raise memoryLimitMb."),
    "EOFError": _always("There is no more standard input: pass it by the option stdin, or use input_data."),
}
