"""What is noted of one kind, with a cap."""
from __future__ import annotations

MAX_ITEMS = 1000
MAX_TEXT = 4096


class Bag:
    """A set of texts with a cap."""

    __slots__ = ("items", "dropped")

    def __init__(self) -> None:
        self.items: dict[str, None] = {}
        self.dropped = 0

    def add(self, text: str) -> None:
        if text in self.items:
            return
        if len(self.items) >= MAX_ITEMS or len(text) > MAX_TEXT or not _can_travel(text):
            self.dropped += 1
        else:
            self.items[text] = None


def _can_travel(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
