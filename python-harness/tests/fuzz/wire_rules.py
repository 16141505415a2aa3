"""What Node takes as a wire value, said once more: `decode-value.ts` in few lines, to hold the harness against."""

from __future__ import annotations

import base64
import datetime
import re

TAG = "$pungi"
MOST_LEVELS = 128
_INT = re.compile(r"-?([0-9]{1,2000}|0x[0-9a-f]+)")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00")
_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")


def check_wire(wire: object, depth: int = 0) -> None:
    """AssertionError when Node would end the run for it."""
    if not isinstance(wire, (list, dict)):
        return
    # Levels are those of lists and dicts: a tagged number or text adds none.
    assert depth < MOST_LEVELS or _is_leaf(wire), "nested too deeply"
    if isinstance(wire, list):
        for item in wire:
            check_wire(item, depth + 1)
    elif TAG in wire:
        assert len(wire) == 2 and "value" in wire, "other keys than tag and value"
        _check_tagged(wire[TAG], wire["value"], depth)
    else:
        for item in wire.values():
            check_wire(item, depth + 1)


def _is_leaf(wire: object) -> bool:
    return isinstance(wire, dict) and wire.get(TAG, "dict") != "dict"


def _check_tagged(tag: object, value: object, depth: int) -> None:
    if tag == "dict":
        assert isinstance(value, list), "a dict without pairs"
        for pair in value:
            assert isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str), "no pair"
            check_wire(pair[1], depth + 1)
        return
    assert isinstance(value, str), f"tag {tag} without text"
    if tag == "int":
        assert _INT.fullmatch(value), "no int"
    elif tag == "float":
        assert value in ("nan", "inf", "-inf", "-0"), "no float"
    elif tag == "bytes":
        assert len(value) % 4 == 0 and _BASE64.fullmatch(value), "no base64"
        base64.b64decode(value, validate=True)
    elif tag == "datetime":
        assert _DATE.fullmatch(value), "no date"
        datetime.datetime.fromisoformat(value)
    else:
        raise AssertionError(f"unknown tag {tag!r}")
