"""The variables that a run defined, for the host: data as wire values, callables by name and signature only.

A name that begins with an underscore is the code's own. One that ends with an underscore is always given. Any other
is left out where it stands in place of a callable or a module: a builtin, or what an earlier step defined.
"""
from __future__ import annotations

import sys

from . import source, values, wire_json
from .traceback_text import type_name

MAX_NAMES = 1000
MAX_NOTES = 20
MAX_SIGNATURE = 500
_OWN = frozenset(("input_data", "result", source.LAST_VALUE))
_NOTHING = object()
_MODULE = type(sys)


def text(run, before: dict, notes: list[str]) -> str:  # type: ignore[no-untyped-def]
    """Wire JSON of values and callables that the code has bound since `before`."""
    room = run.language.orders["maxResultBytes"]
    found, callables, own_notes = [], {}, []
    for name, value in _bound(run, before):
        if callable(value):
            callables[name] = _signature(value)
        elif not isinstance(value, _MODULE):
            encoded = values.encode(value, max(room, 0), f"exports.{name}")
            own_notes += encoded.notes
            if encoded.text is not None:
                room -= len(encoded.text)
                found.append(wire_json.dumps(name) + ":" + encoded.text)
    notes += own_notes[:MAX_NOTES]
    return '{"values":{' + ",".join(found) + '},"callables":' + wire_json.dumps(callables) + "}"


def _bound(run, before: dict):  # type: ignore[no-untyped-def]
    count = 0
    for name, value in list(run.namespace.items()):
        if not isinstance(name, str) or name[:1] == "_" or name in _OWN:
            continue
        old = before.get(name, _NOTHING)
        if old is value:
            continue
        if name[-1:] != "_" and (_shadows(old) or _shadows(run.language.builtins.get(name, _NOTHING))):
            continue
        count += 1
        if count > MAX_NAMES:
            return
        yield name, value


def _shadows(old: object) -> bool:
    return old is not _NOTHING and (callable(old) or isinstance(old, _MODULE))


def _signature(value: object) -> str:
    """Without running more of user code than the reprs of its defaults."""
    import inspect

    try:
        return str(inspect.signature(value))[:MAX_SIGNATURE]  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return "(...)"
    except BaseException as error:  # noqa: BLE001 - a default whose repr raises
        return f"(...)  # {type_name(type(error))}"
