"""Series of axes in three dimensions: points of lines and scatters; surfaces and frames by name and number of parts."""
from __future__ import annotations

import sys

from .chart_axis import Reader
from .chart_points import label_of, series, thin
from .chart_record import recorded
from .chart_recorded import recorded_series


def space_series(axes: object, readers: tuple[Reader, ...]) -> list[dict]:
    """`readers` are those of the x, y and z axes."""
    classes = sys.modules["mpl_toolkits.mplot3d.art3d"]
    # Drawn by the methods of two dimensions, and then put in space.
    contours = [record for record in recorded(axes) if record["type"] == "contour"]
    taken = {id(part) for record in contours for part in record["parts"]}
    found = [each for record in contours for each in recorded_series(record, readers)]
    for line in axes.lines:  # type: ignore[attr-defined]
        if isinstance(line, classes.Line3D) and line.get_visible():
            drawn = line.get_linestyle() not in ("None", "none", " ", "")
            found.append(_placed("line3d" if drawn else "scatter3d", line, line.get_data_3d(), readers))
    for collection in axes.collections:  # type: ignore[attr-defined]
        if not collection.get_visible() or id(collection) in taken:
            continue
        if isinstance(collection, classes.Path3DCollection):
            found.append(_placed("scatter3d", collection, collection._offsets3d, readers))
        elif isinstance(collection, classes.Poly3DCollection):
            found.append(series("faces3d", label_of(collection), [], len(collection.get_paths())))
        elif isinstance(collection, classes.Line3DCollection):
            found.append(series("lines3d", label_of(collection), [], len(collection.get_paths())))
    return found


def _placed(kind: str, artist: object, data: tuple, readers: tuple[Reader, ...]) -> dict:
    columns = [list(column) for column in data]
    count = min(map(len, columns))
    points = [
        {name: reader.place(column[at]) for name, reader, column in zip("xyz", readers, columns)}
        for at in thin(count)
    ]
    return series(kind, label_of(artist), points, count)
