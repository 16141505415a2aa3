"""Tables of colours: pictures of numbers, meshes, hexagons. Of a picture of colours only its size."""
from __future__ import annotations

import sys

from .chart_axis import Reader, cell
from .chart_points import label_of, series, thin, thin_grid


def images(axes: object, readers: tuple[Reader, ...]) -> list[dict]:
    found = []
    for image in axes.images:  # type: ignore[attr-defined]
        values = image.get_array()
        if not image.get_visible() or values is None:
            continue
        rows, columns = values.shape[:2]
        if values.ndim > 2:
            found.append(_picture(image, rows, columns))
            continue
        left, right, bottom, top = image.get_extent()
        first, last = (top, bottom) if image.origin == "upper" else (bottom, top)
        xs = [left + (at + 0.5) * (right - left) / columns for at in range(columns)]
        ys = [first + (at + 0.5) * (last - first) / rows for at in range(rows)]
        found.append(_table(image, values, lambda row, column: (xs[column], ys[row]), readers))  # noqa: B023
    return found


def meshes(axes: object, readers: tuple[Reader, ...]) -> list[dict]:
    mesh_class = sys.modules["matplotlib.collections"].QuadMesh
    found = []
    for mesh in axes.collections:  # type: ignore[attr-defined]
        if not isinstance(mesh, mesh_class) or not mesh.get_visible() or mesh.get_array() is None:
            continue
        corners = mesh.get_coordinates()
        values = mesh.get_array()
        rows, columns = corners.shape[0] - 1, corners.shape[1] - 1
        if values.ndim > 2:
            found.append(_picture(mesh, rows, columns))
        elif values.size == rows * columns:
            middle = (corners[:-1, :-1] + corners[1:, :-1] + corners[:-1, 1:] + corners[1:, 1:]) / 4
            found.append(_table(mesh, values.reshape(rows, columns), lambda row, column: middle[row, column], readers))  # noqa: B023
        else:
            # Values at the corners, as `shading='gouraud'` has them.
            shape = corners.shape[:2]
            found.append(_table(mesh, values.reshape(shape), lambda row, column: corners[row, column], readers))  # noqa: B023
    return found


def cells(kind: str, collection: object, readers: tuple[Reader, ...]) -> dict:
    """Of `pcolor` and `hexbin`: polygons, each with a value."""
    values = _numbers(collection.get_array()).ravel()  # type: ignore[attr-defined]
    # Hexagons are one shape at many places.
    places = collection.get_offsets() if kind == "hexbin" else collection.get_paths()  # type: ignore[attr-defined]
    count = min(len(values), len(places))
    points = []
    for at in thin(count):
        middle = places[at] if kind == "hexbin" else places[at].vertices[:4].mean(axis=0)
        points.append(_point(middle, values[at], readers))
    return series(kind, label_of(collection), points, count)


def _table(artist: object, values: object, middle, readers: tuple[Reader, ...]) -> dict:  # type: ignore[no-untyped-def]
    numbers = _numbers(values)
    rows, columns = numbers.shape
    kept = thin_grid(rows, columns)
    points = [
        _point(middle(row, column), numbers[row, column], readers)
        for row in kept[0]
        for column in kept[1]
    ]
    return {**series("heatmap", label_of(artist), points, rows * columns), "rows": rows, "columns": columns}


def _picture(artist: object, rows: int, columns: int) -> dict:
    return {**series("image", label_of(artist), [], rows * columns), "rows": rows, "columns": columns}


def _point(place: object, value: object, readers: tuple[Reader, ...]) -> dict:
    x, y = place  # type: ignore[misc]
    return {"x": readers[0].place(x), "y": readers[1].place(y), "value": cell(value)}


def _numbers(values: object):  # type: ignore[no-untyped-def]
    """What is masked is no number."""
    numpy = sys.modules["numpy"]
    return numpy.ma.filled(numpy.ma.asarray(values, dtype=float), numpy.nan)
