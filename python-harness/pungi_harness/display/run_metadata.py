"""`pungi.metadata`: what the code says of its run, apart from output and result.

Each change is sent at once, so that it is known even when the run is killed; the whole is sent again at the end, since
a list that is in it may have grown meanwhile. What is sent at once is bounded, the whole by the size of a result.
"""
from __future__ import annotations

from .. import values
from ..wire_json import dumps

MAX_LIVE = 1000
MAX_LIVE_BYTES = 1 << 20
MAX_ENTRY_BYTES = 32 << 10
MAX_KEY = 200
MAX_KEYS = 1000


class RunMetadata(dict):
    """A dict with text as keys."""

    __slots__ = ("_live", "_live_bytes", "_max_bytes", "_send_event")

    def __init__(self, send_event: object, max_bytes: int) -> None:
        super().__init__()
        self._send_event = send_event
        self._max_bytes = max_bytes
        self.renew()

    def renew(self) -> None:
        self.clear()
        self._live = 0
        self._live_bytes = 0

    def __setitem__(self, key: str, value: object) -> None:
        _check_key(key)
        super().__setitem__(key, value)
        self._tell(key, value)

    def setdefault(self, key: str, default: object = None) -> object:
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, *others: object, **named: object) -> None:
        for key, value in dict(*others, **named).items():
            self[key] = value

    def __ior__(self, other: object) -> RunMetadata:  # type: ignore[override, misc]
        self.update(other)
        return self

    def _tell(self, key: str, value: object) -> None:
        if self._live >= MAX_LIVE or self._live_bytes >= MAX_LIVE_BYTES:
            return
        encoded = values.encode(value, MAX_ENTRY_BYTES, "metadata")
        if encoded.text is not None:
            text = '{"type":"metadata-entry","key":' + dumps(str.__str__(key)) + ',"value":' + encoded.text + "}"
            self._live += 1
            self._live_bytes += len(text)
            self._send_event(text)  # type: ignore[operator]

    def send_all(self, metadata: object, note) -> None:  # type: ignore[no-untyped-def]
        """The last state of `metadata`, which is this dict or what user code has put in its place."""
        if not isinstance(metadata, dict) or not dict.__len__(metadata):
            # Empty at the end, but something was told: then that is taken back.
            if not self._live:
                return
            metadata = {}
        parts = []
        room = self._max_bytes
        for key, value in list(dict.items(metadata))[:MAX_KEYS]:
            if not isinstance(key, str) or len(key) > MAX_KEY:
                note(f"metadata: a key that is no text of at most {MAX_KEY} characters was left out")
                continue
            text = _entry_text(str.__str__(key), value, room, note)
            room -= len(text)
            if room < 0:
                allowed = f"the {self._max_bytes:,} bytes that maxResultKb allows"
                note(f"metadata: more than {allowed}; the rest was left out")
                break
            parts.append(text)
        if dict.__len__(metadata) > MAX_KEYS:
            note(f"metadata: more than {MAX_KEYS} keys; the rest was left out")
        self._send_event('{"type":"metadata","entries":[' + ",".join(parts) + "]}")  # type: ignore[operator]


def _check_key(key: object) -> None:
    if not isinstance(key, str):
        raise TypeError(f"a key of metadata is a str, not {type(key).__name__}")
    if len(key) > MAX_KEY:
        raise ValueError(f"a key of metadata has at most {MAX_KEY} characters")


def _entry_text(key: str, value: object, room: int, note) -> str:  # type: ignore[no-untyped-def]
    encoded = values.encode(value, max(room, 0), f"metadata[{key!r}]")
    for each in encoded.notes:
        note(each)
    text = dumps(values.short_repr(value, 1000)) if encoded.text is None else encoded.text
    return "[" + dumps(key) + "," + text + "]"
