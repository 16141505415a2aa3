"""Any value as plain JSON text, without the tags of wire values: what a MIME type of JSON may hold."""
from __future__ import annotations

from .. import values
from ..value_forms import TAG
from ..wire_json import dumps, make_loads


def plain_json(value: object, max_bytes: int) -> tuple[str | None, str]:
    """The text, or None and why there is none."""
    encoded = values.encode(value, max_bytes, "it")
    if encoded.text is None:
        problem = encoded.notes[-1] if encoded.notes else "it cannot travel"
        return None, problem.replace("; its repr was kept", "").replace("maxResultKb", "maxDisplayKb")
    if TAG not in encoded.text:
        return encoded.text, ""
    return dumps(_load(encoded.text)), ""


def _untag(found: dict) -> object:
    tag = found.get(TAG)
    if tag is None:
        return found
    # JSON has no word for those: nan and infinities are null, as in browsers; the rest is text.
    if tag == "float":
        return 0.0 if found["value"] == "-0" else None
    return dict(found["value"]) if tag == "dict" else found["value"]


_load = make_loads(_untag)
