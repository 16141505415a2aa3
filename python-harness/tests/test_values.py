"""Every row of docs/values.md, and objects that fight back."""

from __future__ import annotations

import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import importlib
import json
import os
import pathlib
import sys
import time
import types
import unittest
import unittest.mock
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from pungi_harness import values  # noqa: E402
from pungi_harness.value_walk import MAX_NOTES  # noqa: E402


def optional(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


ROOM = 1 << 20
NAMES = (array, collections, dataclasses, datetime, decimal, enum, fractions, pathlib, time, types, uuid)

with open(os.path.join(HERE, "..", "..", "test", "protocol", "golden-values.json"), encoding="utf-8") as golden_file:
    GOLDEN = json.load(golden_file)


def released():
    view = memoryview(b"abc")
    view.release()
    return view


def cyclic():
    items: list = [1]
    items.append({"a": items})
    return items[1]


def nested(levels):
    value = 1
    for _ in range(levels):
        value = [value]
    return value


SCOPE = {module.__name__: module for module in NAMES}
SCOPE.update((name, module) for name in ("numpy", "pandas") for module in [optional(name)] if module is not None)


def build(expression):
    return eval(expression, {**SCOPE, "released": released, "cyclic": cyclic, "nested": nested})


def same(left, right):
    """Equality that tells types, the sign of zero and NaN apart."""
    if type(left) is not type(right):
        return False
    if type(left) is float:
        return repr(left) == repr(right)
    if type(left) is list:
        return len(left) == len(right) and all(map(same, left, right))
    if type(left) is dict:
        return list(map(repr, left)) == list(map(repr, right)) and all(map(same, left.values(), right.values()))
    return left == right


class Golden(unittest.TestCase):
    def skip_without(self, module):
        if module is not None and module not in SCOPE:
            self.skipTest(module + " is not installed for this interpreter")

    def test_from_python(self):
        for row in GOLDEN["fromPython"]:
            with self.subTest(row["python"]):
                self.skip_without(row.get("needs"))
                encoded = values.encode(build(row["python"]), ROOM)
                self.assertEqual((encoded.text, encoded.notes), (row["wire"], []))
                self.assertTrue(encoded.representable)

    def test_from_javascript(self):
        for row in GOLDEN["fromJavaScript"]:
            with self.subTest(row["javascript"]):
                decoded = values.decode(row["wire"])
                self.assertTrue(same(decoded, build(row["python"])), decoded)

    def test_noted(self):
        for row in GOLDEN["noted"]:
            with self.subTest(row["name"]):
                self.skip_without(row.get("needs"))
                encoded = values.encode(build(row["python"]), ROOM)
                self.assertEqual((encoded.text, encoded.notes), (row["wire"], row["notes"]))
                self.assertEqual(encoded.representable, row["wire"] is not None)


class Bounds(unittest.TestCase):
    def notes_of(self, value, room=ROOM):
        encoded = values.encode(value, room)
        self.assertIsNone(encoded.text)
        self.assertFalse(encoded.representable)
        return encoded.notes

    def test_size_to_the_byte(self):
        self.assertEqual(values.encode([1] * 10, 21).text, "[1,1,1,1,1,1,1,1,1,1]")
        self.assertEqual(
            self.notes_of([1] * 10, 20),
            ["result: 21 bytes as JSON, more than the 20 that maxResultKb allows; its repr was kept"],
        )

    def test_a_small_number_obeys_the_cap_too(self):
        self.assertEqual(
            self.notes_of("a" * 30, 30),
            ["result: 32 bytes as JSON, more than the 30 that maxResultKb allows; its repr was kept"],
        )

    def test_the_lower_bound_is_never_above_the_text(self):
        samples = [[], {}, [[]] * 7, [{}] * 7, {"": 1}, [1, "", None], {"a": {"b": [""]}}, [[1, print]], [2**60, 1.5]]
        for value in samples[:-2] + samples[-1:]:
            with self.subTest(value):
                text = values.encode(value, ROOM).text
                self.assertEqual(values.encode(value, len(text)).text, text)

    def test_what_unfolds_without_end(self):
        value = [1] * 10
        for _ in range(60):
            value = [value] * 10
        started = time.perf_counter()
        notes = self.notes_of(value)
        self.assertRegex(notes[0], r"^result: at least 1,0\d\d,\d{3} bytes as JSON, more than the 1,048,576 ")
        self.assertLess(time.perf_counter() - started, 2)

    def test_huge_ranges_and_strings_are_not_built(self):
        self.assertEqual(
            self.notes_of(range(10**30)),
            [
                "result: at least 2,000,000,000,000,000,000,000,000,000,000 bytes as JSON, "
                "more than the 1,048,576 that maxResultKb allows; its repr was kept"
            ],
        )
        self.assertRegex(self.notes_of(["x" * 1000] * 10**6)[0], "^result: at least ")

    def test_depth_to_the_level(self):
        self.assertEqual(values.encode(nested(128), ROOM).text, "[" * 128 + "1" + "]" * 128)
        self.assertEqual(len(self.notes_of(nested(129))), 1)
        self.assertEqual(len(self.notes_of({"a": nested(128)})), 1)

    def test_a_million_levels(self):
        for limit in (200, 1000, 10**8):
            with self.subTest(limit):
                value = nested(10**6)
                old = sys.getrecursionlimit()
                sys.setrecursionlimit(limit)
                try:
                    notes = self.notes_of(value)
                    shown = values.short_repr(value)
                    self.assertEqual(sys.getrecursionlimit(), limit)
                finally:
                    sys.setrecursionlimit(old)
                self.assertEqual(
                    notes,
                    ["result[0][0][0][0][0][0](...)[0][0][0]: nested deeper than 128 levels; its repr was kept"],
                )
                self.assertEqual(shown, "<list: repr raised RecursionError>")

    def test_notes_are_capped(self):
        self.assertEqual(len(self.notes_of([print] * 1000)), MAX_NOTES)
        self.assertEqual(
            self.notes_of([print] * 2),
            [f"result[{i}]: builtin_function_or_method cannot travel; its repr was kept" for i in range(2)],
        )

    def test_collisions_do_not_flood(self):
        value = {}
        for number in range(500):
            value[number] = value[str(number)] = 1
        encoded = values.encode(value, ROOM)
        self.assertEqual(len(encoded.notes), MAX_NOTES)
        self.assertEqual(len(json.loads(encoded.text)), 500)


class Boom(BaseException):
    pass


def boom(*_):
    raise Boom


def hostile(name, bases, methods):
    """A class whose named methods all raise."""
    return type(name, bases, dict.fromkeys(methods.split(), boom))


HostileMeta = hostile("HostileMeta", (type,), "__hash__ __eq__ __getattribute__")
Hostile = HostileMeta(
    "Hostile",
    (),
    {
        "__class__": property(boom),
        "__module__": __name__,
        **dict.fromkeys(
            "__repr__ __str__ __iter__ __len__ __reduce__ __reduce_ex__ __eq__ __hash__ __bool__ __getattr__ "
            "__getattribute__ __index__ __int__ __float__ __dir__ __sizeof__ __format__".split(),
            boom,
        ),
    },
)
HostileDict = hostile(
    "HostileDict", (dict,), "__iter__ items keys values __len__ __getitem__ __repr__ __contains__ copy"
)
HostileList = hostile("HostileList", (list,), "__iter__ __len__ __getitem__ __repr__ copy")
HostileStr = hostile("HostileStr", (str,), "__str__ __repr__ __len__ __hash__ __eq__ __iter__ isidentifier")


Zone = hostile("Zone", (datetime.tzinfo,), "utcoffset")


class HostileObjects(unittest.TestCase):
    def test_an_object_that_raises_everywhere(self):
        angry = Hostile()
        for value, path in ((angry, ""), ([angry], "[0]"), ({"a": (1, angry)}, ".a[1]")):
            encoded = values.encode(value, ROOM)
            self.assertIsNone(encoded.text)
            self.assertEqual(encoded.notes, [f"result{path}: {__name__}.Hostile cannot travel; its repr was kept"])
        self.assertEqual(
            values.short_repr(angry), f"<{__name__}.Hostile: repr raised {__name__}.Boom>"
        )

    def test_overridden_methods_of_containers_are_not_called(self):
        value = [HostileDict(a=1), HostileList([2]), HostileStr("s")]
        self.assertEqual(values.encode(value, ROOM).text, '[{"a":1},[2],"s"]')

    def test_a_property_that_raises(self):
        point = dataclasses.make_dataclass("Point", ["x"])(1)
        type(point).x = property(boom)
        self.assertEqual(
            values.encode({"p": point}, ROOM).notes,
            [f"result.p: reading {qualified(type(point))} raised {__name__}.Boom; its repr was kept"],
        )

    def test_a_time_zone_that_raises(self):
        self.assertEqual(
            values.encode(datetime.datetime(2024, 1, 1, tzinfo=Zone()), ROOM).notes,
            [f"result: reading datetime.datetime raised {__name__}.Boom; its repr was kept"],
        )

    def test_an_enum_that_is_its_own_value(self):
        member = enum.Enum("E", "A").A
        object.__setattr__(member, "_value_", member)
        self.assertEqual(values.encode(member, ROOM).notes, ["result: a cycle: it holds itself; its repr was kept"])

    def test_a_class_with_the_name_of_another(self):
        fake = type("Decimal", (), {"__module__": "decimal"})()
        self.assertEqual(
            values.encode(fake, ROOM).notes, ["result: decimal.Decimal cannot travel; its repr was kept"]
        )

    def test_a_module_that_was_replaced(self):
        with unittest.mock.patch.dict(sys.modules, {"decimal": types.SimpleNamespace()}):
            encoded = values.encode(decimal.Decimal(1), ROOM)
        self.assertEqual(encoded.notes, ["result: decimal.Decimal cannot travel; its repr was kept"])

    def test_a_dict_that_changes_under_the_walk(self):
        value = {}
        kind = dataclasses.make_dataclass("Grower", ["x"])
        kind.x = property(lambda self: value.update({len(value): 1}))
        value["grower"] = object.__new__(kind)
        self.assertEqual(values.encode(value, ROOM).text, '{"grower":{"x":null}}')

    def test_repr_that_is_hostile_text(self):
        kind = type("R", (), {"__repr__": lambda self: HostileStr("ok")})
        self.assertEqual(values.short_repr(kind()), "ok")
        wrong = type("R", (), {"__repr__": lambda self: 5, "__module__": "builtins"})
        self.assertEqual(values.short_repr(wrong()), "<R: repr raised TypeError>")


def qualified(kind):
    return kind.__module__ + "." + kind.__name__ if kind.__module__ != "builtins" else kind.__name__


if __name__ == "__main__":
    unittest.main()
