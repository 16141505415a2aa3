"""What a function of the host threw, as an exception of a class named after the host's."""
from __future__ import annotations

import builtins

# Those of Python's own that take one text; a host's error of such a name is caught by it, too.
_SHARED = frozenset(
    "ArithmeticError AssertionError AttributeError BufferError ConnectionError EOFError FileExistsError "
    "FileNotFoundError IndexError KeyError LookupError MemoryError NotImplementedError OSError OverflowError "
    "PermissionError ReferenceError RuntimeError TimeoutError TypeError ValueError ZeroDivisionError".split()
)


class HostError(Exception):
    """Raised by a function of the host; `name` is the name of the error there."""

    __module__ = "builtins"
    name = "Error"

    def __str__(self) -> str:
        # A KeyError would show the repr.
        return str(self.args[0]) if self.args else ""


class Errors:
    """The classes of one run, by name."""

    def __init__(self) -> None:
        self._classes: dict[str, type[HostError]] = {"HostError": HostError}

    def make(self, name: str, message: str) -> HostError:
        cls = self._classes.get(name)
        if cls is None:
            own = getattr(builtins, name) if name in _SHARED else None
            bases = (HostError,) if own is None else (HostError, own)
            cls = self._classes[name] = type(name, bases, {"__module__": "builtins", "name": name})
        return cls(message)
