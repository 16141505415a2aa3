"""Python values to wire text and back, by the table in docs/values.md.

Nothing that an object does ends the run: what it raises becomes a note, and what loops is ended by the deadline
outside.
"""

from __future__ import annotations

from . import value_walk
from .recursion import BoundedRecursion
from .value_forms import MAX_SAFE, TAG, StopWalk, TooLarge, type_name
from .value_repr import short_repr
from .wire_json import dumps, make_loads

# Of the text of an int that needs no tag.
LONGEST_SAFE = len(str(-MAX_SAFE))

__all__ = ["Encoded", "decode", "encode", "short_repr"]


class Encoded:
    """`text` is the wire JSON, or None when the value cannot travel; `notes` say what was lost and where."""

    __slots__ = ("notes", "representable", "text")

    def __init__(self, text, notes):
        self.text = text
        self.notes = notes
        self.representable = text is not None


def encode(value, max_bytes, name="result"):
    """Wire text of any object; never raises. `name` is what the paths in notes start with."""
    if type(value) is int and -MAX_SAFE <= value <= MAX_SAFE and max_bytes >= LONGEST_SAFE:
        return Encoded(int.__repr__(value), [])
    notes = []
    text = None
    try:
        with BoundedRecursion():
            walk = value_walk.ValueWalk(max_bytes, name)
            notes = walk.notes
            wire = walk.wire(value, 0)
            if not walk.failed:
                text = dumps(wire)
                if len(text) > max_bytes:
                    notes.append(_size_note(name, f"{len(text):,}", max_bytes))
                    text = None
    except TooLarge as error:
        notes.append(_size_note(name, f"at least {error.args[0]:,}", max_bytes))
    except StopWalk:
        pass
    except BaseException as error:
        notes.append(f"{name}: encoding it raised {type_name(type(error))}; its repr was kept")
    return Encoded(text, notes)


def _size_note(name, needed, max_bytes):
    return f"{name}: {needed} bytes as JSON, more than the {max_bytes:,} that maxResultKb allows; its repr was kept"


def decode(text):
    """The Python value of wire text from Node; ValueError when it is malformed."""
    return _load_tagged(text) if TAG in text else _load_plain(text)


def _decode_int(value):
    return int(value, 16) if "0x" in value else int(value)


def _decode_bytes(value):
    from binascii import a2b_base64

    return a2b_base64(value)


def _decode_datetime(value):
    from datetime import datetime

    return datetime.fromisoformat(value)


_DECODERS = {
    "int": _decode_int,
    "float": float,
    "bytes": _decode_bytes,
    "datetime": _decode_datetime,
    "dict": dict,
    "set": set,
}


def _untag(found):
    if TAG not in found:
        return found
    try:
        if len(found) == 2:
            return _DECODERS[found[TAG]](found["value"])
    except (KeyError, TypeError):
        # A tag or a key that is none, a value of another type, members that no set or dict can hold.
        pass
    raise ValueError(f"not a wire value: tag {found[TAG]!r}")


_load_plain = make_loads()
_load_tagged = make_loads(_untag)
