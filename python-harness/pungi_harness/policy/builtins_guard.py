"""The builtins of user code: a copy of the real ones, with stubs in place of those that the policy refuses."""
from __future__ import annotations

import builtins
import sys

from .denials import BuiltinBlockedError, Denials, at_line, denial, sentence, user_line

_Module = type(sys)


class BuiltinRules:
    """Which names of `builtins` are refused, and in which words."""

    __slots__ = ("refused", "_by_block")

    def __init__(self, blocked: list[str], allowed: list[str] | None) -> None:
        self._by_block = frozenset(blocked)
        refused = set(blocked)
        if allowed is not None:
            refused.update(name for name in ordinary_names() if name not in allowed)
        self.refused = frozenset(refused)

    def refusal(self, name: str, line: int | None, filename: str | None = None) -> dict:
        where = at_line(line, filename)
        if name in self._by_block:
            message = f"Builtin '{name}' is blocked by policy{where}."
            hint = f"Remove '{name}' from blockedBuiltins to allow it."
        else:
            message = f"Builtin '{name}' is not allowed by policy{where}."
            hint = f"Add '{name}' to allowedBuiltins."
        return denial("language", "builtin", name, line, message, hint)


def ordinary_names() -> list[str]:
    """What an allow list speaks of: not exceptions, constants and the machinery behind statements."""
    names = ["exit", "quit", "help"]
    for name, value in vars(builtins).items():
        machinery = name.startswith("__") and name != "__import__"
        is_error = isinstance(value, type) and issubclass(value, BaseException)
        # `import` needs `__import__`, which has rules of its own.
        if not (machinery or is_error or name == "__import__" or value in (None, True, False)):
            names.append(name)
    return names


def _make_exit(name: str) -> object:
    class Quitter:
        def __repr__(self) -> str:
            return f"Use {name}() to end the program"

        def __call__(self, code: object = None) -> None:
            raise SystemExit(code)

    return Quitter()


def _help(*subject: object) -> None:
    import pydoc

    pydoc.help(*subject)


def base_builtins() -> dict:
    """The real builtins and the three that `site` would add."""
    names = dict(vars(builtins))
    names["exit"] = _make_exit("exit")
    names["quit"] = _make_exit("quit")
    names["help"] = _help
    return names


def place_stubs(names: dict, rules: BuiltinRules, denials: Denials) -> None:
    for name in rules.refused:
        if name != "__import__" and name in names:
            names[name] = _Stub(name, rules, denials, names)


def share_changes(names: dict, kept: frozenset[str]) -> None:
    """What is set in `builtins` counts for user code, too, as in any Python; but for the names that a policy keeps.

    For the rest of the process: the module is given a class that passes on what is set and deleted.
    """

    class Shared(_Module):
        __slots__ = ()

        def __setattr__(self, name: str, value: object) -> None:
            # A subclass of str could show one name here and another to the module.
            name = str.__getitem__(name, slice(None))
            super().__setattr__(name, value)
            if name not in kept:
                names[name] = value

        def __delattr__(self, name: str) -> None:
            name = str.__getitem__(name, slice(None))
            super().__delattr__(name)
            if name not in kept:
                names.pop(name, None)

    sys.modules["builtins"].__class__ = Shared


class _Stub:
    """Stands where a refused builtin was; every use says so."""

    __slots__ = ("_refuse",)

    def __init__(self, name: str, rules: BuiltinRules, denials: Denials, names: dict) -> None:
        def refuse() -> None:
            refused = rules.refusal(name, user_line(names))
            denials.add(refused)
            error = BuiltinBlockedError(sentence(refused))
            # CPython 3.10 and later offer near names for a NameError that names one.
            if hasattr(error, "name"):
                error.name = name
            raise error

        object.__setattr__(self, "_refuse", refuse)

    def __call__(self, *arguments: object, **named: object) -> None:
        object.__getattribute__(self, "_refuse")()

    def __getattr__(self, attribute: str) -> None:
        object.__getattribute__(self, "_refuse")()

    def __instancecheck__(self, instance: object) -> bool:
        object.__getattribute__(self, "_refuse")()
        return False

    __subclasscheck__ = __instancecheck__

    def __mro_entries__(self, bases: tuple) -> tuple:
        object.__getattribute__(self, "_refuse")()
        return ()
