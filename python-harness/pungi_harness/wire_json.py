"""JSON text at C speed without the `json` package, whose import costs 6 ms of a cold run.

`_json` is the C half of `json`; its two factories have had the same signature since CPython 3.2. They are checked
once at import, and `json` itself stands in where `_json` is missing or answers differently.
Output is ASCII without spaces, lone surrogates as escapes; NaN and infinities are refused in both directions.
"""

from __future__ import annotations

_SAMPLE = ["\u00e9\ud800\"", 1, -2.5, None, True, {"k": [], "l": {}}]
_SAMPLE_TEXT = '["\\u00e9\\ud800\\"",1,-2.5,null,true,{"k":[],"l":{}}]'
_BLANK = " \t\n\r"


def _refuse_value(value):
    raise TypeError("not JSON data: " + type(value).__name__)


def _refuse_constant(name):
    raise ValueError("not JSON: " + name)


class _Scanning:
    """What the C scanner asks of a `json.JSONDecoder`."""

    def __init__(self, hook):
        self.strict = True
        self.object_hook = hook
        self.object_pairs_hook = None
        self.parse_float = float
        self.parse_int = int
        self.parse_constant = _refuse_constant
        self.memo = {}


def _c_dumps():
    from _json import encode_basestring_ascii, make_encoder

    encode = make_encoder(None, _refuse_value, encode_basestring_ascii, None, ":", ",", False, False, False)
    join = "".join

    def dumps(value):
        """JSON text of plain data; deep nesting raises RecursionError."""
        return join(encode(value, 0))

    if dumps(_SAMPLE) != _SAMPLE_TEXT or dumps("a") != '"a"':
        raise ImportError("_json writes another form")
    return dumps


def _c_loads(hook):
    from _json import make_scanner

    # Any object with the six attributes will do, whatever the stub says.
    scan = make_scanner(_Scanning(hook))  # type: ignore[arg-type]

    def loads(text):
        """Plain data of a JSON text; ValueError when it is not JSON, RecursionError when it nests too deeply."""
        start = 0
        if text[:1] in _BLANK:
            start = len(text) - len(text.lstrip(_BLANK))
        try:
            value, end = scan(text, start)
        except StopIteration as stop:
            raise ValueError("not JSON: no value at character " + str(stop.value)) from None
        except SystemError:
            # The C scanner of 3.10 and 3.11 finds its exception class only where user code has imported json.
            raise ValueError("not JSON: malformed string, array or object") from None
        if end != len(text) and text[end:].strip(_BLANK):
            raise ValueError("not JSON: extra text at character " + str(end))
        return value

    if hook is None and loads(_SAMPLE_TEXT) != _SAMPLE:
        raise ImportError("_json reads another form")
    return loads


def _json_dumps():
    import json

    return json.JSONEncoder(separators=(",", ":"), allow_nan=False, check_circular=False).encode


def _json_loads(hook):
    import json

    return json.JSONDecoder(object_hook=hook, parse_constant=_refuse_constant).decode


def make_dumps():
    try:
        return _c_dumps()
    except (ImportError, TypeError, ValueError, AttributeError):
        return _json_dumps()


def make_loads(hook=None):
    """A `loads` whose objects pass through `hook`, innermost first."""
    try:
        return _c_loads(hook)
    except (ImportError, TypeError, ValueError, AttributeError):
        return _json_loads(hook)


dumps = make_dumps()
loads = make_loads()
