"""The series of one matplotlib `Axes`, each with its points."""
from __future__ import annotations

import sys

from .chart_axis import BESIDE, Reader, cell
from .chart_record import recorded

MAX_POINTS = 1000


def series_of(axes: object, readers: tuple[Reader, Reader]) -> list[dict]:
    """`readers` are those of the x axis and of the y axis."""
    taken: set[int] = set()
    present = set(map(id, axes.get_children()))  # type: ignore[attr-defined]
    series: list[dict] = []
    for record in recorded(axes):
        # What was cleared away since, by `cla` or `remove`, is no part of the chart.
        if not present.isdisjoint(map(id, record["parts"])):
            taken.update(map(id, record["parts"]))
            series += _RECORDED[record["type"]](record, readers)
    series += _bars(axes, taken, readers)
    series += _lines(axes, taken, readers)
    series += _scatters(axes, readers)
    return series


def _label(artist: object) -> str | None:
    label = str(artist.get_label())[:200]  # type: ignore[attr-defined]
    # Names that matplotlib makes up begin so.
    return None if label.startswith("_") or not label else label


def _series(kind: str, label: str | None, points: list, total: int) -> dict:
    return {"type": kind, "label": label, "total": total, "points": points}


def _thin(count: int) -> list[int]:
    """Evenly spread numbers of the points that are kept."""
    if count <= MAX_POINTS:
        return list(range(count))
    return [at * (count - 1) // (MAX_POINTS - 1) for at in range(MAX_POINTS)]


def _histograms(record: dict, readers: tuple[Reader, Reader]) -> list[dict]:
    edges = [cell(edge) for edge in record["edges"]]
    found = []
    for counts, artists in zip(record["counts"], record["artists"]):
        kept = _thin(len(counts))
        bins = [{"from": edges[at], "to": edges[at + 1], "count": cell(counts[at])} for at in kept]
        found.append(_series("histogram", next(filter(None, map(_label, artists)), None), bins, len(counts)))
    return found


def _boxes(record: dict, readers: tuple[Reader, Reader]) -> list[dict]:
    points = []
    reader = readers[record["flat"]]
    for box, place in list(zip(record["boxes"], record["places"]))[:MAX_POINTS]:
        low, first, median, third, high = (cell(box[name]) for name in ("whislo", "q1", "med", "q3", "whishi"))
        fliers = [] if box["fliers"] is None else [cell(value) for value in list(box["fliers"])[:MAX_POINTS]]
        label = str(reader.place(place) if box["label"] is None else box["label"])[:200]
        points.append(
            {"label": label, "low": low, "q1": first, "median": median, "q3": third, "high": high, "outliers": fliers}
        )
    return [_series("box", None, points, len(record["boxes"]))]


def _pies(record: dict, readers: tuple[Reader, Reader]) -> list[dict]:
    points = []
    for at in _thin(len(record["wedges"])):
        wedge = record["wedges"][at]
        share = (float(wedge.theta2) - float(wedge.theta1)) / 360
        value = record["values"][at] if record["values"] else share
        points.append({"label": _label(wedge), "value": value, "share": round(share, 6)})
    return [_series("pie", None, points, len(record["wedges"]))]


_RECORDED = {"histogram": _histograms, "box": _boxes, "pie": _pies}


def _bars(axes: object, taken: set[int], readers: tuple[Reader, Reader]) -> list[dict]:
    bar_class = sys.modules["matplotlib.container"].BarContainer
    found = []
    for container in axes.containers:  # type: ignore[attr-defined]
        patches = container.patches if isinstance(container, bar_class) else ()
        if len(patches) == 0 or id(patches[0]) in taken:
            continue
        flat = getattr(container, "orientation", "vertical") == "horizontal"
        points = []
        for at in _thin(len(patches)):
            bar = patches[at]
            middle = bar.get_y() + bar.get_height() / 2 if flat else bar.get_x() + bar.get_width() / 2
            value = bar.get_width() if flat else bar.get_height()
            points.append({"label": readers[flat].place(middle, BESIDE), "value": cell(value)})
        series = _series("bar", _label(container), points, len(patches))
        found.append({**series, "orientation": "horizontal" if flat else "vertical"})
    return found


def _lines(axes: object, taken: set[int], readers: tuple[Reader, Reader]) -> list[dict]:
    found = []
    for line in axes.lines:  # type: ignore[attr-defined]
        # Lines in other coordinates are marks, as those of `axhline`; error bars hang on lines of their own.
        if id(line) in taken or line.get_transform() is not axes.transData:  # type: ignore[attr-defined]
            continue
        drawn = line.get_linestyle() not in ("None", "none", " ", "")
        if not line.get_visible():
            continue
        if not drawn and line.get_marker() in ("None", "none", " ", "", None):
            continue
        points = _points(line.get_xdata(orig=False), line.get_ydata(orig=False), readers)
        if points:
            found.append(_series("line" if drawn else "scatter", _label(line), points, len(line.get_xdata())))
    return found


def _scatters(axes: object, readers: tuple[Reader, Reader]) -> list[dict]:
    path_class = sys.modules["matplotlib.collections"].PathCollection
    found = []
    for collection in axes.collections:  # type: ignore[attr-defined]
        if isinstance(collection, path_class) and collection.get_visible():
            offsets = collection.get_offsets()
            points = _points(offsets[:, 0], offsets[:, 1], readers)
            if points:
                found.append(_series("scatter", _label(collection), points, len(offsets)))
    return found


def _points(xs: object, ys: object, readers: tuple[Reader, Reader]) -> list[dict]:
    count = min(len(xs), len(ys))  # type: ignore[arg-type]
    return [
        {"x": readers[0].place(xs[at]), "y": readers[1].place(ys[at])}  # type: ignore[index]
        for at in _thin(count)
    ]
