"""The words that the type rows and the walk share."""

from __future__ import annotations

TAG = "$pungi"
MAX_DEPTH = 128
MAX_SAFE = (1 << 53) - 1
# Decimal text is quadratic, and CPython 3.11 refuses it past 4300 digits.
DECIMAL_BITS = 4096
ATOM, TAGGED, LIST, DICT, VALUE = range(5)


class TooLarge(Exception):
    """The value needs at least this many bytes."""


class CannotTravel(Exception):
    """Why an object of a known type cannot travel; its message goes into the note."""


def check_room(count, room, bytes_each):
    """Refuse before a list of `count` members is built that cannot fit the room left."""
    if count * bytes_each > room:
        raise TooLarge(count * bytes_each)


def tagged(tag, value):
    return {TAG: tag, "value": value}


def int_text(value):
    return int.__repr__(value) if value.bit_length() <= DECIMAL_BITS else hex(value)
