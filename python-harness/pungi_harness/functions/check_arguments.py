"""Arguments against the JSON Schema of a function, before the host sees them: the keywords that most schemas are made of.

The host checks again and has the last word, so that what is not known here is let through.
"""
from __future__ import annotations

_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list, tuple),
    "object": (dict,),
}
_NAMES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None", "array": "list", "object": "dict"}
_EXACT = {"string": str, "integer": int, "number": float, "boolean": bool}
# They say nothing of the value.
_WORDS = frozenset(("type", "title", "description", "default", "examples"))
# Of other types, such as numpy's, only the host can tell what they become.
_KNOWN = (str, int, float, type(None), list, tuple, dict)
_BOUNDS = (
    ("minimum", "at least", lambda value, bound: value >= bound),
    ("maximum", "at most", lambda value, bound: value <= bound),
    ("exclusiveMinimum", "more than", lambda value, bound: value > bound),
    ("exclusiveMaximum", "less than", lambda value, bound: value < bound),
)
_SIZES = (
    ("minLength", str, "characters", True),
    ("maxLength", str, "characters", False),
    ("minItems", (list, tuple), "items", True),
    ("maxItems", (list, tuple), "items", False),
    ("minProperties", dict, "keys", True),
    ("maxProperties", dict, "keys", False),
)


class Checker:
    """The schema of one function, whose members are its arguments."""

    def __init__(self, name: str, schema: dict) -> None:
        self._name = name
        self._schema = schema
        # Of members that say no more than their type, so that most arguments are looked at once.
        self._types = {
            key: _EXACT[member["type"]]
            for key, member in schema.get("properties", {}).items()
            if isinstance(member, dict) and isinstance(member.get("type"), str) and not member.keys() - _WORDS
            if member["type"] in _EXACT
        }

    def check(self, arguments: dict) -> None:
        """TypeError for a wrong type or name, ValueError for a wrong value; each names the argument."""
        members = self._schema.get("properties", {})
        for key in self._schema.get("required", ()):
            if key not in arguments:
                raise TypeError(f"{self._name}() missing required argument: {key!r}")
        rest = self._schema.get("additionalProperties", True)
        for key, value in arguments.items():
            if type(value) is self._types.get(key):
                continue
            schema = members.get(key, rest)
            if schema is False:
                raise TypeError(f"{self._name}() got an unexpected keyword argument {key!r}")
            self._check(value, schema, f"argument {key!r}")

    def _check(self, value: object, schema: object, place: str) -> None:
        if schema is False:
            raise self._error(TypeError, place, "is not allowed")
        if not isinstance(schema, dict) or not isinstance(value, _KNOWN):
            return
        if "$ref" in schema:
            self._check(value, self._resolve(schema["$ref"]), place)
        for each in schema.get("allOf", ()):
            self._check(value, each, place)
        for word in ("anyOf", "oneOf"):
            if word in schema:
                self._check_any(value, schema[word], place)
        self._check_type(value, schema, place)
        self._check_value(value, schema, place)
        if isinstance(value, dict):
            self._check_members(value, schema, place)
        elif isinstance(value, (list, tuple)):
            ahead = schema.get("prefixItems", ())
            for index, item in enumerate(value):
                each = ahead[index] if index < len(ahead) else schema.get("items", True)
                if each is not True:
                    self._check(item, each, f"{place}[{index}]")

    def _check_any(self, value: object, choices: list, place: str) -> None:
        first: Exception | None = None
        for choice in choices:
            try:
                self._check(value, choice, place)
            except (TypeError, ValueError) as error:
                # A value of the right type tells more than one of another.
                if first is None or (isinstance(first, TypeError) and isinstance(error, ValueError)):
                    first = error
            else:
                return
        names = ", ".join(dict.fromkeys(name for choice in choices for name in _type_names(choice)))
        if isinstance(first, TypeError) and names:
            raise self._error(TypeError, place, f"must be one of {names}, not {type(value).__name__}")
        if first is not None:
            raise first

    def _check_type(self, value: object, schema: dict, place: str) -> None:
        kinds = schema.get("type")
        if kinds is None:
            return
        names = [kinds] if isinstance(kinds, str) else kinds
        if not any(_is_kind(value, name) for name in names):
            wanted = " or ".join(_NAMES.get(name, name) for name in names)
            raise self._error(TypeError, place, f"must be {wanted}, not {type(value).__name__}")

    def _check_value(self, value: object, schema: dict, place: str) -> None:
        if "enum" in schema and not any(_equal(value, each) for each in schema["enum"]):
            raise self._error(ValueError, place, f"must be one of {_shown(schema['enum'])}, not {_shown(value)}")
        if "const" in schema and not _equal(value, schema["const"]):
            raise self._error(ValueError, place, f"must be {_shown(schema['const'])}, not {_shown(value)}")
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            for word, text, holds in _BOUNDS:
                if word in schema and not holds(value, schema[word]):
                    raise self._error(ValueError, place, f"must be {text} {schema[word]}, not {_shown(value)}")
        for word, kind, unit, is_least in _SIZES:
            if word in schema and isinstance(value, kind):
                size, bound = len(value), schema[word]  # type: ignore[arg-type]
                if size < bound if is_least else size > bound:
                    text = "at least" if is_least else "at most"
                    raise self._error(ValueError, place, f"must have {text} {bound} {unit}, not {size}")

    def _check_members(self, value: dict, schema: dict, place: str) -> None:
        members = schema.get("properties", {})
        rest = schema.get("additionalProperties", True)
        for key in schema.get("required", ()):
            if key not in value:
                raise self._error(TypeError, place, f"misses the key {key!r}")
        for key, item in value.items():
            each = members.get(key, rest)
            if each is False:
                raise self._error(TypeError, place, f"has the unknown key {_shown(key)}")
            if each is not True:
                self._check(item, each, f"{place}[{_shown(key)}]")

    def _resolve(self, pointer: str) -> object:
        found: object = self._schema
        for part in pointer.split("/")[1:]:
            if not isinstance(found, dict) or part not in found:
                return True
            found = found[part]
        return found

    def _error(self, kind: type, place: str, what: str) -> Exception:
        return kind(f"{self._name}(): {place} {what}")


def _is_kind(value: object, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _KINDS.get(name, ()))


def _type_names(schema: object) -> list[str]:
    kinds = schema.get("type", []) if isinstance(schema, dict) else []
    return [_NAMES.get(name, name) for name in ([kinds] if isinstance(kinds, str) else kinds)]


def _equal(value: object, other: object) -> bool:
    """As JSON has it: True is not 1."""
    return isinstance(value, bool) == isinstance(other, bool) and value == other


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 100 else text[:97] + "..."
