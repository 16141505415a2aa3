"""The one walk from a Python object to a wire value.

Containers that hold only plain data are checked level by level with C-speed builtins and handed to the C encoder as
they are; only what needs a tag or a rule is rebuilt. A lower bound of the text is kept all along, so that neither a
huge value nor shared lists that unfold without end are built before the cap is seen.
"""

from __future__ import annotations

from itertools import chain

from . import value_types
from .value_forms import (
    DICT,
    LIST,
    MAX_DEPTH,
    MAX_SAFE,
    TAG,
    TAGGED,
    CannotTravel,
    StopWalk,
    TooLarge,
    int_text,
    tagged,
    type_name,
)
from .value_repr import short_repr

MAX_NOTES = 20
_ATOMS = frozenset((str, int, float, bool, type(None)))
_PLAIN = _ATOMS | {list, tuple, dict}
_ONLY_STR = frozenset((str,))
# Below this depth only single containers are checked ahead, so that no part is looked over many times.
_DEEP_CHECKS = 2


class ValueWalk:
    __slots__ = ("notes", "failed", "_name", "_path", "_active", "_room", "_max_bytes", "_types")

    def __init__(self, max_bytes, name):
        self.notes = []
        self.failed = False
        self._name = name
        self._path = []
        self._active = set()
        self._room = max_bytes
        self._max_bytes = max_bytes
        self._types = None

    def wire(self, value, depth):
        kind = type(value)
        if kind is str:
            self._spend(len(value))
            return value
        if kind is float:
            return value if value - value == 0 else tagged("float", float.__repr__(value))
        if kind is int:
            return value if -MAX_SAFE <= value <= MAX_SAFE else self._big_int(value)
        if kind is bool or value is None:
            return value
        if kind is dict:
            return self._mapping(value, value, depth)
        if kind is list:
            return self._sequence(value, value, depth)
        return self._other(value, kind, depth)

    def _big_int(self, value):
        self._spend(value.bit_length() // 4)
        return tagged("int", int_text(value))

    def _sequence(self, items, owner, depth):
        self._enter(owner, depth)
        if not self._plain_below((items,), depth):
            self._spend(2 * len(items))
            path = self._path
            path.append(0)
            walked = []
            for index, item in enumerate(list(items)):
                path[-1] = index
                walked.append(self.wire(item, depth + 1))
            path.pop()
            items = walked
        self._active.discard(id(owner))
        return items

    def _mapping(self, pairs, owner, depth):
        self._enter(owner, depth)
        if not self._plain_below((pairs,), depth):
            self._spend(5 * len(pairs))
            pairs = self._walk_pairs(list(pairs.items()), depth)
        self._active.discard(id(owner))
        return pairs

    def _walk_pairs(self, pairs, depth):
        path = self._path
        walked = {}
        for key, item in pairs:
            text = key if type(key) is str else self._key(key, 0)
            path.append(text)
            if text in walked and len(self.notes) < MAX_NOTES:
                self.notes.append(f"{self._where()}: several keys become this text; the last one won")
            walked[text] = self.wire(item, depth + 1)
            path.pop()
        return tagged("dict", [list(pair) for pair in walked.items()]) if TAG in walked else walked

    def _plain(self, items, allowed=_ATOMS):
        """Whether every member can go to the C encoder as it is. Costs C-level passes over the container only."""
        try:
            kinds = set(map(type, items))
            if not kinds <= allowed:
                return False
            alone = len(kinds) == 1
            if float in kinds:
                # Not finite when any member is not; an overflow of the sum only takes the long way.
                total = sum(items if alone else [item for item in items if type(item) is float])
                if total - total != 0:
                    return False
            if int in kinds:
                ints = items if alone else [item for item in items if type(item) is int]
                if max(ints) > MAX_SAFE or min(ints) < -MAX_SAFE:
                    return False
            if str in kinds:
                self._spend(sum(map(len, items if alone else [item for item in items if type(item) is str])))
            return True
        except TooLarge:
            raise
        except BaseException:
            # A metaclass may define a raising __hash__; the long way never hashes a type.
            return False

    def _plain_below(self, level, depth):
        """Whether all that is below goes to the C encoder as it is: passes over whole levels, in C."""
        room = self._room
        last = MAX_DEPTH if depth <= _DEEP_CHECKS else depth + 1
        try:
            for _ in range(depth, last):
                level = self._members(level)
                if level is None:
                    break
                if self._plain(level):
                    return True
                if not self._plain(level, _PLAIN):
                    break
                level = [item for item in level if type(item) not in _ATOMS]
        except TooLarge:
            # The long way looks for a cycle first, and for what cannot travel.
            pass
        self._room = room
        return False

    def _members(self, containers):
        """Keys checked and dropped, all other members in one list; None when a key needs a rule."""
        dicts = [item for item in containers if type(item) is dict]
        lists = [item for item in containers if type(item) is not dict]
        self._spend(2 * sum(map(len, lists)) + 5 * sum(map(len, dicts)))
        if dicts:
            keys = list(chain.from_iterable(dicts))
            if not self._plain(keys, _ONLY_STR) or TAG in keys:
                return None
        return list(chain.from_iterable(lists + [item.values() for item in dicts]))

    def _other(self, value, kind, depth):
        try:
            extract = self._table().find(kind)
            if extract is None:
                return self._refuse(f"{type_name(kind)} cannot travel")
            form, data = extract(value, self._room)
            atom = type(data) in _ATOMS
        except (TooLarge, StopWalk):
            raise
        except CannotTravel as reason:
            return self._refuse(f"{type_name(kind)} {reason}")
        except BaseException as error:
            return self._refuse(f"reading {type_name(kind)} raised {type_name(type(error))}")
        if atom:
            return self.wire(data, depth)
        if form == TAGGED:
            self._spend(len(data["value"]))
            return data
        if form == LIST:
            return self._sequence(data, value, depth)
        if form == DICT:
            return self._mapping(data, value, depth)
        if type(data) is list:
            return self._sequence(data, value, depth)
        self._enter(value, depth)
        data = self.wire(data, depth + 1)
        self._active.discard(id(value))
        return data

    def _key(self, key, level):
        kind = type(key)
        if kind is str:
            return key
        if key is None or kind is bool:
            return str(key)
        if kind is int:
            return int_text(key)
        if kind is float:
            return float.__repr__(key)
        try:
            extract = self._table().find(kind)
            if extract is not None and level < 4:
                form, data = extract(key, self._room)
                if form == TAGGED and data[TAG] == "datetime":
                    return data["value"]
                if form not in (TAGGED, LIST, DICT):
                    return self._key(data, level + 1)
        except TooLarge:
            raise
        except BaseException as error:
            self._refuse(f"reading a key of type {type_name(kind)} raised {type_name(type(error))}")
        return short_repr(key, 1000)

    def _table(self):
        if self._types is None:
            self._types = value_types.TypeTable()
        return self._types

    def _enter(self, owner, depth):
        if depth >= MAX_DEPTH:
            self._stop(f"nested deeper than {MAX_DEPTH} levels")
        if id(owner) in self._active:
            self._stop("a cycle: it holds itself")
        self._active.add(id(owner))

    def _spend(self, least_bytes):
        """A lower bound of the text is kept, so that shared lists that unfold without end stop at the cap."""
        self._room -= least_bytes
        if self._room < 0:
            raise TooLarge(self._max_bytes - self._room)

    def _refuse(self, what):
        self.failed = True
        self.notes.append(f"{self._where()}: {what}; its repr was kept")
        if len(self.notes) >= MAX_NOTES:
            raise StopWalk

    def _stop(self, what):
        self._refuse(what)
        raise StopWalk

    def _where(self):
        path = self._path
        parts = [_step(part) for part in (path if len(path) <= 12 else path[:6] + path[-3:])]
        if len(path) > 12:
            parts.insert(6, "(...)")
        return self._name + "".join(parts)


def _step(part):
    if type(part) is int:
        return f"[{part}]"
    if len(part) <= 60 and part.isidentifier():
        return "." + part
    return "[" + repr(part if len(part) <= 60 else part[:57] + "...") + "]"
