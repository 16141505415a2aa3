"""Python objects from choices: what programs give back, and what fights back."""

from __future__ import annotations

import array
import collections
import datetime
import decimal
import enum
import fractions
import pathlib
import uuid

from .choices import Choices

MOST_MEMBERS = 6


class Colour(enum.Enum):
    RED = "red"
    DEEP = ["list", {"$pungi": 1}]


class Raising:
    """Every way in raises."""

    def __getattribute__(self, name: str) -> object:
        raise KeyError(name)

    def __repr__(self) -> str:
        raise SystemExit(3)

    def __hash__(self) -> int:
        return 1

    def __eq__(self, other: object) -> bool:
        raise MemoryError("eq")


class LyingClass:
    @property
    def __class__(self) -> type:  # type: ignore[override]
        return dict


class LyingList(list):
    def __len__(self) -> int:
        return -5

    def __iter__(self):  # type: ignore[no-untyped-def]
        while True:
            yield self


class LyingDict(dict):
    def __contains__(self, key: object) -> bool:
        raise ValueError

    def items(self):  # type: ignore[no-untyped-def]
        return [(self, self)] * 3

    def keys(self):  # type: ignore[no-untyped-def]
        raise RecursionError


class LyingText(str):
    def __str__(self) -> str:
        return self

    def __len__(self) -> int:
        return 1 << 60

    def isidentifier(self) -> bool:
        raise OSError(5, "no")


class LyingInt(int):
    def __int__(self) -> int:
        raise ZeroDivisionError

    def bit_length(self) -> int:
        return -1


class BadMeta(type):
    def __hash__(cls) -> int:
        raise TypeError("no hash")

    def __eq__(cls, other: object) -> bool:
        raise TypeError("no eq")


class OfBadMeta(metaclass=BadMeta):
    pass


class NoZone(datetime.tzinfo):
    def utcoffset(self, moment: datetime.datetime | None) -> datetime.timedelta | None:
        raise ArithmeticError

    def dst(self, moment: datetime.datetime | None) -> None:
        return None


Pair = collections.namedtuple("Pair", ["left", "right"])  # noqa: PYI024


def build(choices: Choices, depth: int = 0) -> object:
    """Any object."""
    if choices.spent or depth > 40:
        return None
    return _LEAVES[choices.below(len(_LEAVES))](choices) if choices.below(3) == 0 else _inner(choices, depth)


def build_plain(choices: Choices, depth: int = 0) -> object:
    """One that comes back as it went: None, bool, int, float, str, bytes, list and dict with keys of text."""
    if choices.spent or depth > 40:
        return None
    kind = choices.below(9)
    if kind == 0:
        return [build_plain(choices, depth + 1) for _ in range(choices.below(MOST_MEMBERS))]
    if kind == 1:
        return {_key(choices): build_plain(choices, depth + 1) for _ in range(choices.below(MOST_MEMBERS))}
    return _PLAIN[kind - 2](choices)


def _key(choices: Choices) -> str:
    return choices.pick(("$pungi", "value", "__proto__", "", "a")) if choices.below(2) else _text(choices)


def _text(choices: Choices) -> str:
    """Two halves of a character side by side are that character, once they have been JSON."""
    return choices.text(12).encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _inner(choices: Choices, depth: int) -> object:
    def members() -> list:
        return [build(choices, depth + 1) for _ in range(choices.below(MOST_MEMBERS))]

    kind = choices.below(12)
    if kind < 3:
        return members()
    if kind < 6:
        return {_key(choices): item for item in members()}
    if kind == 6:
        return tuple(members())
    if kind == 7:
        return Pair(build(choices, depth + 1), build(choices, depth + 1))
    if kind == 8:
        return collections.deque(members())
    if kind == 9:
        return LyingList(members())
    if kind == 10:
        return LyingDict({_key(choices): item for item in members()})
    return _knot(choices, members(), depth)


