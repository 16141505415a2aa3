"""The series of one matplotlib `Axes`, each with its points."""
from __future__ import annotations

import sys

from .chart_axis import Reader, cell
from .chart_cells import images, meshes
from .chart_containers import contained
from .chart_points import label_of, places, series, thin
from .chart_record import recorded
from .chart_recorded import recorded_series

_NOTHING = ("None", "none", " ", "")


def series_of(axes: object, readers: tuple[Reader, ...]) -> list[dict]:
    """`readers` are those of the x axis and of the y axis."""
    taken: set[int] = set()
    found: list[dict] = []
    for record in recorded(axes):
        taken.update(map(id, record["parts"]))
        found += recorded_series(record, readers)
    found += contained(axes, taken, readers)
    found += _lines(axes, taken, readers)
    found += _scatters(axes, taken, readers)
    found += _stairs(axes)
    found += images(axes, readers)
    found += meshes(axes, readers)
    return found


def _lines(axes: object, taken: set[int], readers: tuple[Reader, ...]) -> list[dict]:
    found = []
    for line in axes.lines:  # type: ignore[attr-defined]
        # Lines in other coordinates are marks, as those of `axhline`.
        if id(line) in taken or line.get_transform() is not axes.transData:  # type: ignore[attr-defined]
            continue
        drawn = line.get_linestyle() not in _NOTHING
        if not line.get_visible() or (not drawn and line.get_marker() in (*_NOTHING, None)):
            continue
        points = places(line.get_xdata(orig=False), line.get_ydata(orig=False), readers)
        if not points:
            continue
        _, is_step, where = line.get_drawstyle().partition("steps")
        kind = "scatter" if not drawn else "step" if is_step else "line"
        one = series(kind, label_of(line), points, len(line.get_xdata()))
        # `steps` alone means `steps-pre`.
        found.append({**one, "where": where[1:] or "pre"} if kind == "step" else one)
    return found


def _scatters(axes: object, taken: set[int], readers: tuple[Reader, ...]) -> list[dict]:
    path_class = sys.modules["matplotlib.collections"].PathCollection
    found = []
    for collection in axes.collections:  # type: ignore[attr-defined]
        if isinstance(collection, path_class) and collection.get_visible() and id(collection) not in taken:
            offsets = collection.get_offsets()
            points = places(offsets[:, 0], offsets[:, 1], readers)
            if points:
                found.append(series("scatter", label_of(collection), points, len(offsets)))
    return found


def _stairs(axes: object) -> list[dict]:
    """Values over bins, as `stairs` draws a histogram that was counted already."""
    step_class = sys.modules["matplotlib.patches"].StepPatch
    found = []
    for patch in axes.patches:  # type: ignore[attr-defined]
        if isinstance(patch, step_class) and patch.get_visible():
            values, edges, _ = patch.get_data()
            kept = thin(len(values))
            bins = [{"from": cell(edges[at]), "to": cell(edges[at + 1]), "count": cell(values[at])} for at in kept]
            found.append(series("histogram", label_of(patch), bins, len(values)))
    return found
