"""All forms in which one object can be shown, each as JSON text under its MIME type, as in Jupyter.

Methods are those of the object's class; whatever they raise or return that does not fit becomes a note. Texts and
bytes are measured before they are encoded, so that a huge one costs nothing more.
"""
from __future__ import annotations

import sys

from .. import values
from .plain_json import plain_json
from ..value_forms import type_name
from ..value_types import dict_of, mro_of
from ..wire_json import dumps

PLAIN = "text/plain"
MAX_PLAIN = 10_000
MAX_TYPES = 16
MAX_METADATA = 16 << 10
_BINARY = frozenset(("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"))
_METHODS = (
    ("text/html", "_repr_html_"),
    ("text/markdown", "_repr_markdown_"),
    ("text/latex", "_repr_latex_"),
    ("image/svg+xml", "_repr_svg_"),
    ("image/png", "_repr_png_"),
    ("image/jpeg", "_repr_jpeg_"),
    ("application/json", "_repr_json_"),
    ("application/pdf", "_repr_pdf_"),
)
# Where a class is known that has no such methods, or better forms than they give: module, class, module of ours.
_KNOWN = (
    ("matplotlib.figure", "Figure", "figure_forms"),
    ("pandas", "DataFrame", "frame_forms"),
    ("plotly.basedatatypes", "BaseFigure", "plotly_forms"),
    ("altair", "TopLevelMixin", "altair_forms"),
)


