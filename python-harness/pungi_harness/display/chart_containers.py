"""Series that matplotlib keeps as containers of several artists: bars, error bars, stems."""
from __future__ import annotations

import sys

from .chart_axis import BESIDE, Reader, cell
from .chart_points import label_of, places, series, thin


def contained(axes: object, taken: set[int], readers: tuple[Reader, ...]) -> list[dict]:
    """Adds to `taken` the lines that belong to them."""
    classes = sys.modules["matplotlib.container"]
    found = []
    for container in axes.containers:  # type: ignore[attr-defined]
        if isinstance(container, classes.BarContainer):
            if len(container.patches) and id(container.patches[0]) not in taken:
                found.append(_bars(container, readers))
        elif isinstance(container, classes.ErrorbarContainer):
            found.append(_errors(container, _bars_of(axes, container), readers))
            data, caps, _ = container.lines
            taken.update(map(id, (data, *caps)))
        elif isinstance(container, classes.StemContainer):
            heads = container.markerline
            xs, ys = heads.get_xdata(orig=False), heads.get_ydata(orig=False)
            found.append(series("stem", label_of(container), places(xs, ys, readers), len(xs)))
            taken.update(map(id, (heads, container.baseline)))
    return found


def _is_flat(container: object) -> bool:
    return getattr(container, "orientation", "vertical") == "horizontal"


def _middle(bar: object, flat: bool) -> float:
    return bar.get_y() + bar.get_height() / 2 if flat else bar.get_x() + bar.get_width() / 2  # type: ignore[attr-defined]


def _bars(container: object, readers: tuple[Reader, ...]) -> dict:
    flat = _is_flat(container)
    patches = container.patches  # type: ignore[attr-defined]
    points = []
    for at in thin(len(patches)):
        bar = patches[at]
        value = bar.get_width() if flat else bar.get_height()
        points.append({"label": readers[flat].place(_middle(bar, flat), BESIDE), "value": cell(value)})
    orientation = "horizontal" if flat else "vertical"
    return {**series("bar", label_of(container), points, len(patches)), "orientation": orientation}


def _bars_of(axes: object, errors: object) -> object | None:
    """Error bars of bars have no line of their own."""
    for container in axes.containers:  # type: ignore[attr-defined]
        if getattr(container, "errorbar", None) is errors:
            return container
    return None


def _errors(container: object, bars: object | None, readers: tuple[Reader, ...]) -> dict:
    data, _, collections = container.lines  # type: ignore[attr-defined]
    spans = [collection.get_segments() for collection in collections]
    # Those along x come first.
    along_x = spans.pop(0) if container.has_xerr else []  # type: ignore[attr-defined]
    along_y = spans.pop(0) if container.has_yerr else []  # type: ignore[attr-defined]
    xs, ys = _centers(data, bars, along_x, along_y)
    points = []
    for at in thin(len(xs)):
        low_x, high_x = _ends(along_x, at, 0, len(xs), readers[0])
        low_y, high_y = _ends(along_y, at, 1, len(xs), readers[1])
        place = {"x": readers[0].place(xs[at]), "y": readers[1].place(ys[at])}
        points.append({**place, "xLow": low_x, "xHigh": high_x, "yLow": low_y, "yHigh": high_y})
    return series("errorbar", label_of(container), points, len(xs))


def _centers(data: object | None, bars: object | None, along_x: list, along_y: list) -> tuple:
    if data is not None:
        return data.get_xdata(orig=False), data.get_ydata(orig=False)  # type: ignore[attr-defined]
    if bars is not None:
        flat = _is_flat(bars)
        middles = [_middle(bar, flat) for bar in bars.patches]  # type: ignore[attr-defined]
        ends = [
            bar.get_x() + bar.get_width() if flat else bar.get_y() + bar.get_height()
            for bar in bars.patches  # type: ignore[attr-defined]
        ]
        return (ends, middles) if flat else (middles, ends)
    # Drawn without the points themselves: only the other coordinate of a span is one of its point's.
    xs = [span[0][0] if len(span) else None for span in along_y] or [None] * len(along_x)
    ys = [span[0][1] if len(span) else None for span in along_x] or [None] * len(along_y)
    return xs, ys


def _ends(spans: list, at: int, axis: int, count: int, reader: Reader) -> tuple[object, object]:
    if len(spans) != count or len(spans[at]) != 2:
        return None, None
    low, high = sorted((spans[at][0][axis], spans[at][1][axis]))
    return reader.place(low), reader.place(high)
