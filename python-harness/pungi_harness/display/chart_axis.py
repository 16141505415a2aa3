"""One axis of a chart: its label, its scale, and what its numbers mean where they stand for dates or categories."""
from __future__ import annotations

import sys

# Bars of one group stand beside the place of their label.
BESIDE = 0.5
_FIXED = frozenset(("FixedFormatter", "StrCategoryFormatter"))
# What `set_ticklabels` makes of a dict; with another locator it is a format for numbers.
_PERHAPS_FIXED = ("FuncFormatter", "FixedLocator")


def _names(axis: object) -> dict[float, str]:
    """Labels by position, where the axis has words for its places."""
    formatter = type(axis.get_major_formatter()).__name__  # type: ignore[attr-defined]
    locator = type(axis.get_major_locator()).__name__  # type: ignore[attr-defined]
    if formatter not in _FIXED and (formatter, locator) != _PERHAPS_FIXED:
        return {}
    places = axis.get_majorticklocs()  # type: ignore[attr-defined]
    labels = [label.get_text() for label in axis.get_majorticklabels()]  # type: ignore[attr-defined]
    return {float(place): label for place, label in zip(places, labels) if label}


def _is_dates(axis: object) -> bool:
    return "Date" in type(axis.get_major_formatter()).__name__  # type: ignore[attr-defined]


class Reader:
    """Makes what artists hold on one axis into words and numbers."""

    def __init__(self, axis: object) -> None:
        self._axis = axis
        self._names = _names(axis)
        self._dates = _is_dates(axis)

    def as_data(self) -> dict:
        label = str(self._axis.get_label_text())[:500] or None  # type: ignore[attr-defined]
        return {"label": label, "scale": self._scale()}

    def _scale(self) -> str:
        if self._names:
            return "category"
        if self._dates:
            return "time"
        scale = self._axis.get_scale()  # type: ignore[attr-defined]
        return scale if scale in ("linear", "log", "symlog", "logit") else "other"

    def place(self, value: object, reach: float = 1e-6) -> object:
        """A position that artists hold as a number: the word that stands within `reach`, a date, or itself."""
        number = cell(value)
        if not isinstance(number, (int, float)):
            return number
        if self._names:
            nearest = min(self._names, key=lambda place: abs(place - number))
            return self._names[nearest] if abs(nearest - number) <= reach else number
        dates = sys.modules.get("matplotlib.dates")
        if self._dates and dates is not None:
            return _date_text(dates.num2date(number).replace(tzinfo=None))
        return number


def _date_text(moment: object) -> str:
    text = moment.isoformat()  # type: ignore[attr-defined]
    return text[:10] if text.endswith("T00:00:00") else text


def cell(value: object) -> object:
    """A number, a text or None: what a point may hold."""
    item = getattr(value, "item", None)
    if item is not None:
        value = item() if type(value).__name__ != "datetime64" else str(value)
    if value is None or isinstance(value, bool):
        return value if value is None else int(value)
    if isinstance(value, (int, float)):
        return float(value) if isinstance(value, float) else int(value)
    if isinstance(value, str):
        return str(value)[:200]
    if hasattr(value, "isoformat"):
        return _date_text(value)
    return str(value)[:200]