class MimeBundle:
    """`forms` and `metadata` hold JSON texts by MIME type; `name` is what notes begin with."""

    def __init__(self, name: str, max_bytes: int) -> None:
        self.name = name
        self.max_bytes = max_bytes
        self.forms: dict[str, str] = {}
        self.metadata: dict[str, str] = {}
        self.chart: str | None = None
        self.notes: list[str] = []

    @property
    def is_rich(self) -> bool:
        return any(mime != PLAIN for mime in self.forms)

    def add(self, mime: object, value: object) -> None:
        """One form: text, bytes for images and PDF, plain data for JSON; None is no form."""
        if value is None:
            return
        if not isinstance(mime, str) or not _is_mime(mime):
            self.note(f"{_show(mime)} is no MIME type")
        elif len(self.forms) >= MAX_TYPES and mime not in self.forms:
            self.note(f"{mime} left out: more than {MAX_TYPES} forms")
        else:
            text = self._text(str.__str__(mime), value)
            if text is not None:
                self.forms[str.__str__(mime)] = text

    def _text(self, mime: str, value: object) -> str | None:
        kind = type(value)
        if mime.endswith("json"):
            text, problem = plain_json(value, self.max_bytes)
            if problem:
                self.note(f"{mime} left out: {problem}")
            return text
        if issubclass(kind, (bytes, bytearray)) and mime in _BINARY:
            if self._fits(mime, len(memoryview(value)) * 4 // 3):  # type: ignore[arg-type]
                from binascii import b2a_base64

                return '"' + b2a_base64(value, newline=False).decode() + '"'  # type: ignore[arg-type]
            return None
        if not issubclass(kind, str):
            wanted = "bytes" if mime in _BINARY else "str"
            self.note(f"{mime} left out: {type_name(kind)} where {wanted} was expected")
            return None
        exact = str.__str__(value)  # type: ignore[arg-type]
        return dumps(exact) if self._fits(mime, len(exact)) else None

    def _fits(self, mime: str, size: int) -> bool:
        if size <= self.max_bytes:
            return True
        self.note(f"{mime} left out: {size:,} bytes, more than the {self.max_bytes:,} that maxDisplayKb allows")
        return False

    def add_metadata(self, metadata: object) -> None:
        if metadata is None:
            return
        if not issubclass(type(metadata), dict):
            self.note(f"metadata left out: {type_name(type(metadata))} where dict was expected")
            return
        for key, value in list(dict.items(metadata))[:MAX_TYPES]:  # type: ignore[arg-type]
            if isinstance(key, str) and len(key) <= 200:
                text, problem = plain_json(value, MAX_METADATA)
                if text is None:
                    self.note(f"metadata of {_show(key)} left out: {problem}")
                else:
                    self.metadata[str.__str__(key)] = text

    def encode(self) -> bytes | None:
        """The payload of a display frame, or None when there is nothing to show. The largest forms go first."""
        while self.forms:
            parts = [dumps(mime) + ":" + text for mime, text in self.forms.items()]
            size = sum(map(len, parts))
            if size <= self.max_bytes:
                extra = [dumps(key) + ":" + text for key, text in self.metadata.items()]
                chart = self.chart if self.chart is not None and len(self.chart) <= self.max_bytes - size else None
                if self.chart is not None and chart is None:
                    self.note("the chart's data left out: no room beside the picture (maxDisplayKb)")
                head = '{"data":{' + ",".join(parts) + '},"metadata":{' + ",".join(extra) + "}"
                return (head + ',"chart":' + (chart or "null") + "}").encode()
            largest = max(self.forms, key=lambda mime: len(self.forms[mime]))
            allowed = f"the {self.max_bytes:,} bytes of maxDisplayKb"
            self.note(f"{largest} left out: all forms together are more than {allowed}")
            del self.forms[largest]
        return None

    def note(self, text: str) -> None:
        self.notes.append(f"{self.name}: {text}")


def raw_bundle(value: object, max_bytes: int, name: str) -> MimeBundle:
    """What user code has put together itself: `display({"text/html": "..."}, raw=True)`."""
    bundle = MimeBundle(name, max_bytes)
    if not issubclass(type(value), dict):
        raise TypeError(f"display with raw=True takes dicts of MIME types, not {type(value).__name__}")
    for mime, form in list(dict.items(value)):  # type: ignore[arg-type]
        bundle.add(mime, form)
    return bundle


def bundle_of(value: object, max_bytes: int, name: str) -> MimeBundle:
    """Every form of an object; `text/plain` is always there."""
    bundle = MimeBundle(name, max_bytes)
    kind = type(value)
    add_forms = _known_forms(kind)
    if add_forms is not None:
        _try(bundle, f"showing {type_name(kind)}", lambda: add_forms(value, bundle))
    elif not issubclass(kind, type):
        _add_own_forms(value, kind, bundle)
    if PLAIN not in bundle.forms:
        bundle.add(PLAIN, values.short_repr(value, MAX_PLAIN))
    return bundle


def _known_forms(kind: type):  # type: ignore[no-untyped-def]
    for module_name, class_name, ours in _KNOWN:
        module = sys.modules.get(module_name)
        known = None if module is None else getattr(module, class_name, None)
        if known is not None and any(cls is known for cls in mro_of(kind)):
            return __import__(f"{__package__}.{ours}", fromlist=("add_forms",)).add_forms
    return None


def _add_own_forms(value: object, kind: type, bundle: MimeBundle) -> None:
    method = _method(kind, "_repr_mimebundle_")
    if method is not None:
        what = f"_repr_mimebundle_ of {type_name(kind)}"
        _try(bundle, what, lambda: _take_bundle(_bind(method, value)(include=None, exclude=None), bundle))  # type: ignore[misc]
    for mime, name in _METHODS:
        # One picture is enough.
        if mime in bundle.forms or (mime == "image/jpeg" and "image/png" in bundle.forms):
            continue
        method = _method(kind, name)
        if method is not None:
            _try(bundle, f"{name} of {type_name(kind)}", lambda: _take_form(mime, _bind(method, value)(), bundle))  # type: ignore[misc]  # noqa: B023


def _method(kind: type, name: str):  # type: ignore[no-untyped-def]
    """Of the class alone: an object that answers to every name is not asked. None in a class takes a form away."""
    for cls in mro_of(kind):
        members = dict_of(cls)
        if name in members:
            return members[name]
    return None


def _bind(method, value):  # type: ignore[no-untyped-def]
    get = getattr(type(method), "__get__", None)
    return method if get is None else get(method, value, type(value))


def _take_bundle(given: object, bundle: MimeBundle) -> None:
    if isinstance(given, tuple) and len(given) == 2:
        given, metadata = given
        bundle.add_metadata(metadata)
    if given is None:
        return
    if not issubclass(type(given), dict):
        raise TypeError(f"{type_name(type(given))} where dict was expected")
    for mime, form in list(dict.items(given)):  # type: ignore[arg-type]
        bundle.add(mime, form)


def _take_form(mime: str, given: object, bundle: MimeBundle) -> None:
    if isinstance(given, tuple) and len(given) == 2:
        given, metadata = given
        bundle.add_metadata({mime: metadata})
    bundle.add(mime, given)


def _try(bundle: MimeBundle, what: str, action) -> None:  # type: ignore[no-untyped-def]
    try:
        action()
    except BaseException as error:  # noqa: BLE001 - whatever a hostile method raises is a note
        words = values.short_repr(error, 200)
        bundle.note(f"{what} raised {words}")


def _is_mime(mime: str) -> bool:
    kind, slash, rest = str.partition(mime, "/")
    allowed = rest.replace("+", "").replace(".", "").replace("-", "").replace("_", "")
    return len(mime) <= 100 and mime.isascii() and slash == "/" and kind.isalnum() and allowed.isalnum()


def _show(value: object) -> str:
    return values.short_repr(value, 60)