def _knot(choices: Choices, items: list, depth: int) -> object:
    """Cycles, shared parts that unfold without end, keys that are no text, many levels."""
    kind = choices.below(5)
    if kind == 0:
        items.append({"self": items})
        return items
    if kind == 1:
        # One inside another would have as many leaves as there are bytes in memory.
        for _ in range(0 if choices.unfolds else choices.below(16)):
            items = [items, items]
        choices.unfolds = True
        return items
    if kind == 2:
        level: object = items
        for _ in range(choices.below(300)):
            level = [level] if choices.below(2) else {"k": level}
        return level
    try:
        return {_hashable(choices): item for item in items} if kind == 3 else {_hashable(choices) for _ in items}
    except MemoryError:
        # Two that raise when they are compared.
        return items


def _hashable(choices: Choices):  # type: ignore[no-untyped-def]
    makers = (
        lambda: None,
        lambda: choices.number(8) - (1 << 63),
        lambda: _float(choices),
        lambda: choices.some(4),
        lambda: Raising(),
        lambda: (choices.number(1), choices.text(2)),
        lambda: Colour.RED,
        lambda: _moment(choices),
        lambda: LyingText(choices.text(3)),
        lambda: LyingInt(choices.number(2)),
    )
    made = makers[choices.below(len(makers))]()
    try:
        hash(made)
    except BaseException:  # noqa: BLE001 - a key of a dict it cannot be, then
        return None
    return made


def _float(choices: Choices) -> float:
    import struct

    return struct.unpack(">d", choices.take(8).ljust(8, b"\0"))[0]


def _whole(choices: Choices) -> int:
    magnitude = choices.number(choices.pick((1, 2, 4, 7, 8, 64)))
    return (-1) ** choices.below(2) * (magnitude << choices.pick((0, 0, 0, 46, 4096)))


def _moment(choices: Choices) -> datetime.datetime:
    zone = choices.pick(
        (None, datetime.timezone.utc, NoZone(), datetime.timezone(datetime.timedelta(hours=23, seconds=59)))
    )
    start = choices.pick((datetime.datetime.min, datetime.datetime.max, datetime.datetime(2024, 2, 29)))
    step = datetime.timedelta(microseconds=choices.number(7))
    try:
        return (start - step if start.year == 9999 else start + step).replace(tzinfo=zone)
    except OverflowError:
        return start.replace(tzinfo=zone)


def _released(choices: Choices) -> memoryview:
    view = memoryview(choices.some(8))
    view.release()
    return view


_PLAIN = (
    lambda choices: None,
    lambda choices: choices.below(2) == 1,
    _whole,
    _float,
    _text,
    lambda choices: choices.some(12),
    lambda choices: choices.below(256),
)
_LEAVES = (
    *_PLAIN,
    lambda choices: bytearray(choices.some(8)),
    lambda choices: memoryview(choices.some(8)),
    _released,
    lambda choices: range(_whole(choices), _whole(choices), choices.below(9) - 4 or 1),
    lambda choices: complex(_float(choices), _float(choices)),
    _moment,
    lambda choices: _moment(choices).date(),
    lambda choices: datetime.timedelta(days=choices.number(3), microseconds=choices.number(4)),
    lambda choices: decimal.Decimal(choices.pick(("NaN", "sNaN", "-Infinity", "1E+999999", "0.1"))),
    lambda choices: fractions.Fraction(_whole(choices), choices.number(2) + 1),
    lambda choices: uuid.UUID(int=choices.number(16)),
    lambda choices: pathlib.PurePosixPath(choices.text(5).replace("\0", "")),
    lambda choices: array.array("d", [_float(choices) for _ in range(choices.below(4))]),
    lambda choices: collections.OrderedDict([(choices.text(2), None)]),
    lambda choices: choices.pick((Colour.RED, Colour.DEEP, Raising(), LyingClass(), OfBadMeta, OfBadMeta())),
    lambda choices: LyingText(choices.text(4)),
    lambda choices: LyingInt(_whole(choices)),
    lambda choices: choices.pick((len, Raising, object(), (lambda: 0), iter([]), {}.keys(), {1: 2}.items(), ...)),
)
