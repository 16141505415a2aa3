"""The arguments of a call as wire text."""
from __future__ import annotations

from ..recursion import BoundedRecursion
from ..value_forms import MAX_SAFE, TAG, StopWalk, TooLarge
from ..value_walk import ValueWalk
from ..wire_json import dumps


_PLAIN = frozenset((str, bool, type(None)))
_MAX_PLAIN = 1000


def encode_arguments(name: str, arguments: dict, max_bytes: int) -> str:
    """TypeError for what cannot travel, ValueError for what is too large."""
    if all(_is_plain(value) for value in arguments.values()) and TAG not in arguments:
        text = dumps(arguments)
    else:
        text = _walk(name, arguments, max_bytes)
    if len(text) > max_bytes:
        raise _too_large(name, f"{len(text):,}", max_bytes)
    return text


def _is_plain(value: object) -> bool:
    """What the encoder may have as it is, however small the limit."""
    kind = type(value)
    if kind is int:
        return -MAX_SAFE <= value <= MAX_SAFE  # type: ignore[operator]
    return kind in _PLAIN and (kind is not str or len(value) <= _MAX_PLAIN)  # type: ignore[arg-type]


def _walk(name: str, arguments: dict, max_bytes: int) -> str:
    walk = ValueWalk(max_bytes, f"{name}(): arguments")
    try:
        with BoundedRecursion():
            wire = walk.wire(arguments, 0)
            text = "" if walk.failed else dumps(wire)
    except StopWalk:
        text = ""
    except TooLarge as error:
        raise _too_large(name, f"at least {error.args[0]:,}", max_bytes) from None
    if walk.failed:
        raise TypeError(walk.notes[0].partition("; its repr was kept")[0])
    return text


def _too_large(name: str, needed: str, max_bytes: int) -> ValueError:
    return ValueError(f"{name}(): the arguments have {needed} bytes as JSON, more than the {max_bytes:,} allowed")
