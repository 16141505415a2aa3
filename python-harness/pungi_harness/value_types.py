"""How a Python object that is no plain JSON data gives up its content, one row for each type.

An extractor gets the object and the room left in bytes, and returns a form with data of exact builtin types in it:

- ATOM: None, bool, int, float or str.   TAGGED: a finished wire value.
- LIST, DICT: a fresh list or dict whose members still have to be walked.   VALUE: another object that stands for it.

Objects are hostile: types come from `type()` and the real method resolution order, never `__class__`; methods of the
base class are called, never the object's own; modules are only looked up in `sys.modules`, never imported. An
extractor may raise anything; the caller makes a note of it.
"""

from __future__ import annotations

import sys

from . import science_types
from .value_forms import ATOM, DICT, LIST, TAGGED, VALUE, check_room, tagged

mro_of = type.__dict__["__mro__"].__get__
dict_of = type.__dict__["__dict__"].__get__


def _text(text):
    if type(text) is not str:
        raise TypeError("its text is not a str")
    return ATOM, text


def _bytes(value, room):
    from binascii import b2a_base64

    check_room(len(memoryview(value)), room, 1)
    return TAGGED, tagged("bytes", b2a_base64(value, newline=False).decode("ascii"))


def _memoryview(value, room):
    check_room(value.nbytes, room, 1)
    return _bytes(value.tobytes(), room)


def _tuple(value, room):
    items = list(tuple.__iter__(value))
    for cls in mro_of(type(value)):
        fields = dict_of(cls).get("_fields")
        if type(fields) is tuple and len(fields) == len(items) and set(map(type, fields)) <= {str}:
            return DICT, dict(zip(fields, items))
    return LIST, items


def _range(value, room):
    # len() of a range beyond sys.maxsize raises OverflowError.
    check_room((value.stop - value.start) // value.step, room, 2)
    return LIST, list(value)


def _view(kind):
    return lambda value, room: (LIST, list(kind.__iter__(value)))


def _ordered_dict(value, room):
    return DICT, dict(sys.modules["collections"].OrderedDict.items(value))


def _datetime(value, room):
    base = sys.modules["datetime"].datetime
    offset = base.utcoffset(value)
    if offset is None:
        return ATOM, base.isoformat(value)
    # Rebuilt as an exact datetime: arithmetic on a subclass would call its constructor.
    exact = base.combine(base.date(value), base.time(value))
    return TAGGED, tagged("datetime", (exact - offset).isoformat() + "+00:00")


def _date(value, room):
    return ATOM, sys.modules["datetime"].date.isoformat(value)


def _time(value, room):
    return ATOM, sys.modules["datetime"].time.isoformat(value)


def _timedelta(value, room):
    return ATOM, sys.modules["datetime"].timedelta.total_seconds(value)


def _enum(value, room):
    return VALUE, object.__getattribute__(value, "_value_")


def _dataclass(fields):
    marker = sys.modules["dataclasses"]._FIELD

    def extract(value, room):
        names = [name for name, field in dict.items(fields) if field._field_type is marker]
        return DICT, {name: object.__getattribute__(value, name) for name in names}

    return extract


def _str_of(module, name):
    return lambda value, room: _text(getattr(sys.modules[module], name).__str__(value))


_BUILTIN = {
    int: lambda value, room: (ATOM, int.__int__(value)),
    float: lambda value, room: (ATOM, float.__float__(value)),
    str: lambda value, room: (ATOM, str.__str__(value)),
    complex: lambda value, room: (ATOM, complex.__repr__(value)),
    bytes: _bytes,
    bytearray: _bytes,
    memoryview: _memoryview,
    tuple: _tuple,
    list: lambda value, room: (LIST, list.copy(value)),
    set: lambda value, room: (LIST, list(set.__iter__(value))),
    frozenset: lambda value, room: (LIST, list(frozenset.__iter__(value))),
    range: _range,
    # Not dict.copy: it calls keys() of a subclass that overrides __iter__.
    dict: lambda value, room: (DICT, dict(dict.items(value))),
    type(type.__dict__): lambda value, room: (DICT, dict(value)),
    **{kind: _view(kind) for kind in map(type, ({}.keys(), {}.values(), {}.items()))},
}

_FOREIGN = (
    (
        "collections",
        (
            ("deque", lambda value, room: (LIST, list(sys.modules["collections"].deque.__iter__(value)))),
            ("OrderedDict", _ordered_dict),
        ),
    ),
    ("array", (("array", lambda value, room: (LIST, sys.modules["array"].array.tolist(value))),)),
    ("datetime", (("datetime", _datetime), ("date", _date), ("time", _time), ("timedelta", _timedelta))),
    ("enum", (("Enum", _enum),)),
    ("decimal", (("Decimal", _str_of("decimal", "Decimal")),)),
    ("fractions", (("Fraction", _str_of("fractions", "Fraction")),)),
    ("uuid", (("UUID", _str_of("uuid", "UUID")),)),
    ("pathlib", (("PurePath", _str_of("pathlib", "PurePath")),)),
    ("numpy", science_types.NUMPY),
    ("numpy.ma", science_types.NUMPY_MASKED),
    ("pandas", science_types.PANDAS),
    ("pandas.api.extensions", science_types.PANDAS_EXTENSIONS),
)


class TypeTable:
    """The rows for what is imported by now; keyed by id, since a hostile metaclass may define `__hash__`."""

    __slots__ = ("_rows",)

    def __init__(self):
        rows = {id(kind): extract for kind, extract in _BUILTIN.items()}
        for module_name, classes in _FOREIGN:
            module = sys.modules.get(module_name)
            if module is None:
                continue
            for name, extract in classes:
                found = getattr(module, name, None)
                if found is not None:
                    # NaT and NA are single objects of private types.
                    rows[id(found if issubclass(type(found), type) else type(found))] = extract
        self._rows = rows

    def find(self, kind):
        """The extractor for a type, or None when its objects cannot travel."""
        rows = self._rows
        order = mro_of(kind)
        for cls in order:
            extract = rows.get(id(cls))
            if extract is not None:
                return extract
        for cls in order:
            fields = dict_of(cls).get("__dataclass_fields__")
            if type(fields) is dict and "dataclasses" in sys.modules:
                return _dataclass(fields)
        return None
