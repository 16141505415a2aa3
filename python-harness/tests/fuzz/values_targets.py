"""Values in both directions: what programs give back, and what Node sends."""

from __future__ import annotations

import json
import math
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

from pungi_harness import values, wire_json  # noqa: E402
from pungi_harness.value_walk import MAX_NOTES  # noqa: E402

from .choices import Choices  # noqa: E402
from .objects import build, build_plain  # noqa: E402
from .wire_rules import check_wire  # noqa: E402

ROOM = 20_000
ROOMS = (10, 200, ROOM)
PIECES = (
    *"[]{}:,",
    '"a"',
    '"$pungi"',
    '"value"',
    '{"$pungi":"int","value":"12"}',
    '{"$pungi":"dict","value":[["k",1]]}',
    '{"$pungi":"dict","value":',
    '{"$pungi":"set","value":[',
    '{"$pungi":"bytes","value":"YQ=="}',
    '{"$pungi":"datetime","value":"2024-02-29T00:00:00+00:00"}',
    '{"$pungi":"float","value":"nan"}',
    "0",
    "-1.5e3",
    "true",
    "null",
    "NaN",
    " ",
    "\\u0000",
)


def out(choices: Choices) -> None:
    """Any object: encoding never raises, and what comes of it Node takes."""
    room = choices.pick(ROOMS)
    value = build(choices)
    encoded = values.encode(value, room)
    assert len(encoded.notes) <= MAX_NOTES + 1, "too many notes"
    wire_json.dumps(encoded.notes)
    assert encoded.text is not None or encoded.notes, "lost without a note"
    if encoded.text is not None:
        assert len(encoded.text) <= room, "larger than it may be"
        assert encoded.text.isascii(), "not ASCII"
        check_wire(json.loads(encoded.text, parse_constant=_refuse))


def show(choices: Choices) -> None:
    """Any object: its repr is a text of the length that was asked for."""
    limit = choices.pick((10, 1000))
    text = values.short_repr(build(choices), limit)
    assert type(text) is str, "no text"
    # A text that names what was raised has its own length.
    assert len(text) <= limit or ": repr raised " in text, "too long"


def there_and_back(choices: Choices) -> None:
    """A plain value comes back as it went."""
    value = build_plain(choices)
    encoded = values.encode(value, 1 << 20)
    assert encoded.text is not None, encoded.notes
    assert _same(values.decode(encoded.text), value), encoded.text


def come_in(choices: Choices) -> None:
    """Wire text, however wrong: a value or a ValueError."""
    text = json.dumps(_wrong_wire(choices, 0)) if choices.below(2) else _pieces(choices)
    try:
        values.decode(text)
    except (ValueError, RecursionError):
        pass


def json_text(choices: Choices) -> None:
    """The scanner of C without the package `json` takes and refuses what the package does."""
    text = _pieces(choices)
    try:
        expected = [json.loads(text, parse_constant=_refuse)]
    except (ValueError, RecursionError):
        expected = []
    try:
        found = [wire_json.loads(text)]
    except (ValueError, RecursionError):
        found = []
    assert _same(found, expected), text


def _wrong_wire(choices: Choices, depth: int) -> object:
    """Well-formed JSON whose tags hold whatever they like."""
    if choices.spent or depth > 20:
        return None
    kind = choices.below(6)
    if kind == 0:
        return [_wrong_wire(choices, depth + 1) for _ in range(choices.below(4))]
    if kind == 1:
        return {choices.text(2): _wrong_wire(choices, depth + 1) for _ in range(choices.below(4))}
    if kind < 4:
        tag = choices.pick(("int", "float", "bytes", "datetime", "dict", "set", "", None, [], 1))
        return {"$pungi": tag, choices.pick(("value", "value", "value", "v")): _wrong_wire(choices, depth + 1)}
    return choices.pick((None, True, 0, -1.5, "0x", "0x1f", "1e5", "inf", "YQ==", "2024-02-29", choices.text(3)))


def _pieces(choices: Choices) -> str:
    return "".join(_piece(choices) for _ in range(choices.below(40)))


def _piece(choices: Choices) -> str:
    kind = choices.below(4)
    if kind == 0:
        return choices.text(4)
    if kind == 1:
        return json.dumps(choices.text(4))
    return choices.pick(PIECES)


def _refuse(name: str) -> None:
    raise ValueError(name)


def _same(left: object, right: object) -> bool:
    if type(left) is not type(right):
        return False
    if isinstance(left, float) and isinstance(right, float):
        return left == right and math.copysign(1, left) == math.copysign(1, right) or left != left and right != right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(_same(left[key], right[key]) for key in left)
    return left == right
