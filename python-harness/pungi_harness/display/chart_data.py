"""The charts of a matplotlib figure as data: type, title, axes and series of each.

Read from the artists after they are drawn, and where these do not tell from what was asked for (chart_record.py).
What is none of the known kinds is left out; a figure with nothing known has no data.
"""
from __future__ import annotations

from .chart_axis import Reader
from .chart_series import series_of
from .chart_space import space_series

MAX_CHARTS = 25
MAX_SERIES = 50


def chart_of(figure: object) -> dict | None:
    charts = []
    for axes in figure.axes[:MAX_CHARTS]:  # type: ignore[attr-defined]
        if axes.get_visible() and axes.get_label() != "<colorbar>":
            chart = _chart(axes)
            if chart is not None:
                charts.append(chart)
    if not charts:
        return None
    if len(charts) == 1:
        return charts[0]
    heading = getattr(figure, "_suptitle", None)
    return {"type": "grid", "title": _text(heading.get_text() if heading is not None else ""), "charts": charts}


def _chart(axes: object) -> dict | None:
    in_space = axes.name == "3d"  # type: ignore[attr-defined]
    names = "xyz" if in_space else "xy"
    readers = tuple(Reader(getattr(axes, f"{name}axis")) for name in names)
    series = (space_series if in_space else series_of)(axes, readers)[:MAX_SERIES]
    if not series:
        return None
    kinds = {"3d"} if in_space else {each["type"] for each in series}
    titles = [axes.get_title(loc=place) for place in ("center", "left", "right")]  # type: ignore[attr-defined]
    return {
        "type": kinds.pop() if len(kinds) == 1 else "mixed",
        "title": _text(next((title for title in titles if title), "")),
        "axes": {name: reader.as_data() for name, reader in zip(names, readers)},
        "series": series,
    }


def _text(text: object) -> str | None:
    return str(text)[:500] or None
