"""The words that the type rows and the walk share."""

from __future__ import annotations

TAG = "$pungi"
MAX_DEPTH = 128
MAX_SAFE = (1 << 53) - 1
# Decimal text is quadratic, and CPython 3.11 refuses it past 4300 digits.
DECIMAL_BITS = 4096
ATOM, TAGGED, LIST, DICT, VALUE = range(5)

_name_of = type.__dict__["__name__"].__get__
_module_of = type.__dict__["__module__"].__get__


class TooLarge(Exception):
    """The value needs at least this many bytes."""


class StopWalk(Exception):
    """Ends the walk; the note is made."""


class CannotTravel(Exception):
    """Why an object of a known type cannot travel; its message goes into the note."""


def type_name(kind):
    """Name of a type for messages: qualified unless it is a builtin or of the main program. Never raises."""
    name = str.__str__(_name_of(kind))[:200]
    try:
        module = _module_of(kind)
    except AttributeError:
        # A class made where no __name__ is in sight has no module.
        module = None
    if type(module) is not str or module in ("builtins", "__main__"):
        return name
    return module[:200] + "." + name


def check_room(count, room, bytes_each):
    """Refuse before a list of `count` members is built that cannot fit the room left."""
    if count * bytes_each > room:
        raise TooLarge(count * bytes_each)


def tagged(tag, value):
    return {TAG: tag, "value": value}


def int_text(value):
    return int.__repr__(value) if value.bit_length() <= DECIMAL_BITS else hex(value)
