"""What the host asks of a session's variables: which there are, the value of one, and to set one."""
from __future__ import annotations

import sys

from . import source, values, wire_json
from .traceback_text import type_name

MAX_NAMES = 1000
MAX_REPR = 200
MAX_NAME = 200


def answer(job: dict, run, ending) -> None:  # type: ignore[no-untyped-def]
    """Fill in the ending, as a step whose result is the answer."""
    purpose, asked = job["purpose"], job["input"]
    if purpose == "vars":
        ending.result_text, ending.has_result = wire_json.dumps(_all(run)), True
    elif purpose == "set":
        run.namespace[asked["name"]] = asked["value"]
    else:
        names = run.namespace
        name = asked["name"]
        if name not in names and name in run.builtins and name == "result":
            names = run.builtins
        if name not in names:
            raise NameError(f"name {name!r} is not defined")
        ending.encode((names[name],), run.language.orders["maxResultBytes"])
        if not ending.has_result:
            raise TypeError(f"the value of {name!r} cannot travel: {ending.notes[-1]}")


def _all(run) -> list[dict]:  # type: ignore[no-untyped-def]
    found = dict(run.namespace)
    if "result" in run.builtins:
        found["result"] = run.builtins["result"]
    told = []
    for name, value in found.items():
        if not isinstance(name, str) or name.startswith("__") or name == source.LAST_VALUE:
            continue
        if len(told) == MAX_NAMES:
            break
        told.append(
            {
                "name": str.__str__(name)[:MAX_NAME],
                "type": type_name(type(value)),
                "repr": values.short_repr(value, MAX_REPR),
                "sizeBytes": _size(value),
            }
        )
    return told


def _size(value: object) -> int | None:
    """Of the object itself, without what it refers to; None where it does not know."""
    try:
        size = sys.getsizeof(value)
    except BaseException:  # noqa: BLE001 - `__sizeof__` is user code
        return None
    return size
