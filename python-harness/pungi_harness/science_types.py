"""Rows of the type table for numpy and pandas, by value.

Neither is ever imported here: the rows are used only when user code has loaded them.
"""

from __future__ import annotations

import sys

from .value_forms import ATOM, DICT, LIST, VALUE, CannotTravel, check_room


def _null(value, room):
    return ATOM, None


def _generic(value, room):
    numpy = sys.modules["numpy"]
    kind = value.dtype.kind
    if kind in "mM":
        return VALUE, _dates(numpy, numpy.asarray(value), kind)
    if value.dtype.names is not None:
        return DICT, {name: value[name] for name in value.dtype.names}
    item = numpy.generic.item(value)
    # A long double has no Python type of its own and answers with itself.
    return VALUE, item if type(item) is not type(value) else (float(value) if kind == "f" else complex(value))


def _dates(numpy, array, kind):
    """Naive ISO text for datetime64, seconds for timedelta64, None for NaT; shaped like the array."""
    if kind == "M":
        shown = numpy.datetime_as_string(array)
    else:
        shown = array / numpy.timedelta64(1, "s")
    return numpy.where(numpy.isnat(array), None, shown).tolist()


def _array(value, room):
    numpy = sys.modules["numpy"]
    check_room(value.size, room, 2)
    if value.dtype.kind in "mM":
        return VALUE, _dates(numpy, value, value.dtype.kind)
    if value.dtype.names is not None and value.ndim == 1:
        columns = [numpy.ndarray.__getitem__(value, name).tolist() for name in value.dtype.names]
        return LIST, [dict(zip(value.dtype.names, row)) for row in zip(*columns)]
    return VALUE, numpy.ndarray.tolist(value)


def _masked(value, room):
    check_room(value.size, room, 2)
    return VALUE, sys.modules["numpy.ma"].MaskedArray.tolist(value)


def _series(value, room):
    check_room(len(value), room, 2)
    return LIST, list(value.tolist())


def _extension_array(value, room):
    check_room(len(value), room, 2)
    return LIST, list(value)


def _frame(value, room):
    rows, columns = value.shape
    check_room(rows * columns, room, 2)
    names = list(value.columns)
    if len(set(names)) != columns:
        raise CannotTravel("has several columns of one name")
    lists = [value.iloc[:, position].tolist() for position in range(columns)]
    # With no column a row is an empty record; zip() would give no rows at all.
    return LIST, [dict(zip(names, row)) for row in zip(*lists)] if columns else [{} for _ in range(rows)]


NUMPY = (("generic", _generic), ("ndarray", _array))
NUMPY_MASKED = (("MaskedArray", _masked),)
PANDAS = (("NaT", _null), ("NA", _null), ("Series", _series), ("Index", _series), ("DataFrame", _frame))
PANDAS_EXTENSIONS = (("ExtensionArray", _extension_array),)
