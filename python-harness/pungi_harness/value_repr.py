"""The `repr` of any object, short and never raising."""

from __future__ import annotations

from itertools import islice

from .recursion import BoundedRecursion
from .value_forms import DECIMAL_BITS, type_name


def short_repr(value, limit=10000):
    """`repr` cut at `limit` characters, or a text that names what the object raised."""
    kind = type(value)
    try:
        with BoundedRecursion():
            text = repr(_shorten(value, kind, limit))
        return _cut(text if type(text) is str else str.__str__(text), limit)
    except BaseException as error:
        return f"<{type_name(kind)}: repr raised {type_name(type(error))}>"


class _Shown:
    def __init__(self, text):
        self._text = text

    def __repr__(self):
        return self._text


def _shorten(value, kind, limit):
    """Each member shows as at least one character, so the cut text is the same without showing all of them."""
    if kind is int and value.bit_length() > DECIMAL_BITS:
        return _Shown(hex(value))
    if kind is dict and len(value) > limit:
        return dict(islice(value.items(), limit))
    if (kind is str or kind is bytes or kind is bytearray or kind is list or kind is tuple) and len(value) > limit:
        return value[: limit + 1]
    return value


def _cut(text, limit):
    return text if len(text) <= limit else text[: limit - 3] + "..."
