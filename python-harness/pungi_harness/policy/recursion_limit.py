"""Holds the policy's `recursionLimit`: user code may go lower, not higher. Guidance: C code is not met."""
from __future__ import annotations

import sys

from .denials import access_error, denial, sentence, user_line


def limiter(most: int, language):  # type: ignore[no-untyped-def]
    """What is to be called just before user code."""
    change = sys.setrecursionlimit

    def setrecursionlimit(limit, /):  # type: ignore[no-untyped-def]
        if isinstance(limit, int) and limit > most:
            run = language.run
            message = f"A recursion limit of {limit} is above the {most} that the policy allows."
            line = user_line(run.builtins)
            refused = denial("language", "recursion", str(limit), line, message, "Raise recursionLimit to allow it.")
            run.denials.add(refused)
            raise access_error(sentence(refused))
        change(limit)

    def begin() -> None:
        sys.setrecursionlimit = setrecursionlimit  # type: ignore[assignment]
        change(most)

    return begin
