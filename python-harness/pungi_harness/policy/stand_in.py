"""Functions of Python in the place of functions of C."""
from __future__ import annotations


class StandIn:
    """Like what it stands in for it is no method when a class holds it: `class Timer: now = time.time`."""

    def __init__(self, function, original) -> None:  # type: ignore[no-untyped-def]
        self._function = function
        self.__name__ = original.__name__
        self.__qualname__ = original.__qualname__
        self.__module__ = original.__module__
        self.__doc__ = original.__doc__

    def __call__(self, *arguments: object, **keywords: object) -> object:
        return self._function(*arguments, **keywords)

    def __repr__(self) -> str:
        return f"<built-in function {self.__name__}>"

    def __reduce__(self) -> str:
        return self.__qualname__


def replace(name: str, function, *modules: object) -> None:  # type: ignore[no-untyped-def]
    """Put `function` in the place of `name` in each module; the first says what it looks like."""
    stand_in = StandIn(function, getattr(modules[0], name))
    for module in modules:
        setattr(module, name, stand_in)
